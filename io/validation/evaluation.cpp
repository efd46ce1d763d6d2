#include "io/validation/evaluation.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <map>

#include "core/units.h"
#include "io/config/diagnostics.h"
#include "io/validation/recorded_run.h"

namespace myoaxis {
namespace {

/// Subjects of one run, or why there are none.
struct Subjects {
  std::vector<RecordedRun> runs;
  std::string error;
};

/// Whatever the finding reads of a run.
std::vector<NumberAddress> wanted_of(Finding const& finding, std::string const& run) {
  std::vector<NumberAddress> wanted;
  for (auto const& target : finding.targets) {
    if (target.read.run == run) wanted.push_back(target.read);
    for (auto const& second : {target.over, target.less}) {
      if (second && second->run == run) wanted.push_back(*second);
    }
  }
  return wanted;
}

Subjects simulate_run(Finding const& finding, ValidationRun const& run, EvaluationTools const& tools) {
  Subjects subjects;
  auto const wanted = wanted_of(finding, run.name);
  if (wanted.empty()) return subjects;
  if (tools.announce) tools.announce(finding.id, run.name);
  try {
    for (std::size_t subject = 0; subject < run.subjects; ++subject) {
      auto const loaded = load_run(finding, run, subject, tools.search);
      subjects.runs.emplace_back(loaded, tools.store, wanted);
    }
  } catch (std::exception const& error) {
    subjects.error = fmt::format("run '{}': {}", run.name, error.what());
  }
  return subjects;
}

using RunsByName = std::map<std::string, Subjects>;

std::vector<RecordedRun> const& subjects_of(RunsByName const& runs, std::string const& name) {
  auto const& subjects = runs.at(name);
  if (!subjects.error.empty()) throw NoSuchNumber{subjects.error};
  return subjects.runs;
}

/// The number of one subject in `unit`. Without a number the run had no occasion for it.
double number_in(UnitNumber const& read, std::string_view unit, NumberAddress const& address) {
  auto const number = read.number * conversion_factor(read.unit, unit);
  if (std::isnan(number))
    throw NoSuchNumber{fmt::format("'{}' came to no number in this run",
                                   address.data.empty() ? address.name : address.data)};
  return number;
}

double simulated_mean(ValidationTarget const& target, RunsByName const& runs) {
  auto const& first = subjects_of(runs, target.read.run);
  auto const& second_address = target.over ? target.over : target.less;
  auto const* second = second_address ? &subjects_of(runs, second_address->run) : nullptr;
  if (second != nullptr && second->size() != first.size())
    throw NoSuchNumber{"runs that are compared subject by subject must have as many `subjects`"};
  double sum = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    auto const read = first[i].read(target.read);
    if (second == nullptr) {
      sum += number_in(read, target.unit, target.read);
      continue;
    }
    auto const other = (*second)[i].read(*second_address);
    if (target.over) {
      // Both in the unit of the first: what is left has the unit of the target, of a ratio.
      auto const ratio =
          number_in(read, read.unit, target.read) / number_in(other, read.unit, *second_address);
      sum += ratio * conversion_factor("1", target.unit);
    } else {
      sum += number_in(read, target.unit, target.read) - number_in(other, target.unit, *second_address);
    }
  }
  return sum / static_cast<double>(first.size());
}

ComparedTarget compare(Finding const& finding, ValidationTarget const& target, RunsByName const& runs) {
  ComparedTarget each{finding.id, finding.kind, finding.sources, target, Verdict::error, {}, {}};
  try {
    auto const simulated = simulated_mean(target, runs);
    if (!std::isfinite(simulated)) throw NoSuchNumber{"the simulated number is not finite"};
    each.simulated = simulated;
    auto const passes = simulated >= target.low && simulated <= target.high;
    each.verdict = passes ? Verdict::pass : Verdict::fail;
  } catch (std::exception const& error) {
    each.message = error.what();
  }
  return each;
}

}  // namespace

std::vector<ComparedTarget> evaluate(std::filesystem::path const& file, EvaluationTools const& tools) {
  Finding finding;
  try {
    finding = load_finding(file);
  } catch (ConfigError const& error) {
    ComparedTarget unread;
    unread.id = file.stem().string();
    unread.message = error.what();
    return {unread};
  }
  RunsByName runs;
  for (auto const& run : finding.runs) runs[run.name] = simulate_run(finding, run, tools);
  std::vector<ComparedTarget> compared;
  for (auto const& target : finding.targets) compared.push_back(compare(finding, target, runs));
  return compared;
}

}  // namespace myoaxis

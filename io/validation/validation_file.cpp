#include "io/validation/validation_file.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "core/units.h"
#include "io/config/parse.h"
#include "io/config/section.h"
#include "io/experiment/time_text.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

template <class Enum, std::size_t N>
Enum read_target_choice(Section& section, std::string_view key, std::array<std::string_view, N> const& names,
                        std::optional<Enum> fallback, std::string_view meaning) {
  auto const name = fallback
                        ? section.choice_or(key, names[static_cast<std::size_t>(*fallback)], names, meaning)
                        : section.choice(key, names, meaning);
  auto const found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? Enum{} : static_cast<Enum>(found - names.begin());
}

ValidationRun read_run(Section section, std::size_t number) {
  constexpr std::int64_t most_subjects = 100'000;
  ValidationRun run;
  run.number = number;
  run.name = section.text("name", "name of the run, by which targets refer to it");
  run.use = section.text_or("use", "", "experiment that is run");
  run.place_of_use = section.place("use");
  auto const inline_experiment = section.optional_section("experiment", "the same, in place");
  if (run.use.empty() != inline_experiment.has_value())
    section.fail("use", "give either `use`, an experiment by name or file, or [run.experiment]");
  run.subjects = static_cast<std::size_t>(
      section.integer_or("subjects", 1, 1, most_subjects, "number of subjects, whose mean is compared"));
  run.sets = section.texts_or("set", "KEY=VALUE, overrides the experiment");
  section.finish();
  return run;
}

/// What is read: an outcome, a quantity of an assay, or a data set of the results. A second number may leave
/// it as that of the first.
void read_name(NumberAddress& address, Section& section) {
  auto const outcome = section.text_or("outcome", "", "outcome that is read");
  auto const assay = section.text_or("assay", "", "assay that is read");
  auto const read = section.text_or("read", "", "quantity of the assay");
  auto const data = section.text_or("data", "", "data set of the results that is read, such as blood/il6");
  if (!outcome.empty() && (!assay.empty() || !read.empty()))
    section.fail("outcome", "stands alone: an assay has `assay` and `read`");
  if (!data.empty() && (!outcome.empty() || !assay.empty() || !read.empty()))
    section.fail("data", "stands alone: give it, or `outcome`, or `assay` and `read`");
  if (!assay.empty() || !outcome.empty() || !data.empty()) {
    address.assay = assay;
    address.data = data;
  }
  if (!outcome.empty()) address.name = outcome;
  if (!read.empty()) address.name = read;
  if (!data.empty()) address.name.clear();
  if (address.name.empty() && address.data.empty())
    section.fail("give `outcome`, or `assay` and `read`, or `data`");
  if (address.assay.empty() && !read.empty()) section.fail("read", "of which assay?");
}

/// Which rows of it, and which entries of its other dimensions.
void read_rows(NumberAddress& address, Section& section) {
  address.at = section.text_or("at", address.at, "time of the reading; without it, see `take`");
  address.from = section.text_or("from", address.from, "rows after it");
  address.to = section.text_or("to", address.to, "rows up to it");
  if (!address.at.empty() && (!address.from.empty() || !address.to.empty()))
    section.fail("at", "stands beside `from` or `to`; give one or the other");
  for (auto const* key : {"at", "from", "to"}) {
    auto const& text = key == std::string_view{"at"}     ? address.at
                       : key == std::string_view{"from"} ? address.from
                                                         : address.to;
    try {
      if (!text.empty()) parse_instant(text, Tick{0});
    } catch (UnitError const& error) {
      section.fail(key, error.what());
    }
  }
  if (auto entry = section.optional_section("entry", "entries of the dimensions but time")) {
    address.entries.clear();
    for (auto const& dimension : entry->keys()) address.entries[dimension] = entry->text(dimension, "entry");
    entry->finish();
  }
}

/// The run, what is read of it, and when. `fallback`: what the target itself reads, for a number that only
/// says what is different.
NumberAddress read_address(Section& section, std::vector<ValidationRun> const& runs,
                           std::optional<NumberAddress> const& fallback) {
  NumberAddress address = fallback.value_or(NumberAddress{});
  std::vector<std::string_view> names;
  for (auto const& run : runs) names.push_back(run.name);
  address.run = fallback ? section.choice_or("run", fallback->run, names, "run that is read")
                         : section.choice("run", names, "run that is read");
  read_name(address, section);
  read_rows(address, section);
  address.take =
      read_target_choice<Take>(section, "take", kTakes, address.take, "what of several readings is taken");
  address.truth = section.flag_or("truth", address.truth, "true: without the error of measurement");
  return address;
}

std::optional<NumberAddress> read_second(Section& section, std::string_view key, std::string_view meaning,
                                         std::vector<ValidationRun> const& runs, NumberAddress const& first) {
  auto second = section.optional_section(key, meaning);
  if (!second) return {};
  auto const address = read_address(*second, runs, first);
  second->finish();
  return address;
}

/// What passes: `low` to `high`, or the published number +- 2 standard errors, or +- a share of itself.
void read_bounds(ValidationTarget& target, Section& section) {
  auto const number = [&](char const* key, Limits const& limits, char const* meaning) {
    return section.optional_quantity<Number>(key, limits, meaning);
  };
  auto const low = number("low", any(), "least that passes; without it, no bound");
  auto const high = number("high", any(), "most that passes; without it, no bound");
  auto const error = number("standard_error", positive(), "of the published number; two of them pass");
  auto const share =
      number("tolerance", positive(), "share of the published number by which it may be missed");
  if (low) target.low = low->value();
  if (high) target.high = high->value();
  if ((low || high ? 1 : 0) + (error ? 1 : 0) + (share ? 1 : 0) != 1)
    section.fail("low", "give `low`, `high` or both, or `standard_error`, or `tolerance`");
  if (target.low > target.high) section.fail("high", "must not be below `low`");
  if (!error && !share) return;
  auto const half = error ? 2 * error->value() : share->value() * std::abs(target.published);
  target.low = target.published - half;
  target.high = target.published + half;
}

ValidationTarget read_target(Section section, std::vector<ValidationRun> const& runs) {
  ValidationTarget target;
  target.quantity = section.text("quantity", "what is compared, in words");
  target.unit = section.text("unit", "unit of the numbers, 1 for none");
  if (!target.unit.empty() && !is_unit(target.unit))
    section.fail("unit", fmt::format("'{}' is no unit", target.unit));
  target.published = section.quantity<Number>("published", any(), "the published number").value();
  read_bounds(target, section);
  target.read = read_address(section, runs, {});
  target.over = read_second(section, "over", "a second number, by which it is divided", runs, target.read);
  target.less = read_second(section, "less", "a second number, which is taken off", runs, target.read);
  if (target.over && target.less) section.fail("less", "give `over` or `less`, not both");
  section.finish();
  return target;
}

void read_root(Section& root, Finding& finding) {
  finding.id = root.text("id", "name of the finding, that of its file");
  if (finding.id != finding.file.stem().string()) {
    root.fail("id", fmt::format("must be the name of its file, {}", finding.file.stem().string()));
  }
  finding.title = root.text("title", "the finding in a few words");
  finding.finding = root.text("finding", "what was done and found");
  finding.status = root.text("status", "how far the numbers were read in a text");
  finding.kind = read_target_choice<FindingKind>(root, "kind", kFindingKinds, {}, "what agreement says");
  finding.sources = root.texts_or("sources", "where it was published");
  if (finding.sources.empty()) root.fail("sources", "where was it published?");
  for (auto& section : root.sections("run", "runs of the model"))
    finding.runs.push_back(read_run(section, finding.runs.size()));
  for (auto const& run : finding.runs) {
    if (std::ranges::count(finding.runs, run.name, &ValidationRun::name) > 1)
      root.fail("run", fmt::format("the name '{}' stands there twice", run.name));
  }
  for (auto& section : root.sections("target", "numbers that are compared"))
    finding.targets.push_back(read_target(section, finding.runs));
  if (finding.targets.empty()) root.fail("target", "a finding has a number to compare with");
  root.finish();
}

toml::table parse(fs::path const& file) {
  Diagnostics diagnostics;
  auto root = parse_file(file, diagnostics);
  diagnostics.throw_if_any();
  return std::move(*root);
}

/// The file of the experiment that a run uses.
fs::path experiment_file(Finding const& finding, ValidationRun const& run, SearchPath const& search) {
  auto const candidates = search.candidates("experiments", run.use, finding.file.parent_path());
  for (auto const& candidate : candidates) {
    if (is_readable_kind(candidate)) return candidate;
  }
  Diagnostics diagnostics;
  diagnostics.add(
      run.place_of_use,
      fmt::format("use = \"{}\": there is no such experiment{}", run.use,
                  did_you_mean(run.use, search.names("experiments", finding.file.parent_path()))));
  diagnostics.throw_if_any();
  return {};
}

}  // namespace

Finding load_finding(fs::path const& file) {
  auto const tree = parse(file);
  Diagnostics diagnostics;
  ReadContext context{diagnostics};
  Finding finding;
  finding.file = file;
  Section root{tree, context};
  read_root(root, finding);
  diagnostics.throw_if_any();
  return finding;
}

LoadedExperiment load_run(Finding const& finding, ValidationRun const& run, std::size_t subject,
                          SearchPath const& search) {
  auto sets = run.sets;
  if (run.subjects > 1) sets.push_back(fmt::format("subject={}", subject));
  if (!run.use.empty()) return load_experiment(experiment_file(finding, run, search), sets, search);
  // Parsed anew, since nodes keep their places only when they are moved.
  auto tree = parse(finding.file);
  auto& experiment = *tree["run"][run.number]["experiment"].as_table();
  return load_experiment(std::move(experiment), finding.file, sets, search);
}

}  // namespace myoaxis

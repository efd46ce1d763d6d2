#include "io/report/shared_settings.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "core/units.h"

namespace myoaxis::report {
namespace {

/// A value with its unit: 0.45, or "7.5 s".
struct Measure {
  double number = 0;
  std::string unit;  // with the space before it
};

std::optional<Measure> measure_of(std::string text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  Measure measure;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), measure.number);
  if (error != std::errc{}) return std::nullopt;
  measure.unit = text.substr(static_cast<std::size_t>(end - text.data()));
  if (!measure.unit.empty() && measure.unit.front() != ' ') return std::nullopt;
  return measure;
}

/// Numbers of one unit; none where a run has something else.
std::optional<std::vector<Measure>> measures_of(std::vector<std::string> const& values) {
  std::vector<Measure> measures;
  for (auto const& value : values) {
    auto measure = measure_of(value);
    if (!measure || (!measures.empty() && measure->unit != measures.front().unit)) return std::nullopt;
    measures.push_back(std::move(*measure));
  }
  return measures;
}

/// In another unit, as far as that is one of the same quantity.
void convert(std::vector<Measure>& measures, std::string const& unit) {
  if (unit.empty() || measures.empty() || measures.front().unit.empty()) return;
  try {
    auto const factor = conversion_factor(measures.front().unit.substr(1), unit);
    for (auto& measure : measures) measure = {factor * measure.number, fmt::format(" {}", unit)};
  } catch (UnitError const&) {
    // The range in the file is of something else: the numbers stay as they are.
  }
}

double median_of(std::vector<Measure> const& sorted) {
  auto const n = sorted.size();
  return (sorted[(n - 1) / 2].number + sorted[n / 2].number) / 2;
}

/// "varies between subjects: median 0.45 ml/min (0.42 to 0.47 ml/min)".
std::string range_text(std::vector<std::string> const& values, std::string const& unit_of_range) {
  auto measures = measures_of(values);
  if (!measures || measures->empty()) return "varies between subjects";
  convert(*measures, unit_of_range);
  std::ranges::sort(*measures, {}, &Measure::number);
  auto const& unit = measures->front().unit;
  return fmt::format("varies between subjects: median {:.3g}{} ({:.3g} to {:.3g}{})", median_of(*measures),
                     unit, measures->front().number, measures->back().number, unit);
}

/// The unit of a parameter's published range: "ml/min".
std::string unit_of_range(std::vector<ParameterRecord> const& parameters, std::string const& key) {
  auto const found = std::ranges::find(parameters, key, &ParameterRecord::key);
  auto const low = found == parameters.end() ? std::nullopt : measure_of(found->low);
  return low && !low->unit.empty() ? low->unit.substr(1) : std::string{};
}

}  // namespace

SharedSettings shared_settings(std::vector<Settings const*> const& runs,
                               std::vector<ParameterRecord> const& parameters) {
  std::set<std::string> keys;
  for (auto const* run : runs) {
    for (auto const& [key, value] : *run) keys.insert(key);
  }
  SharedSettings settings;
  for (auto const& key : keys) {
    std::vector<std::string> values;
    for (auto const* run : runs) {
      if (auto const found = run->find(key); found != run->end()) values.push_back(found->second);
    }
    auto const is_shared = values.size() == runs.size() && std::ranges::all_of(values, [&](auto const& one) {
                             return one == values.front();
                           });
    if (is_shared)
      settings.shared[key] = values.front();
    else
      settings.varying[key] = range_text(values, unit_of_range(parameters, key));
  }
  return settings;
}

bool varies(StudyRecord const& study, std::string const& key) {
  return std::ranges::any_of(study.arms, [&](ArmRecord const& arm) { return arm.varying.contains(key); });
}

void mark_varying(StudyRecord& study) {
  for (auto& parameter : study.parameters) {
    auto const show = [&](ArmRecord const& arm) {
      auto const found = arm.varying.find(parameter.key);
      if (found == arm.varying.end()) return false;
      parameter.value = found->second;
      return true;
    };
    if (!show(study.arms[study.reference])) std::ranges::any_of(study.arms, show);
  }
}

}  // namespace myoaxis::report

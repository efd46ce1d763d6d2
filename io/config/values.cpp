#include "io/config/values.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "core/units.h"
#include "io/config/toml_text.h"

namespace myoaxis {
namespace {

std::vector<std::string> const kParameterKeys = {"value", "range", "organism", "status", "source", "note"};

/// The number itself, without its provenance.
toml::node const& bare(toml::node const& node) {
  return is_parameter_table(node) ? *node.as_table()->get("value") : node;
}

/// Number of a text or a TOML number. A bare number goes the same way as a text, so that it gets the same
/// message.
std::optional<double> to_number(NamedNode value, std::string_view unit, Diagnostics& diagnostics) {
  auto const* text = value.node.as_string();
  if (text == nullptr && !value.node.is_number()) {
    report_problem(value, fmt::format("must be a number with a unit convertible to {}, in quotes", unit),
                   diagnostics);
    return std::nullopt;
  }
  try {
    if (unit == "1" && text == nullptr) return value.node.value<double>();
    return parse_in(text != nullptr ? text->get() : inline_text(value.node), unit);
  } catch (UnitError const& error) {
    report_problem(value, error.what(), diagnostics);
    return std::nullopt;
  }
}

/// The text as the user wrote it; a number as TOML writes it.
std::string written(toml::node const& node) {
  auto const* text = node.as_string();
  return text != nullptr ? text->get() : inline_text(node);
}

void read_range(NamedNode range, std::string_view unit, Parameter& parameter, Diagnostics& diagnostics) {
  auto const* ends = range.node.as_array();
  if (ends == nullptr || ends->size() != 2) {
    report_problem(range, "must be an array of the lowest and the highest plausible value", diagnostics);
    return;
  }
  auto const low = to_number({*ends->get(0), range.path}, unit, diagnostics);
  auto const high = to_number({*ends->get(1), range.path}, unit, diagnostics);
  if (!low || !high) return;
  if (!(*low <= *high)) report_problem(range, "must begin with the lower value", diagnostics);
  parameter.range = {written(*ends->get(0)), written(*ends->get(1))};
}

/// One of the texts of a parameter table.
std::string provenance_text(NamedNode parameter, std::string const& key, Diagnostics& diagnostics) {
  auto const* node = parameter.node.as_table()->get(key);
  if (node == nullptr) return {};
  auto const text = node->value<std::string>();
  auto const path = parameter.path + '.' + key;
  if (!text || text->empty()) report_problem({*node, path}, "must be a text that is not empty", diagnostics);
  return text.value_or("");
}

void check_provenance_keys(NamedNode parameter, Diagnostics& diagnostics) {
  auto const& table = *parameter.node.as_table();
  for (auto const& [key, node] : table) {
    auto const name = std::string{key.str()};
    if (std::find(kParameterKeys.begin(), kParameterKeys.end(), name) != kParameterKeys.end()) continue;
    auto const guess = did_you_mean(name, kParameterKeys);
    diagnostics.add(place_of(key.source()),
                    fmt::format("unknown key '{}' in the parameter {}{} allowed: {}", name, parameter.path,
                                guess.empty() ? ";" : guess, fmt::join(kParameterKeys, ", ")));
  }
  for (auto const* required : {"status", "source"}) {
    if (table.contains(std::string_view{required})) continue;
    diagnostics.add(place_of(table.source()),
                    fmt::format("the parameter {} has no {}", parameter.path, required));
  }
}

void read_provenance(NamedNode parameter, std::string_view unit, Parameter& result,
                     Diagnostics& diagnostics) {
  check_provenance_keys(parameter, diagnostics);
  result.organism = provenance_text(parameter, "organism", diagnostics);
  result.status = provenance_text(parameter, "status", diagnostics);
  result.source = provenance_text(parameter, "source", diagnostics);
  provenance_text(parameter, "note", diagnostics);
  auto const& table = *parameter.node.as_table();
  if (auto const* range = table.get("range")) {
    read_range({*range, parameter.path + ".range"}, unit, result, diagnostics);
  }
  auto const& statuses = kParameterStatuses;
  if (result.status.empty() || std::find(statuses.begin(), statuses.end(), result.status) != statuses.end())
    return;
  report_problem({*table.get("status"), parameter.path + ".status"},
                 fmt::format("must be one of {}{}", fmt::join(statuses, ", "),
                             did_you_mean(result.status, {statuses.begin(), statuses.end()})),
                 diagnostics);
}

void record(NamedNode value, std::string_view unit, double number, Limits const& limits, bool whole,
            ReadContext& context) {
  Parameter parameter;
  parameter.key = value.path;
  parameter.value = written(bare(value.node));
  parameter.unit = unit;
  parameter.number = number;
  parameter.place = place_of(value.node);
  parameter.limits = limits;
  parameter.whole = whole;
  if (is_parameter_table(value.node)) read_provenance(value, unit, parameter, context.diagnostics);
  context.parameters.push_back(std::move(parameter));
}

/// Adds a problem when the number cannot be used.
bool is_usable(NamedNode value, double number, std::string_view unit, Limits const& limits,
               Diagnostics& diagnostics) {
  auto const finite = std::isfinite(number);
  if (!finite) report_problem(value, "must be a finite number", diagnostics);
  if (finite && !limits.contain(number)) report_problem(value, to_text(limits, unit), diagnostics);
  return finite && limits.contain(number);
}

/// A table where a number is wanted can only be a parameter, and then it has a value.
bool lacks_value(NamedNode value, Diagnostics& diagnostics) {
  if (!value.node.is_table() || is_parameter_table(value.node)) return false;
  diagnostics.add(place_of(value.node), fmt::format("the parameter {} has no value", value.path));
  return true;
}

}  // namespace

void report_problem(NamedNode value, std::string_view message, Diagnostics& diagnostics) {
  diagnostics.add(place_of(value.node), fmt::format("{} = {}: {}", value.path, shown(value.node), message));
}

std::optional<double> read_number(NamedNode value, std::string_view unit, Limits const& limits,
                                  ReadContext& context) {
  if (lacks_value(value, context.diagnostics)) return std::nullopt;
  auto const number = to_number({bare(value.node), value.path}, unit, context.diagnostics);
  record(value, unit, number.value_or(0), limits, false, context);
  return number && is_usable(value, *number, unit, limits, context.diagnostics) ? number : std::nullopt;
}

std::optional<double> read_plain_number(NamedNode value, std::string_view unit, Limits const& limits,
                                        Diagnostics& diagnostics) {
  auto const number = to_number(value, unit, diagnostics);
  return number && is_usable(value, *number, unit, limits, diagnostics) ? number : std::nullopt;
}

std::optional<std::int64_t> read_integer(NamedNode value, std::int64_t low, std::int64_t high,
                                         ReadContext& context) {
  if (lacks_value(value, context.diagnostics)) return std::nullopt;
  auto const* node = bare(value.node).as_integer();
  auto const number = node != nullptr ? node->get() : 0;
  record(value, "1", static_cast<double>(number),
         between(static_cast<double>(low), static_cast<double>(high)), true, context);
  if (node == nullptr) {
    report_problem(value, "must be a whole number", context.diagnostics);
    return std::nullopt;
  }
  if (number < low || number > high) {
    report_problem(value, integer_limits_text(low, high), context.diagnostics);
    return std::nullopt;
  }
  return number;
}

std::string integer_limits_text(std::int64_t low, std::int64_t high) {
  using Range = std::numeric_limits<std::int64_t>;
  if (high == Range::max() && low == Range::min()) return {};
  if (high == Range::max())
    return low == 0 ? "must not be negative" : fmt::format("must be at least {}", low);
  if (low == Range::min()) return fmt::format("must be at most {}", high);
  return fmt::format("must be between {} and {}", low, high);
}

}  // namespace myoaxis

#include "tools/outcome_table.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace myoaxis {
namespace {

/// Four significant digits, counts in full.
std::string value_text(double value) {
  if (std::isnan(value)) return "-";
  if (value == std::round(value) && std::abs(value) < 1e9) return fmt::format("{:.0f}", value);
  return std::abs(value) >= 1e4 ? fmt::format("{:.0f}", value) : fmt::format("{:.4g}", value);
}

Outcome const* find(std::vector<Outcome> const& outcomes, std::string const& name) {
  auto const found =
      std::find_if(outcomes.begin(), outcomes.end(), [&](Outcome const& o) { return o.name == name; });
  return found == outcomes.end() ? nullptr : &*found;
}

/// Names of all outcomes, in the order in which they first appear.
std::vector<Outcome> all_outcomes(std::vector<OutcomeColumn> const& columns) {
  std::vector<Outcome> all;
  for (auto const& column : columns) {
    for (auto const& outcome : column.outcomes) {
      if (find(all, outcome.name) == nullptr) all.push_back(outcome);
    }
  }
  return all;
}

}  // namespace

std::string outcome_table(std::vector<OutcomeColumn> const& columns) {
  auto const rows = all_outcomes(columns);
  std::size_t name_width = 7, unit_width = 4;
  for (auto const& row : rows) {
    name_width = std::max(name_width, row.name.size());
    unit_width = std::max(unit_width, row.unit.size());
  }
  auto text = fmt::format("{:<{}}  {:<{}}", "outcome", name_width, "unit", unit_width);
  for (auto const& column : columns) text += fmt::format("  {:>12}", column.title);
  text += "  meaning\n";
  for (auto const& row : rows) {
    text += fmt::format("{:<{}}  {:<{}}", row.name, name_width, row.unit, unit_width);
    for (auto const& column : columns) {
      auto const* outcome = find(column.outcomes, row.name);
      auto const width = std::max<std::size_t>(12, column.title.size());
      text += fmt::format("  {:>{}}", outcome == nullptr ? "-" : value_text(outcome->value), width);
    }
    text += "  " + row.meaning + "\n";
  }
  return text;
}

}  // namespace myoaxis

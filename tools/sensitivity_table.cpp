#include "tools/sensitivity_table.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>
#include <variant>
#include <vector>

#include "tools/terminal.h"

namespace myoaxis {
namespace {

constexpr std::size_t kRange = 6;  // the last column, cut where the line is too long
using InputRow = std::array<std::string, kRange + 1>;
constexpr InputRow::size_type kKey = 1, kStatus = 2;
InputRow const kEffectHeading = {"", "input", "status", "mu*", "mu", "sigma", "range"};
InputRow const kIndexHeading = {"", "input", "status", "total", "first order", "together", "range"};

std::string index_text(double value) { return std::isnan(value) ? "-" : fmt::format("{:.3g}", value); }

std::string with_interval(double value, Interval const& interval) {
  if (std::isnan(interval.low)) return index_text(value) + " [-]";
  return fmt::format("{} [{}, {}]", index_text(value), index_text(interval.low), index_text(interval.high));
}

std::array<std::string, 3> number_cells(ElementaryEffects const& effects) {
  return {with_interval(effects.mu_star, effects.mu_star_interval), index_text(effects.mu),
          index_text(effects.sigma)};
}

std::array<std::string, 3> number_cells(SobolIndices const& indices) {
  return {with_interval(indices.total, indices.total_interval),
          with_interval(indices.first, indices.first_interval), index_text(indices.total - indices.first)};
}

InputRow row_of(std::size_t rank, Influence const& one) {
  auto const cells = std::visit([](auto const& numbers) { return number_cells(numbers); }, one.numbers);
  auto const range = one.scale == RangeScale::logarithmic ? one.range + ", log" : one.range;
  return {fmt::format("{}", rank), one.key, one.status, cells[0], cells[1], cells[2], range};
}

std::string table_of(std::vector<InputRow> const& rows, std::size_t columns) {
  std::array<std::size_t, kRange> widths{};
  for (auto const& row : rows) {
    for (std::size_t i = 0; i < kRange; ++i) widths[i] = std::max(widths[i], text_columns(row[i]));
  }
  std::string text;
  for (auto const& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < kRange; ++i) {
      auto const is_text = i == kKey || i == kStatus;
      line += fmt::format(fmt::runtime(is_text ? "{:<{}}  " : "{:>{}}  "), row[i], widths[i]);
    }
    auto const left = columns == kUnlimited ? kUnlimited : columns - std::min(columns, text_columns(line));
    if (left >= 8) line += cut_text(row[kRange], left);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

bool is_screening(OutcomeSensitivity const& result) {
  return !result.influences.empty() &&
         std::holds_alternative<ElementaryEffects>(result.influences.front().numbers);
}

std::string heading(OutcomeSensitivity const& result) {
  auto const what =
      is_screening(result)
          ? "mu*: mean size of the effect of the whole range; mu: with its sign; sigma: spread, "
            "large where other inputs or the place in the range matter"
          : "shares of the variance: total, alone and with others; first order, alone; together, "
            "the difference";
  return fmt::format("{} ({}): mean {}, s.d. {} over {} runs\n{}\n\n", result.outcome, result.unit,
                     index_text(result.mean), index_text(result.deviation),
                     result.runs - result.without_value, what);
}

/// "Of the sizes together: 61 % assumed, 30 % derived, 9 % luck".
std::string status_shares(OutcomeSensitivity const& result) {
  std::map<std::string, double> sizes;
  double sum = 0;
  for (auto const& one : result.influences) {
    if (std::isnan(one.size())) continue;
    sizes[one.status] += one.size();
    sum += one.size();
  }
  if (!(sum > 0)) return "";
  std::vector<std::pair<double, std::string>> ranked;
  for (auto const& [status, size] : sizes) ranked.emplace_back(-size, status);
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> texts;
  for (auto const& [size, status] : ranked)
    texts.push_back(fmt::format("{:.0f} % {}", -100 * size / sum, status));
  return fmt::format("By status, of the sum of {}: {}\n", is_screening(result) ? "mu*" : "total indices",
                     fmt::join(texts, ", "));
}

std::size_t left_out_of(Influence const& one) {
  return std::visit([](auto const& numbers) { return numbers.left_out; }, one.numbers);
}

std::string left_out_runs_text(OutcomeSensitivity const& result) {
  if (result.without_value == 0) return "";
  std::size_t most = 0;
  for (auto const& one : result.influences) most = std::max(most, left_out_of(one));
  return fmt::format("{} of {} runs have no value; up to {} {} of an input are left out for it\n",
                     result.without_value, result.runs, most, is_screening(result) ? "effects" : "rows");
}

}  // namespace

std::string sensitivity_table(OutcomeSensitivity const& result, std::size_t rows, std::size_t columns) {
  std::vector<InputRow> table{is_screening(result) ? kEffectHeading : kIndexHeading};
  auto const shown = std::min(rows, result.influences.size());
  for (std::size_t i = 0; i < shown; ++i) table.push_back(row_of(i + 1, result.influences[i]));
  auto text = heading(result) + table_of(table, columns);
  if (shown < result.influences.size())
    text += fmt::format("and {} more\n", result.influences.size() - shown);
  return text + '\n' + status_shares(result) + left_out_runs_text(result);
}

}  // namespace myoaxis

#include "tools/comparison_table.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "tools/terminal.h"

namespace myoaxis {
namespace {

constexpr char const* kGap = "  ";
constexpr std::size_t kShortestMeaning = 16;

/// Decimal places for `digits` significant ones of `value`, at least 0.
int decimals(double value, int digits) {
  if (!(std::abs(value) > 0) || std::isinf(value)) return 0;
  return std::clamp(digits - 1 - static_cast<int>(std::floor(std::log10(std::abs(value)))), 0, 12);
}

std::string mean_text(double value) {
  return std::isnan(value) ? "-" : fmt::format("{:.{}f}", value, decimals(value, 4));
}

std::string signed_text(double value, int places) {
  auto text = fmt::format("{:+.{}f}", value, places);
  return text.find_first_of("123456789") == std::string::npos ? text.substr(1) : text;  // no "-0.0"
}

/// As many places as tell two digits of the interval's half width. Where the reference has no value, such as
/// after a session, the arm's mean stands alone.
std::string contrast_text(ArmContrast const& contrast) {
  auto const& result = contrast.result;
  if (std::isnan(result.difference)) {
    return std::isnan(contrast.mean) ? "-" : fmt::format("mean {}  ", mean_text(contrast.mean));
  }
  auto const half = (result.high - result.low) / 2;
  if (half == 0)  // no run differs from another, such as in what the calendar prescribes
    return result.difference == 0 ? "0 [0, 0]  "
                                  : fmt::format("{0:+.4g} [{0:+.4g}, {0:+.4g}] *", result.difference);
  auto const places = half > 0 ? decimals(half, 2) : decimals(result.difference, 3);
  auto text = signed_text(result.difference, places);
  if (std::isnan(half)) return text + " [-]  ";
  auto const excludes_zero = result.low > 0 || result.high < 0;
  return text + fmt::format(" [{}, {}] {}", signed_text(result.low, places), signed_text(result.high, places),
                            excludes_zero ? '*' : ' ');
}

std::string letter_of(std::size_t arm) {
  auto const letter = std::string(1, static_cast<char>('A' + arm % 26));
  return arm < 26 ? letter : letter_of(arm / 26 - 1) + letter;
}

/// A column of texts, its heading first; padded to one width when printed.
struct Column {
  std::vector<std::string> cells;
  bool right = false;
  std::size_t width() const {
    std::size_t most = 0;
    for (auto const& cell : cells) most = std::max(most, text_columns(cell));
    return most;
  }
};

std::vector<Column> columns_of(Comparison const& comparison) {
  std::vector<Column> columns{{{"outcome"}}, {{"unit"}}, {{"reference"}, true}};
  for (auto const& outcome : comparison.outcomes) {
    columns[0].cells.push_back(outcome.name);
    columns[1].cells.push_back(outcome.unit);
    columns[2].cells.push_back(mean_text(outcome.reference_mean));
  }
  for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm) {
    Column column{{""}, true};
    for (auto const& outcome : comparison.outcomes)
      column.cells.push_back(contrast_text(outcome.contrasts[arm]));
    auto const width = std::max<std::size_t>(column.width(), 16);
    column.cells.front() =
        cut_text(fmt::format("{} {}", letter_of(arm), comparison.arms[arm].name), width - 2) + kGap;
    columns.push_back(std::move(column));
  }
  return columns;
}

std::string runs_text(ArmHeading const& arm) {
  return fmt::format("{}, {} run{}", arm.name, arm.runs, arm.runs == 1 ? "" : "s");
}

std::string heading(std::string const& mark, ArmHeading const& arm, std::string const& more) {
  auto text = fmt::format("{:<9}  {}{}\n", mark, runs_text(arm), more);
  for (auto const& setting : arm.settings) text += fmt::format("{:<9}    {}\n", "", setting);
  return text;
}

std::string headings(Comparison const& comparison) {
  auto text = heading("reference", comparison.reference, "");
  for (std::size_t i = 0; i < comparison.arms.size(); ++i) {
    auto const& arm = comparison.arms[i];
    text += heading(letter_of(i), arm,
                    arm.pairing == Pairing::paired ? ", paired with the reference by seed and subject"
                                                   : ", not paired (Welch)");
  }
  return text +
         "Means of the reference; differences to them with 95 % intervals, * where these exclude 0;\n"
         "mean: of the arm, where the reference has no value\n\n";
}

/// Below the table, so that nobody overlooks that runs are missing. Where all are, the table shows "-".
std::string left_out_text(Comparison const& comparison) {
  std::string text;
  for (auto const& outcome : comparison.outcomes) {
    for (std::size_t i = 0; i < outcome.contrasts.size(); ++i) {
      auto const& result = outcome.contrasts[i].result;
      if (result.left_out == 0 || std::isnan(result.difference)) continue;
      text += fmt::format("{}, {}: {} of {} left out, without a value\n", outcome.name, letter_of(i),
                          result.left_out,
                          result.pairing == Pairing::paired
                              ? fmt::format("{} pairs", result.n + result.left_out)
                              : fmt::format("{} runs", result.n + result.n_reference + result.left_out));
    }
  }
  return text.empty() ? text : "\n" + text;
}

}  // namespace

std::string comparison_table(Comparison const& comparison, std::size_t columns) {
  auto text = headings(comparison);
  auto const table = columns_of(comparison);
  for (std::size_t row = 0; row <= comparison.outcomes.size(); ++row) {
    std::string line;
    for (auto const& column : table) {
      auto const width = column.width();
      line += column.right ? fmt::format("{:>{}}", column.cells[row], width)
                           : fmt::format("{:<{}}", column.cells[row], width);
      line += kGap;
    }
    auto const left = columns == kUnlimited ? kUnlimited : columns - std::min(columns, text_columns(line));
    auto const& meaning = row == 0 ? "meaning" : comparison.outcomes[row - 1].meaning;
    if (left >= kShortestMeaning) line += cut_text(meaning, left);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text + left_out_text(comparison);
}

}  // namespace myoaxis

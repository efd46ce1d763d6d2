#include "tools/comparison_table.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "tools/comparison_cells.h"
#include "tools/terminal.h"

namespace myoaxis {
namespace {

constexpr std::string_view kGap = "  ";
constexpr std::size_t kShortestMeaning = 16;
constexpr std::size_t kProse = 120;  // prose is not set wider than that

/// A column of texts, its heading first; padded to one width when printed.
struct TableColumn {
  std::vector<std::string> cells;
  bool is_right = false;
  std::size_t width() const {
    std::size_t most = 0;
    for (auto const& cell : cells) most = std::max(most, text_columns(cell));
    return most;
  }
};

std::size_t width_of(std::vector<TableColumn> const& columns) {
  std::size_t width = 0;
  for (auto const& column : columns) width += column.width() + kGap.size();
  return width;
}

std::string line_of(std::vector<TableColumn> const& columns, std::size_t row) {
  std::string line;
  for (auto const& column : columns) {
    auto const& cell = column.cells[row];
    std::string const space(column.width() - text_columns(cell), ' ');
    line += (column.is_right ? space + cell : cell + space) + std::string{kGap};
  }
  return line;
}

void end_line(std::string& line) {
  line.erase(line.find_last_not_of(' ') + 1);
  line += '\n';
}

/// Lines of at most `columns` columns; the second and later ones are indented by `indent`.
std::string wrapped(std::string const& text, std::size_t columns, std::size_t indent = 0) {
  std::string const space(indent, ' ');
  auto const room = std::min(columns, kProse);
  std::string all;
  for (auto const& line : wrapped_text(text, room > indent ? room - indent : 1))
    all += (all.empty() ? "" : space) + line + '\n';
  return all;
}

/// One outcome of one arm, which is one line of the table.
struct ArmRow {
  std::size_t outcome = 0;
  std::size_t arm = 0;
};

/// Outcomes that no arm shares with its reference are named below the table.
bool is_shared(ComparedOutcome const& outcome) {
  return std::ranges::any_of(
      outcome.contrasts, [](ArmContrast const& contrast) { return contrast.present_in == PresentIn::both; });
}

/// So are outcomes without any value.
bool is_empty(ComparedOutcome const& outcome) {
  return std::ranges::all_of(outcome.contrasts, [](ArmContrast const& contrast) {
    return std::isnan(contrast.result.difference) && std::isnan(contrast.mean);
  });
}

std::vector<ArmRow> arm_rows(Comparison const& comparison) {
  std::vector<ArmRow> rows;
  for (std::size_t outcome = 0; outcome < comparison.outcomes.size(); ++outcome) {
    if (is_empty(comparison.outcomes[outcome]) || !is_shared(comparison.outcomes[outcome])) continue;
    for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm) rows.push_back({outcome, arm});
  }
  return rows;
}

/// The mean of the reference stands once for the arms that share it.
bool shows_reference(Comparison const& comparison, std::size_t arm) {
  return arm == 0 || comparison.arms[arm].reference != comparison.arms[arm - 1].reference;
}

/// What tells the rows apart; that of an outcome stands in its first row.
std::vector<TableColumn> outcome_columns(Comparison const& comparison, std::vector<ArmRow> const& rows) {
  std::vector<TableColumn> columns{{{"outcome"}}, {{"unit"}}, {{"reference"}, true}};
  for (auto const& row : rows) {
    auto const& outcome = comparison.outcomes[row.outcome];
    columns[0].cells.push_back(row.arm == 0 ? outcome.name : "");
    columns[1].cells.push_back(row.arm == 0 ? outcome.unit : "");
    columns[2].cells.push_back(
        shows_reference(comparison, row.arm) ? mean_text(outcome.contrasts[row.arm].reference_mean) : "");
  }
  return columns;
}

/// The numbers, the most important ones first.
std::vector<TableColumn> number_columns(Comparison const& comparison, std::vector<ArmRow> const& rows) {
  std::vector<TableColumn> columns{{{"arm"}},          {{"difference  "}, true}, {{"p Holm"}, true},
                                   {{"g"}, true},      {{"above"}, true},        {{"more"}, true},
                                   {{"pairing"}, true}};
  for (auto const& row : rows) {
    auto const& contrast = comparison.outcomes[row.outcome].contrasts[row.arm];
    auto const& result = contrast.result;
    std::vector<std::string> const texts{letter_of(row.arm),
                                         contrast_text(contrast, comparison.interval_of(contrast)),
                                         p_text(contrast.p_holm),
                                         effect_text(result.hedges_g),
                                         superiority_text(result.superiority),
                                         subjects_text(contrast.more_subjects()),
                                         gain_text(result.pairing_gain)};
    for (std::size_t i = 0; i < columns.size(); ++i) columns[i].cells.push_back(texts[i]);
  }
  if (comparison.arms.size() == 1) columns.erase(columns.begin());
  return columns;
}

/// A line a row; the meaning at its end where there is room.
std::string flat_table(Comparison const& comparison, std::vector<ArmRow> const& rows,
                       std::vector<TableColumn> const& table, std::size_t columns) {
  auto const left = columns == kUnlimited ? kUnlimited : columns - std::min(columns, width_of(table));
  std::string text;
  for (std::size_t row = 0; row <= rows.size(); ++row) {
    auto line = line_of(table, row);
    auto const is_first = row == 0 || rows[row - 1].arm == 0;
    if (left >= kShortestMeaning && is_first)
      line += cut_text(row == 0 ? "meaning" : comparison.outcomes[rows[row - 1].outcome].meaning, left);
    end_line(line);
    text += line;
  }
  return text;
}

/// For narrow terminals: a line an outcome, below it a line an arm. What is too wide still is broken.
std::string stacked_table(Comparison const& comparison, std::vector<ArmRow> const& rows,
                          std::vector<TableColumn> const& table, std::size_t columns) {
  constexpr std::size_t indent = 2;
  std::string text;
  auto const add = [&](std::size_t row) {
    auto line = std::string(indent, ' ') + line_of(table, row);
    end_line(line);
    text += text_columns(line) <= columns + 1 ? line : "  " + wrapped(line, columns, 2 * indent);
  };
  add(0);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    auto const& outcome = comparison.outcomes[rows[row].outcome];
    if (rows[row].arm == 0) {
      text += cut_text(fmt::format("{} [{}], reference {}: {}", outcome.name, outcome.unit,
                                   mean_text(outcome.contrasts.front().reference_mean), outcome.meaning),
                       columns) +
              "\n";
    } else if (shows_reference(comparison, rows[row].arm)) {
      text += fmt::format("  reference {}:\n", mean_text(outcome.contrasts[rows[row].arm].reference_mean));
    }
    add(row + 1);
  }
  return text;
}

/// Takes columns away until the others fit; gives the headings of those that went.
std::vector<std::string> drop_columns(std::vector<TableColumn>& table, std::size_t kept,
                                      std::size_t columns) {
  std::vector<std::string> dropped;
  while (table.size() > kept && width_of(table) > columns) {
    dropped.insert(dropped.begin(), table.back().cells.front());
    table.pop_back();
  }
  return dropped;
}

std::string table_text(Comparison const& comparison, std::size_t columns) {
  auto const rows = arm_rows(comparison);
  auto numbers = number_columns(comparison, rows);
  auto flat = outcome_columns(comparison, rows);
  flat.insert(flat.end(), numbers.begin(), numbers.end());
  if (width_of(flat) - kGap.size() <= columns) return flat_table(comparison, rows, flat, columns);
  auto const least = comparison.arms.size() == 1 ? 1u : 2u;
  auto const dropped = drop_columns(numbers, least, columns);
  auto text = stacked_table(comparison, rows, numbers, columns);
  if (!dropped.empty())
    text += '\n' + wrapped(fmt::format("Too narrow here for: {}; --csv and --json have them.",
                                       fmt::join(dropped, ", ")),
                           columns);
  return text;
}

std::string heading(std::string const& mark, ArmHeading const& arm, std::string const& more,
                    std::size_t columns) {
  auto text = wrapped(
      fmt::format("{:<10} {}, {} run{}{}", mark + ":", arm.name, arm.runs, arm.runs == 1 ? "" : "s", more),
      columns, 2);
  for (auto const& setting : arm.settings) text += "    " + wrapped(setting, columns, 6);
  return text;
}

/// With what it is compared, and so that nobody overlooks what pairing leaves out.
std::string pairing_text(ArmHeading const& arm, ArmHeading const& reference) {
  auto const is_usual = arm.reference == reference.name;
  if (arm.pairing == Pairing::unpaired)
    return is_usual ? ", not paired" : fmt::format(", beside '{}', not paired", arm.reference);
  auto const paired = fmt::format(", paired with {} by seed and subject",
                                  is_usual ? "the reference" : fmt::format("'{}'", arm.reference));
  if (arm.without_partner == 0) return paired;
  return fmt::format("{}; {} run{} of the two without a partner left out", paired, arm.without_partner,
                     arm.without_partner == 1 ? "" : "s");
}

std::string headings(Comparison const& comparison, std::size_t columns) {
  auto text = heading("reference", comparison.reference, "", columns);
  for (std::size_t i = 0; i < comparison.arms.size(); ++i) {
    auto const& arm = comparison.arms[i];
    text += heading(letter_of(i), arm, pairing_text(arm, comparison.reference), columns);
  }
  return text;
}

/// What the columns mean.
std::string legend(Comparison const& comparison, std::size_t columns) {
  auto const* interval = comparison.interval_kind == IntervalKind::t
                             ? "95 % intervals (Student's t, or Welch's where not paired)"
                             : "95 % intervals (studentized bootstrap)";
  return wrapped(
      fmt::format(
          "Differences to the reference's mean with {}, * where these exclude 0; mean: of the arm, where the "
          "reference has no value. p: permutation, Holm over all outcomes, and over all readings of assays. "
          "g: Hedges. above: how often the "
          "arm is above the reference. more: further subjects an arm for a power of 80 %, were the "
          "difference "
          "as seen. pairing: how many times more runs arms that share no luck would take for the same "
          "precision, with 95 % interval.",
          interval),
      columns);
}

/// So that nobody overlooks that runs are missing.
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
  return text;
}

std::string empty_text(Comparison const& comparison) {
  std::vector<std::string> names;
  for (auto const& outcome : comparison.outcomes) {
    if (is_empty(outcome) && is_shared(outcome)) names.push_back(outcome.name);
  }
  return names.empty() ? "" : fmt::format("No run has a value of: {}\n", fmt::join(names, ", "));
}

/// What only one of two arms has, such as a reading that the other's experiment does not order.
std::string lone_text(Comparison const& comparison) {
  std::string text;
  auto const add = [&](std::size_t arm, PresentIn side, std::string const& owner, std::string const& other) {
    std::vector<std::string> names;
    for (auto const& outcome : comparison.outcomes) {
      if (outcome.contrasts[arm].present_in == side) names.push_back(outcome.name);
    }
    if (!names.empty())
      text += fmt::format("Not compared, '{}' has it and '{}' has not: {}\n", owner, other,
                          fmt::join(names, ", "));
  };
  for (std::size_t i = 0; i < comparison.arms.size(); ++i) {
    auto const& arm = comparison.arms[i];
    add(i, PresentIn::arm, arm.name, arm.reference);
    add(i, PresentIn::reference, arm.reference, arm.name);
  }
  return text;
}

/// Why a bootstrap interval is "[-]".
std::string no_bootstrap_text(Comparison const& comparison) {
  if (comparison.interval_kind != IntervalKind::bootstrap) return "";
  auto const is_missing = [](ArmContrast const& contrast) {
    return std::isfinite(contrast.result.difference) && std::isnan(contrast.result.bootstrap.low);
  };
  for (auto const& outcome : comparison.outcomes) {
    if (!std::ranges::any_of(outcome.contrasts, is_missing)) continue;
    return fmt::format(
        "[-]: a bootstrap interval takes at least {0} pairs, or {0} runs in each arm, that are not nearly "
        "all "
        "alike; --interval t gives intervals from 2 on\n",
        kLeastForBootstrap);
  }
  return "";
}

std::string notes(Comparison const& comparison, std::size_t columns) {
  std::string text;
  std::istringstream lines{left_out_text(comparison) + empty_text(comparison) + lone_text(comparison) +
                           no_bootstrap_text(comparison)};
  for (std::string line; std::getline(lines, line);) text += wrapped(line, columns, 2);
  return text.empty() ? text : "\n" + text;
}

}  // namespace

std::string comparison_table(Comparison const& comparison, std::size_t columns) {
  return headings(comparison, columns) + legend(comparison, columns) + "\n" +
         table_text(comparison, columns) + notes(comparison, columns);
}

}  // namespace myoaxis

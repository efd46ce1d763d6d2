#include <fmt/core.h>

#include <cmath>

#include "core/statistics/permutation.h"
#include "io/report/contrast_text.h"
#include "io/report/numbers.h"
#include "io/report/parameters.h"
#include "io/report/sections.h"
#include "io/report/spread.h"
#include "io/report/wording.h"

namespace myoaxis::report {
namespace {

/// "+12 % [+8, +17]" in two pieces, between which a narrow column may break the line.
Markup in_pieces(std::string const& text) {
  auto const bracket = text.find(" [");
  auto const piece = [](std::string_view part) { return element("span", {{"class", "nb"}}, part); };
  if (bracket == std::string::npos) return piece(text);
  return piece(text.substr(0, bracket)) + escaped(" ") + piece(text.substr(bracket + 1));
}

/// "▲ +12 % [+8, +17]" with the difference itself below.
Markup verdict(ComparedOutcome const& outcome, Contrast const& contrast) {
  if (std::isnan(contrast.result.difference)) return escaped("\u2013");
  auto const settled = is_settled(contrast);
  auto const higher = contrast.result.difference > 0;
  auto const* sign = !settled ? "\u25CB " : higher ? "\u25B2 " : "\u25BC ";
  auto const relative = relative_text(outcome, contrast);
  auto const absolute = contrast_text(contrast);
  auto const first = element("b", in_pieces(sign + (relative.empty() ? absolute : relative)));
  auto const cell =
      relative.empty() ? first : first + element("span", {{"class", "sub"}}, in_pieces(absolute));
  return element("span", {{"class", !settled ? "open" : higher ? "up" : "down"}}, cell);
}

std::vector<Column> comparison_columns(StudyRecord const& study) {
  std::vector<Column> columns{{"", ""}, {study.arms[study.reference].name + " (reference), mean", "n"}};
  for (auto const* arm : other_arms(study)) columns.push_back({contrast_name(study, *arm), ""});
  return columns;
}

Markup comparison(StudyRecord const& study) {
  std::vector<std::vector<Markup>> rows;
  for (auto const& [name, heading] : key_outcomes()) {
    auto const* outcome = find_outcome(study, name);
    if (outcome == nullptr) continue;
    auto const unit = unit_text(outcome->unit);
    std::vector<Markup> row{
        escaped(heading) + (unit.empty() ? Markup{} : element("span", {{"class", "sub"}}, unit)),
        escaped(number_text(outcome->reference_mean, 4))};
    for (auto const& contrast : outcome->contrasts) row.push_back(verdict(*outcome, contrast));
    rows.push_back(std::move(row));
  }
  if (rows.empty()) return {};
  return table("What each regime does, against the reference", comparison_columns(study), rows,
               OnPhones::stacked);
}

/// With one arm there is nothing to compare: what its subjects came to.
Markup single_arm(StudyRecord const& study) {
  std::vector<std::vector<Markup>> rows;
  auto const& arm = study.arms.front();
  for (auto const& [name, heading] : key_outcomes()) {
    auto const spread = spread_of(outcome_values(arm, name));
    if (spread.n == 0) continue;
    rows.push_back({escaped(heading), escaped(number_text(spread.mean, 4)),
                    escaped(number_text(spread.low, 4)), escaped(number_text(spread.high, 4)),
                    escaped(std::to_string(spread.n))});
  }
  if (rows.empty()) return {};
  return table("What the subjects came to",
               {{"", ""}, {"mean", "n"}, {"lowest", "n"}, {"highest", "n"}, {"subjects", "n"}}, rows,
               OnPhones::stacked);
}

double least_p(TwoArms const& result) {
  return result.pairing == Pairing::paired ? least_sign_flip_p(result.n)
                                           : least_label_permutation_p(result.n, result.n_reference);
}

/// That there are too few subjects for a small p, where that is so.
std::string bound_of_p(StudyRecord const& study) {
  constexpr double small = 0.0005;
  TwoArms const* best = nullptr;
  for (auto const& outcome : study.outcomes) {
    for (auto const& [result, mean, p_holm] : outcome.contrasts) {
      if (!std::isnan(result.p) && (best == nullptr || least_p(result) < least_p(*best))) best = &result;
    }
  }
  if (best == nullptr || least_p(*best) < small) return "";
  auto const number = best->pairing == Pairing::paired
                          ? fmt::format("{} pairs", best->n)
                          : fmt::format("{} and {} subjects", best->n, best->n_reference);
  return fmt::format(
      " With {}, no p by permutation can be below {}: judge by the intervals, or run more subjects.", number,
      number_text(least_p(*best), 2));
}

std::string certainty(StudyRecord const& study) {
  std::size_t tested = 0, intervals = 0, holm = 0;
  for (auto const& outcome : study.outcomes) {
    for (auto const& contrast : outcome.contrasts) {
      if (std::isnan(contrast.result.p)) continue;
      ++tested;
      intervals += is_settled(contrast);
      holm += contrast.p_holm < 0.05;
    }
  }
  if (tested == 0)
    return "No interval and no p: this takes two or more subjects in each arm. The numbers show single runs.";
  auto text = fmt::format(
      "Of {} differences, {} have a 95 % interval without zero and {} a p below 0.05 after Holm\u2019s "
      "correction.",
      tested, intervals, holm);
  return holm == 0 ? text + bound_of_p(study) : text;
}

std::string evidence(StudyRecord const& study) {
  std::size_t weak = 0;
  for (auto const& parameter : study.parameters) weak += is_weak(parameter);
  return fmt::format(
      "The intervals hold the luck of simulated subjects alone. They do not hold that {} of {} sourced "
      "parameters "
      "are assumed or recalled: the last but one section says which of these stand behind which conclusion.",
      weak, study.parameters.size());
}

}  // namespace

Section summary_section(StudyRecord const& study) {
  auto body = study.arms.size() > 1 ? comparison(study) : single_arm(study);
  if (study.arms.size() > 1)
    body += paragraph(
        "\u25B2 higher, \u25BC lower: the 95 % interval of the difference excludes zero; \u25CB not settled. "
        "Percentages are of the reference\u2019s mean; below them the difference itself, both with their "
        "interval. " +
            scan_text(study),
        "sub");
  Markup sure;
  if (study.arms.size() > 1) sure += escaped(certainty(study)) + Markup::trusted("<br>");
  sure += escaped(evidence(study));
  body += element("p", {{"class", "note"}}, element("b", "How sure? ") + sure);
  return {"short", "In short", body};
}

}  // namespace myoaxis::report

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "io/report/arm_style.h"
#include "io/report/contrast_text.h"
#include "io/report/estimation_chart.h"
#include "io/report/forest_chart.h"
#include "io/report/numbers.h"
#include "io/report/sections.h"
#include "io/report/spread.h"
#include "io/report/wording.h"

namespace myoaxis::report {
namespace {

bool has_values(ComparedOutcome const& outcome) {
  return std::ranges::any_of(
      outcome.contrasts, [](Contrast const& contrast) { return std::isfinite(contrast.result.difference); });
}

std::vector<ComparedOutcome const*> panel_outcomes(StudyRecord const& study) {
  std::vector<std::string> names = study.panel_outcomes;
  if (names.empty()) {
    for (auto const& key : key_outcomes()) names.push_back(key.name);
  }
  std::vector<ComparedOutcome const*> chosen;
  for (auto const& name : names) {
    auto const* outcome = find_outcome(study, name);
    if (outcome != nullptr && has_values(*outcome)) chosen.push_back(outcome);
  }
  // Results of another kind: their first outcomes are better than nothing.
  for (auto const& outcome : study.outcomes) {
    if (chosen.size() >= 6 || !study.panel_outcomes.empty()) break;
    if (has_values(outcome) && std::ranges::find(chosen, &outcome) == chosen.end())
      chosen.push_back(&outcome);
  }
  return chosen;
}

std::string pairing_text(StudyRecord const& study) {
  std::size_t paired = 0, all = 0, without_partner = 0;
  for (auto const& contrast : study.outcomes.front().contrasts) {
    ++all;
    paired += contrast.result.pairing == Pairing::paired;
    without_partner = std::max(without_partner, contrast.result.without_partner);
  }
  if (paired == 0)
    return "Arms are not paired: they do not have two seeds and subjects in common, and intervals are "
           "Welch\u2019s.";
  std::string text = "Subjects are paired: equal seed and subject, so equal luck, in every arm.";
  if (paired < all)
    text =
        "Some arms are paired with the reference by seed and subject, others are not; intervals are "
        "Student\u2019s or Welch\u2019s.";
  if (without_partner > 0)
    text += fmt::format(" Left out, as the other arm has no partner for them: up to {} a comparison.",
                        counted(without_partner, "run", "runs"));
  return text;
}

Markup estimation_figures(StudyRecord const& study) {
  std::vector<Markup> charts;
  for (auto const* outcome : panel_outcomes(study)) charts.push_back(estimation_chart(study, *outcome));
  return figure(
      charts,
      fmt::format(
          "Above: every subject in every arm, a gray line joining the same subject ({}). Below: the mean "
          "difference to the reference with its 95 % interval; where it crosses the dashed line, the sign "
          "is not settled. {} {}",
          n_text(study), pairing_text(study), scan_text(study)));
}

Markup forest_figures(StudyRecord const& study) {
  auto const reach = forest_reach(study.outcomes);
  std::vector<Markup> charts;
  for (auto const& group : outcome_groups(study.outcomes))
    charts.push_back(forest_chart(study, group, reach));
  if (charts.empty())
    return paragraph(
        "Standardized differences take two or more subjects in each arm that are not all alike; there are "
        "none "
        "here.");
  return figure(
      charts,
      fmt::format(
          "All outcomes, standardized: Hedges\u2019 g, the difference over the spread between subjects. Bars "
          "are "
          "the 95 % interval of the difference in the same units. The axis is linear to 1 and logarithmic "
          "beyond, "
          "and ends at {}: an arrow with its number lies outside of it. Such a g says that subjects hardly "
          "differ "
          "within an arm; judge by the difference itself. Outcomes without any spread between subjects, and "
          "those "
          "that the reference cannot have, such as levels in sessions beside rest, are in the table alone.",
          number_text(reach, 2)));
}

std::vector<Markup> table_row(std::string const& arm, Contrast const& contrast) {
  auto const& result = contrast.result;
  auto const pairs = result.pairing == Pairing::paired;
  auto const count = pairs ? std::to_string(result.n) : fmt::format("{} / {}", result.n, result.n_reference);
  auto left_out = result.left_out == 0 ? "" : fmt::format(" ({} without a value)", result.left_out);
  if (result.without_partner > 0) left_out += fmt::format(" ({} without a partner)", result.without_partner);
  auto const effect = has_spread(contrast) ? signed_number_text(result.hedges_g, 2) : "\u2013";
  return {escaped(arm),
          escaped(number_text(contrast.mean, 4)),
          escaped(contrast_text(contrast)),
          escaped(effect),
          escaped(p_text(result.p)),
          escaped(p_text(contrast.p_holm)),
          escaped(count + left_out)};
}

/// "Mood in the last week, SD: 0.12 in the reference" over its rows.
Markup outcome_heading(ComparedOutcome const& outcome) {
  auto const unit = unit_text(outcome.unit);
  return element("b", capitalized(outcome.meaning.empty() ? spaced(outcome.name) : outcome.meaning)) +
         escaped(unit.empty() ? "" : ", " + unit) + escaped(" ") + element("code", outcome.name) +
         element("span", {{"class", "sub"}},
                 fmt::format("reference: {}", number_text(outcome.reference_mean, 4)));
}

/// "40 outcomes", "40 outcomes and 3 readings of assays".
std::string counted_kinds(std::vector<ComparedOutcome> const& outcomes) {
  auto const readings = std::ranges::count(outcomes, OutcomeKind::reading, &ComparedOutcome::kind);
  auto const text = fmt::format("{} outcomes", std::ssize(outcomes) - readings);
  if (readings == 0) return text;
  return fmt::format("{} and {} reading{} of assays", text, readings, readings == 1 ? "" : "s");
}

Markup comparison_table(StudyRecord const& study) {
  auto const others = other_arms(study);
  std::vector<RowGroup> groups;
  for (auto const& outcome : study.outcomes) {
    RowGroup group{outcome_heading(outcome), {}};
    for (std::size_t i = 0; i < others.size(); ++i)
      group.rows.push_back(table_row(contrast_name(study, *others[i]), outcome.contrasts[i]));
    groups.push_back(std::move(group));
  }
  auto const caption =
      fmt::format("All {}: differences to the reference with 95 % intervals", counted_kinds(study.outcomes));
  return folded(caption, grouped_table(caption,
                                       {{"outcome and arm", ""},
                                        {"mean", "n"},
                                        {"difference", "n"},
                                        {"Hedges\u2019 g", "n"},
                                        {"p", "n"},
                                        {"p Holm", "n"},
                                        {"pairs, or n", "n"}},
                                       groups, OnPhones::stacked));
}

}  // namespace

Section difference_section(StudyRecord const& study) {
  if (study.arms.size() < 2 || study.outcomes.empty()) {
    return {"differences", "Differences between arms",
            paragraph("There is one arm, and so nothing to compare. Report it together with its control to "
                      "see differences.")};
  }
  auto body = arm_legend(study) + estimation_figures(study) + element("h3", "All outcomes at a glance") +
              forest_figures(study) + comparison_table(study) +
              paragraph(
                  "p: two-sided, by permutation of signs within pairs, or of arms; p Holm: raised for all "
                  "outcomes of the arm, and for all readings of assays apart.",
                  "sub");
  return {"differences", "Differences between arms", body};
}

}  // namespace myoaxis::report

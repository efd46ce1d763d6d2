#include "io/report/forest_chart.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "io/report/arm_style.h"
#include "io/report/numbers.h"
#include "io/report/plot.h"

namespace myoaxis::report {
namespace {

constexpr double kTop = 46, kLabel = 15, kRow = 11, kBottom = 34, kLeft = 12, kRight = kPanelWidth - 12;

std::string group_of(std::string const& name) {
  struct Rule {
    char const *ending, *title;
  };
  static constexpr std::array kRules{
      Rule{"_blood_baseline", "Blood before training"}, Rule{"_blood_resting", "Blood at rest"},
      Rule{"_blood_in_session", "Blood in sessions"}, Rule{"_blood_after_session", "Blood after sessions"},
      Rule{"_occupancy_fold", "Receptors in the niches"}};
  for (auto const& rule : kRules) {
    if (name.ends_with(rule.ending)) return rule.title;
  }
  static constexpr std::array kTraining{
      "sessions_planned",   "sessions_done", "exercise_time", "force_met", "perceived_exertion",
      "oxidative_capacity", "vo2max_fold",   "fiber_area",    "strength",  "effort"};
  static constexpr std::array kCells{"cells_born",     "cells_died", "neurons_matured",   "young_neurons_end",
                                     "stem_cells_end", "spines",     "potentiated_share", "young_spines"};
  if (std::ranges::find(kTraining, name) != kTraining.end()) return "Training and muscle";
  if (std::ranges::find(kCells, name) != kCells.end()) return "New neurons and spines";
  if (name == "mood" || name == "inflammation") return "Brain";
  return "Other outcomes";
}

/// The name without what the group's title says.
std::string short_name(std::string const& name) {
  for (auto const* ending : {"_blood_baseline", "_blood_resting", "_blood_in_session", "_blood_after_session",
                             "_occupancy_fold"}) {
    if (std::string_view const tail{ending}; name.ends_with(tail))
      return name.substr(0, name.size() - tail.size());
  }
  return name;
}

bool has_effect(ComparedOutcome const& outcome) {
  return std::ranges::any_of(
      outcome.contrasts, [](Contrast const& contrast) { return std::isfinite(contrast.result.hedges_g); });
}

/// The interval of the difference, in the standard deviations that g is in.
struct Bar {
  double low, high;
};
Bar bar_of(TwoArms const& result) {
  if (result.difference == 0) return {result.hedges_g, result.hedges_g};
  auto const per_difference = result.hedges_g / result.difference;
  return {result.low * per_difference, result.high * per_difference};
}

void draw_axis(Drawing& drawing, Scale const& x, double reach, double bottom) {
  std::vector<double> ticks{0};
  for (auto const value : {1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0}) {
    if (value > reach) break;
    ticks.push_back(value);
    ticks.push_back(-value);
  }
  for (auto const value : ticks) {
    drawing.line({x(value), kTop - 12}, {x(value), bottom}, value == 0 ? "ax" : "gr");
    auto const size = std::abs(value);
    auto const crowded = reach > 30 && (size == 1 || size == 10 || size == 100 || size == 1000);
    if (!crowded) drawing.text({x(value), bottom + 13}, number_text(value, 1), "tk", Anchor::middle);
  }
  drawing.text({(kLeft + kRight) / 2, bottom + 28}, "Hedges\u2019 g (standard deviations)", "lb",
               Anchor::middle);
}

/// A point with its bar; what lies outside of the axis is drawn as an arrow at its end.
void draw_effect(Drawing& drawing, Scale const& x, double y, Contrast const& contrast,
                 ArmStyle const& style) {
  auto const& result = contrast.result;
  auto const bar = bar_of(result);
  auto const inside = [&](double value) { return x(std::clamp(value, x.low(), x.high())); };
  if (std::isfinite(bar.low) && std::isfinite(bar.high))
    drawing.line({inside(bar.low), y}, {inside(bar.high), y}, "ci " + style.thin());
  auto const tip =
      fmt::format("g {}, p Holm {}", signed_number_text(result.hedges_g, 2), p_text(contrast.p_holm));
  if (x.holds(result.hedges_g)) {
    drawing.shape(style.shape(), {x(result.hedges_g), y}, 3.4, style.mark(), tip);
  } else {
    auto const sign = result.hedges_g > 0 ? 1 : -1;
    auto const end = inside(result.hedges_g) + sign * 8;
    drawing.polygon({{end - sign * 8, y - 4}, {end, y}, {end - sign * 8, y + 4}}, style.mark());
  }
}

}  // namespace

std::vector<OutcomeGroup> outcome_groups(std::vector<ComparedOutcome> const& outcomes) {
  static constexpr std::array kOrder{"New neurons and spines",  "Brain",
                                     "Receptors in the niches", "Blood at rest",
                                     "Blood in sessions",       "Blood after sessions",
                                     "Training and muscle",     "Other outcomes",
                                     "Blood before training"};
  std::vector<OutcomeGroup> groups;
  for (auto const* title : kOrder) {
    OutcomeGroup group{title, {}};
    for (auto const& outcome : outcomes) {
      if (group_of(outcome.name) == title && has_effect(outcome)) group.outcomes.push_back(&outcome);
    }
    if (!group.outcomes.empty()) groups.push_back(std::move(group));
  }
  return groups;
}

double forest_reach(std::vector<ComparedOutcome> const& outcomes) {
  double largest = 0;
  for (auto const& outcome : outcomes) {
    for (auto const& contrast : outcome.contrasts) {
      if (std::isfinite(contrast.result.hedges_g))
        largest = std::max(largest, std::abs(contrast.result.hedges_g));
    }
  }
  for (auto const reach : {3.0, 10.0, 30.0, 100.0, 300.0}) {
    if (largest <= reach) return reach;
  }
  return 1000;
}

Markup forest_chart(StudyRecord const& study, OutcomeGroup const& group, double reach) {
  auto const contrasts = study.arms.size() - 1;
  auto const rows = static_cast<double>(group.outcomes.size());
  auto const block = kLabel + kRow * static_cast<double>(contrasts) + 5;
  auto const bottom = kTop + rows * block;
  std::string words;
  auto drawing = panel(group.title, "", bottom + kBottom);
  Scale const x{-reach * 1.25, reach * 1.25, kLeft, kRight, Spacing::arcsinh};
  drawing.text({kLeft, 30}, "\u2190 lower than the reference", "un");
  drawing.text({kRight, 30}, "higher \u2192", "un", Anchor::end);
  draw_axis(drawing, x, reach, bottom);
  std::vector<ArmStyle> styles;
  for (auto const& style : arm_styles(study)) {
    if (style.number != 0) styles.push_back(style);
  }
  for (std::size_t row = 0; row < group.outcomes.size(); ++row) {
    auto const& outcome = *group.outcomes[row];
    auto const y = kTop + static_cast<double>(row) * block;
    drawing.text({kLeft, y + 8}, short_name(outcome.name), "ol");
    for (std::size_t i = 0; i < contrasts; ++i) {
      if (!std::isfinite(outcome.contrasts[i].result.hedges_g)) continue;
      draw_effect(drawing, x, y + kLabel + kRow * (static_cast<double>(i) + 0.5), outcome.contrasts[i],
                  styles[i]);
    }
  }
  return drawing.svg();
}

}  // namespace myoaxis::report

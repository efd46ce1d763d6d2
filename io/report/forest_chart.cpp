#include "io/report/forest_chart.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "io/report/arm_style.h"
#include "io/report/numbers.h"
#include "io/report/plot.h"
#include "io/report/wording.h"

namespace myoaxis::report {
namespace {

constexpr double kForestTop = 46, kLabel = 15, kForestRow = 11, kForestBottom = 34, kForestLeft = 12,
                 kForestRight = kPanelWidth - 12;

/// What stands before and behind the first dot in the name of a reading.
std::string assay_of(ComparedOutcome const& reading) {
  return reading.name.substr(0, reading.name.find('.'));
}
std::string quantity_of(ComparedOutcome const& reading) {
  return reading.name.substr(reading.name.find('.') + 1);
}

std::string group_of(ComparedOutcome const& outcome) {
  auto const& name = outcome.name;
  if (outcome.kind == OutcomeKind::reading) return fmt::format("Assay {}", assay_of(outcome));
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

/// "kynurenic acid" of kynurenic_acid_blood_resting, "Young spines" of young_spines, "il6, day 41 08:00" of
/// draw.il6.day_41_08:00.
std::string label_of(ComparedOutcome const& outcome) {
  auto const& name = outcome.name;
  if (outcome.kind == OutcomeKind::reading) {
    auto const quantity = quantity_of(outcome);
    auto const dot = quantity.find('.');
    return fmt::format("{}, {}", factor_text(quantity.substr(0, dot)), spaced(quantity.substr(dot + 1)));
  }
  auto const factor = short_name(name);
  return factor == name ? capitalized(spaced(name)) : factor_text(factor);
}

bool has_effect(ComparedOutcome const& outcome) { return std::ranges::any_of(outcome.contrasts, has_spread); }

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
  for (auto const value : {1.0, 3.0, 10.0}) {
    if (value > reach) break;
    ticks.push_back(value);
    ticks.push_back(-value);
  }
  for (auto const value : ticks) {
    drawing.line({x(value), kForestTop - 12}, {x(value), bottom}, value == 0 ? "ax" : "gr");
    drawing.text({x(value), bottom + 13}, number_text(value, 1), "tk", Anchor::middle);
  }
  drawing.text({(kForestLeft + kForestRight) / 2, bottom + 28}, "Hedges\u2019 g (standard deviations)", "lb",
               Anchor::middle);
}

/// An arrow at the end of the axis with the number that lies beyond it.
void draw_beyond(Drawing& drawing, Scale const& x, double y, double effect, ArmStyle const& style) {
  auto const sign = effect > 0 ? 1 : -1;
  auto const end = x(effect > 0 ? x.high() : x.low());
  drawing.polygon({{end - sign * 8, y - 4}, {end, y}, {end - sign * 8, y + 4}}, style.mark());
  drawing.text({end - sign * 12, y + 3.2}, signed_number_text(effect, 2), "nd",
               effect > 0 ? Anchor::end : Anchor::start);
}

/// A point with its bar.
void draw_effect(Drawing& drawing, Scale const& x, double y, Contrast const& contrast,
                 ArmStyle const& style) {
  auto const& result = contrast.result;
  if (!x.holds(result.hedges_g)) return draw_beyond(drawing, x, y, result.hedges_g, style);
  auto const bar = bar_of(result);
  auto const inside = [&](double value) { return x(std::clamp(value, x.low(), x.high())); };
  if (std::isfinite(bar.low) && std::isfinite(bar.high))
    drawing.line({inside(bar.low), y}, {inside(bar.high), y}, "ci " + style.thin());
  drawing.shape(
      style.shape(), {x(result.hedges_g), y}, 3.4, style.mark(),
      fmt::format("g {}, p Holm {}", signed_number_text(result.hedges_g, 2), p_text(contrast.p_holm)));
}

std::string in_words(StudyRecord const& study, OutcomeGroup const& group) {
  auto const others = other_arms(study);
  std::string words = "Hedges\u2019 g against the reference.";
  for (auto const* outcome : group.outcomes) {
    words += fmt::format(" {}:", short_name(outcome->name));
    for (std::size_t i = 0; i < others.size(); ++i) {
      if (has_spread(outcome->contrasts[i]))
        words += fmt::format(" {} {},", others[i]->name,
                             signed_number_text(outcome->contrasts[i].result.hedges_g, 2));
    }
    words.back() = '.';
  }
  return words;
}

}  // namespace

bool has_spread(Contrast const& contrast) {
  auto const& result = contrast.result;
  if (!std::isfinite(result.hedges_g) || result.low == result.high) return false;
  // A standard deviation that rounding alone explains is none.
  auto const size = std::max(std::abs(contrast.mean), std::abs(result.reference_mean));
  return result.difference == 0 || std::abs(result.difference / result.hedges_g) > 1e-9 * size;
}

std::vector<OutcomeGroup> outcome_groups(std::vector<ComparedOutcome> const& outcomes) {
  std::vector<std::string> titles{"New neurons and spines",  "Brain",
                                  "Receptors in the niches", "Blood at rest",
                                  "Blood in sessions",       "Blood after sessions",
                                  "Training and muscle",     "Other outcomes",
                                  "Blood before training"};
  for (auto const& outcome : outcomes) {
    if (auto const title = group_of(outcome); std::ranges::find(titles, title) == titles.end())
      titles.push_back(title);
  }
  std::vector<OutcomeGroup> groups;
  for (auto const& title : titles) {
    OutcomeGroup group{title, {}};
    for (auto const& outcome : outcomes) {
      if (group_of(outcome) == title && has_effect(outcome)) group.outcomes.push_back(&outcome);
    }
    if (!group.outcomes.empty()) groups.push_back(std::move(group));
  }
  return groups;
}

double forest_reach(std::vector<ComparedOutcome> const& outcomes) {
  double largest = 0;
  for (auto const& outcome : outcomes) {
    for (auto const& contrast : outcome.contrasts) {
      if (has_spread(contrast)) largest = std::max(largest, std::abs(contrast.result.hedges_g));
    }
  }
  return largest <= 3 ? 3 : 10;
}

Markup forest_chart(StudyRecord const& study, OutcomeGroup const& group, double reach) {
  auto const contrasts = study.arms.size() - 1;
  auto const rows = static_cast<double>(group.outcomes.size());
  auto const block = kLabel + kForestRow * static_cast<double>(contrasts) + 5;
  auto const bottom = kForestTop + rows * block;
  auto drawing = panel(group.title, in_words(study, group), bottom + kForestBottom);
  Scale const x{-reach * 1.25, reach * 1.25, kForestLeft, kForestRight, Spacing::arcsinh};
  drawing.text({kForestLeft, 30}, "\u2190 lower than the reference", "un");
  drawing.text({kForestRight, 30}, "higher \u2192", "un", Anchor::end);
  draw_axis(drawing, x, reach, bottom);
  std::vector<ArmStyle> styles;
  for (auto const& style : arm_styles(study)) {
    if (style.number != 0) styles.push_back(style);
  }
  for (std::size_t row = 0; row < group.outcomes.size(); ++row) {
    auto const& outcome = *group.outcomes[row];
    auto const y = kForestTop + static_cast<double>(row) * block;
    drawing.text({kForestLeft, y + 8}, label_of(outcome), "ol");
    for (std::size_t i = 0; i < contrasts; ++i) {
      if (!has_spread(outcome.contrasts[i])) continue;
      draw_effect(drawing, x, y + kLabel + kForestRow * (static_cast<double>(i) + 0.5), outcome.contrasts[i],
                  styles[i]);
    }
  }
  return drawing.svg();
}

}  // namespace myoaxis::report

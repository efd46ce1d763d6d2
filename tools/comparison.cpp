#include "tools/comparison.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "core/statistics/holm.h"
#include "io/config/diagnostics.h"
#include "tools/common.h"

namespace myoaxis {
namespace {

/// What sets the arm apart from the other ones of its title.
std::vector<std::string> own_settings(Arm const& arm, std::vector<Arm> const& arms) {
  std::set<std::string> texts;
  auto const& ours = arm.runs.front();
  auto const compare = [&](std::string const& key, RunOutcomes const& other) {
    auto const here = ours.settings.find(key), there = other.settings.find(key);
    auto const is_here = here != ours.settings.end();
    if (is_here && there != other.settings.end() && here->second == there->second) return;
    texts.insert(is_here ? fmt::format("{} = {}", key, here->second) : key + " is not set");
  };
  for (auto const& other : arms) {
    auto const& theirs = other.runs.front();
    if (theirs.arm == ours.arm || theirs.title != ours.title) continue;
    for (auto const& [key, value] : ours.settings) compare(key, theirs);
    for (auto const& [key, value] : theirs.settings) compare(key, theirs);
  }
  constexpr std::size_t most = 5;
  std::vector<std::string> settings{texts.begin(), texts.end()};
  if (settings.size() <= most) return settings;
  auto const more = settings.size() - most;
  settings.resize(most);
  settings.push_back(fmt::format("and {} more", more));
  return settings;
}

Outcome const* find_outcome(RunOutcomes const& run, std::string const& name) {
  auto const found = std::ranges::find(run.outcomes, name, &Outcome::name);
  return found == run.outcomes.end() ? nullptr : &*found;
}

/// All outcomes of all runs in the order in which they first appear; one that changes its unit is an error.
std::vector<Outcome> outcomes_of(std::vector<Arm> const& arms) {
  std::vector<Outcome> all;
  for (auto const& arm : arms) {
    for (auto const& run : arm.runs) {
      for (auto const& outcome : run.outcomes) {
        auto const known = std::ranges::find(all, outcome.name, &Outcome::name);
        if (known == all.end()) {
          all.push_back(outcome);
        } else if (known->unit != outcome.unit) {
          throw UsageError{
              fmt::format("{}: {} is in '{}', but in '{}' in other files (run the arms again with "
                          "the same units)",
                          run.path, outcome.name, outcome.unit, known->unit)};
        }
      }
    }
  }
  return all;
}

std::vector<Outcome> wanted_outcomes(std::vector<Arm> const& arms, std::vector<std::string> const& wanted) {
  auto const all = outcomes_of(arms);
  if (wanted.empty()) return all;
  std::vector<std::string> names;
  for (auto const& outcome : all) names.push_back(outcome.name);
  std::vector<Outcome> chosen;
  for (auto const& name : wanted) {
    auto const found = std::ranges::find(all, name, &Outcome::name);
    if (found == all.end()) {
      auto const guess = did_you_mean(name, names);
      throw UsageError{
          fmt::format("--outcome: there is no '{}'{}", name,
                      guess.empty() ? fmt::format("; there are {}", fmt::join(names, ", ")) : guess)};
    }
    if (std::ranges::find(chosen, name, &Outcome::name) == chosen.end()) chosen.push_back(*found);
  }
  return chosen;
}

std::vector<Replicate> replicates(Arm const& arm, std::string const& outcome) {
  std::vector<Replicate> values;
  for (auto const& run : arm.runs) {
    auto const* found = find_outcome(run, outcome);
    values.push_back({run.luck, found == nullptr ? std::numeric_limits<double>::quiet_NaN() : found->value});
  }
  return values;
}

ArmHeading heading_of(Arm const& arm, std::vector<Arm> const& arms) {
  auto const& reference = arms[arm.reference];
  auto const pairs = compare_two_arms(replicates(arm, ""), replicates(reference, ""), {0, 0});
  return {arm.name,      arm.runs.size(),       reference.name,
          pairs.pairing, pairs.without_partner, own_settings(arm, arms)};
}

void adjust_p(Comparison& comparison) {
  for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm) {
    std::vector<double> p_values;
    for (auto const& outcome : comparison.outcomes) p_values.push_back(outcome.contrasts[arm].result.p);
    auto const adjusted = holm_adjusted(p_values);
    for (std::size_t i = 0; i < adjusted.size(); ++i)
      comparison.outcomes[i].contrasts[arm].p_holm = adjusted[i];
  }
}

}  // namespace

double ArmContrast::more_subjects() const {
  auto const present = static_cast<double>(std::min(result.n, result.n_reference));
  return std::isnan(result.needed.for_power) ? result.needed.for_power
                                             : std::max(0.0, result.needed.for_power - present);
}

Interval Comparison::interval_of(ArmContrast const& contrast) const {
  auto const& result = contrast.result;
  return interval_kind == IntervalKind::t ? Interval{result.low, result.high} : result.bootstrap;
}

Comparison compare_arms(std::vector<Arm> const& arms, std::vector<std::string> const& wanted,
                        IntervalKind interval_kind) {
  Comparison comparison;
  comparison.interval_kind = interval_kind;
  comparison.reference = heading_of(arms.front(), arms);
  for (auto const& outcome : wanted_outcomes(arms, wanted)) {
    auto const key = name_key(outcome.name);
    ComparedOutcome compared{
        outcome.name, outcome.unit, outcome.meaning, mean_of(replicates(arms.front(), outcome.name)), {}};
    for (std::size_t i = 1; i < arms.size(); ++i) {
      auto const ours = replicates(arms[i], outcome.name);
      auto const theirs = replicates(arms[arms[i].reference], outcome.name);
      compared.contrasts.push_back(
          {compare_two_arms(ours, theirs, {key}), mean_of(ours), mean_of(theirs), 0});
    }
    comparison.outcomes.push_back(std::move(compared));
  }
  for (std::size_t i = 1; i < arms.size(); ++i) comparison.arms.push_back(heading_of(arms[i], arms));
  adjust_p(comparison);
  return comparison;
}

}  // namespace myoaxis

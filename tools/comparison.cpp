#include "tools/comparison.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>

#include "core/statistics/holm.h"
#include "io/config/diagnostics.h"
#include "io/config/key_pattern.h"
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

/// What the runs have, in the order in which it first appears, outcomes of whole runs before the readings of
/// assays.
struct KnownOutcomes {
  std::vector<Outcome> all;
  std::map<std::string, std::string> unlike;  // readings by name, of something else in other files: why
};

bool are_alike(Outcome const& one, Outcome const& other) {
  return one.unit == other.unit && (one.kind == OutcomeKind::of_run || one.meaning == other.meaning);
}

KnownOutcomes outcomes_of(std::vector<Arm> const& arms) {
  KnownOutcomes known;
  std::unordered_map<std::string, std::size_t> places;
  for (auto const& arm : arms) {
    for (auto const& run : arm.runs) {
      for (auto const& outcome : run.outcomes) {
        auto const [place, is_new] = places.emplace(outcome.name, known.all.size());
        if (is_new) {
          known.all.push_back(outcome);
          continue;
        }
        auto const& first = known.all[place->second];
        if (are_alike(first, outcome)) continue;
        if (outcome.kind == OutcomeKind::of_run)
          throw UsageError{
              fmt::format("{}: {} is in '{}', but in '{}' in other files (run the arms again with "
                          "the same units)",
                          run.path, outcome.name, outcome.unit, first.unit)};
        known.unlike.emplace(
            outcome.name,
            fmt::format("{}: {} is '{}' [{}], but '{}' [{}] in other files, and is not "
                        "compared (give assays that differ names that differ)",
                        run.path, outcome.name, outcome.meaning, outcome.unit, first.meaning, first.unit));
      }
    }
  }
  std::ranges::stable_partition(known.all,
                                [](Outcome const& outcome) { return outcome.kind == OutcomeKind::of_run; });
  return known;
}

/// Those that any pattern names; without patterns all.
std::vector<Outcome> chosen_of(std::vector<Outcome> const& all, std::vector<std::string> const& wanted) {
  if (wanted.empty()) return all;
  std::vector<std::string> names;
  for (auto const& outcome : all) names.push_back(outcome.name);
  std::vector<bool> is_chosen(all.size());
  std::vector<Outcome> chosen;
  for (auto const& pattern : wanted) {
    auto is_known = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!matches(pattern, names[i])) continue;
      is_known = true;
      if (!is_chosen[i]) chosen.push_back(all[i]);
      is_chosen[i] = true;
    }
    if (is_known) continue;
    auto const guess = did_you_mean(pattern, names);
    throw UsageError{
        fmt::format("--outcome: there is no '{}'{}", pattern,
                    guess.empty() ? fmt::format("; there are {}", fmt::join(names, ", ")) : guess)};
  }
  return chosen;
}

/// Those that are wanted and can be compared; why others cannot goes to `warnings`.
std::vector<Outcome> comparable_outcomes(std::vector<Arm> const& arms, std::vector<std::string> const& wanted,
                                         std::vector<std::string>& warnings) {
  auto const known = outcomes_of(arms);
  auto chosen = chosen_of(known.all, wanted);
  std::erase_if(chosen, [&](Outcome const& outcome) {
    auto const found = known.unlike.find(outcome.name);
    if (found != known.unlike.end()) warnings.push_back(found->second);
    return found != known.unlike.end();
  });
  if (chosen.empty() && !warnings.empty()) throw UsageError{warnings.front()};
  return chosen;
}

/// The values of an arm's runs by the name of the outcome.
class ArmValues {
 public:
  explicit ArmValues(Arm const& arm) : arm_{&arm} {
    for (std::size_t run = 0; run < arm.runs.size(); ++run) {
      for (auto const& outcome : arm.runs[run].outcomes) {
        auto& values = values_[outcome.name];
        values.resize(arm.runs.size(), std::numeric_limits<double>::quiet_NaN());
        values[run] = outcome.value;
      }
    }
  }
  bool has(std::string const& outcome) const { return values_.contains(outcome); }
  /// NaN for a run that does not have it.
  std::vector<Replicate> of(std::string const& outcome) const {
    auto const found = values_.find(outcome);
    std::vector<Replicate> values;
    for (std::size_t run = 0; run < arm_->runs.size(); ++run) {
      values.push_back({arm_->runs[run].luck, found == values_.end()
                                                  ? std::numeric_limits<double>::quiet_NaN()
                                                  : found->second[run]});
    }
    return values;
  }

 private:
  Arm const* arm_;
  std::unordered_map<std::string, std::vector<double>> values_;
};

PresentIn present_in(ArmValues const& arm, ArmValues const& reference, std::string const& outcome) {
  if (arm.has(outcome)) return reference.has(outcome) ? PresentIn::both : PresentIn::arm;
  return reference.has(outcome) ? PresentIn::reference : PresentIn::neither;
}

ArmContrast contrast_of(ArmValues const& arm, ArmValues const& reference, std::string const& outcome) {
  auto const ours = arm.of(outcome), theirs = reference.of(outcome);
  return {compare_two_arms(ours, theirs, {name_key(outcome)}), mean_of(ours), mean_of(theirs),
          present_in(arm, reference, outcome)};
}

ArmHeading heading_of(Arm const& arm, std::vector<Arm> const& arms) {
  auto const& reference = arms[arm.reference];
  auto const pairs = compare_two_arms(ArmValues{arm}.of(""), ArmValues{reference}.of(""), {0, 0});
  return {arm.name,      arm.runs.size(),       reference.name,
          pairs.pairing, pairs.without_partner, own_settings(arm, arms)};
}

/// Holm's correction within outcomes of one kind: a reading that somebody orders, which may be one of
/// hundreds, makes no outcome of the run less sure, nor the other way round.
void adjust_p(Comparison& comparison, OutcomeKind kind) {
  for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm) {
    std::vector<ArmContrast*> family;
    std::vector<double> p_values;
    for (auto& outcome : comparison.outcomes) {
      if (outcome.kind != kind) continue;
      family.push_back(&outcome.contrasts[arm]);
      p_values.push_back(family.back()->result.p);
    }
    auto const adjusted = holm_adjusted(p_values);
    for (std::size_t i = 0; i < adjusted.size(); ++i) family[i]->p_holm = adjusted[i];
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
  std::vector<ArmValues> const values{arms.begin(), arms.end()};
  for (auto const& outcome : comparable_outcomes(arms, wanted, comparison.warnings)) {
    ComparedOutcome compared{
        outcome.name, outcome.unit, outcome.meaning, outcome.kind, mean_of(values[0].of(outcome.name)), {}};
    for (std::size_t i = 1; i < arms.size(); ++i)
      compared.contrasts.push_back(contrast_of(values[i], values[arms[i].reference], outcome.name));
    comparison.outcomes.push_back(std::move(compared));
  }
  for (std::size_t i = 1; i < arms.size(); ++i) comparison.arms.push_back(heading_of(arms[i], arms));
  for (auto const kind : {OutcomeKind::of_run, OutcomeKind::reading}) adjust_p(comparison, kind);
  return comparison;
}

}  // namespace myoaxis

#include "tools/comparison.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <set>

#include "core/statistics/holm.h"
#include "io/config/diagnostics.h"
#include "tools/common.h"

namespace myoaxis {
namespace {

void refuse_twins(Arm const& arm) {
  for (std::size_t i = 0; i < arm.runs.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      auto const &one = arm.runs[j].luck, &other = arm.runs[i].luck;
      if (one.seed != other.seed || one.subject != other.subject) continue;
      throw UsageError{fmt::format(
          "{} and {}: are the same run, seed {}, subject {} of '{}' (leave one out, or give each run its own "
          "--seed)",
          arm.runs[j].path, arm.runs[i].path, one.seed, one.subject, arm.name)};
    }
  }
}

std::vector<std::string> names_of(std::vector<Arm> const& arms) {
  std::vector<std::string> names;
  for (auto const& arm : arms) names.push_back(arm.name);
  return names;
}

/// An arm by its name, by the only beginning of a name that fits, or by the fingerprint in brackets.
std::size_t named_arm(std::vector<Arm> const& arms, std::string const& wanted) {
  auto const names = names_of(arms);
  if (auto const exact = std::ranges::find(names, wanted); exact != names.end())
    return static_cast<std::size_t>(exact - names.begin());
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < arms.size(); ++i) {
    if (names[i].starts_with(wanted) || names[i].ends_with(fmt::format("[{}]", wanted))) found.push_back(i);
  }
  if (found.size() == 1) return found.front();
  throw UsageError{fmt::format(
      "--reference: '{}' is {}{} arms: '{}'", wanted, found.empty() ? "no arm" : "the beginning of several",
      found.empty() ? did_you_mean(wanted, names) + ";" : ";", fmt::join(names, "', '"))};
}

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

ArmHeading heading_of(Arm const& arm, Arm const& reference, std::vector<Arm> const& arms) {
  return {arm.name, arm.runs.size(), pairing_of(replicates(arm, ""), replicates(reference, "")),
          own_settings(arm, arms)};
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

std::vector<Arm> group_into_arms(std::vector<RunOutcomes> runs) {
  std::vector<Arm> arms;
  for (auto& run : runs) {
    auto found = std::ranges::find_if(arms, [&](Arm const& arm) { return arm.runs.front().arm == run.arm; });
    if (found == arms.end()) found = arms.insert(arms.end(), Arm{run.title, {}});
    found->runs.push_back(std::move(run));
  }
  for (auto& arm : arms) {
    auto const& first = arm.runs.front();
    auto const namesakes = std::ranges::count_if(
        arms, [&](Arm const& other) { return other.runs.front().title == first.title; });
    if (namesakes > 1 || first.title.empty())
      arm.name += fmt::format("{}[{}]", first.title.empty() ? "" : " ", first.arm.substr(0, 8));
  }
  for (auto const& arm : arms) refuse_twins(arm);
  return arms;
}

std::size_t reference_arm(std::vector<Arm> const& arms, std::string const& wanted) {
  if (!wanted.empty()) return named_arm(arms, wanted);
  auto const sedentary = std::ranges::find_if(arms, [](Arm const& arm) {
    return arm.name.starts_with("Sedentary") || arm.name.starts_with("sedentary");
  });
  return sedentary == arms.end() ? 0 : static_cast<std::size_t>(sedentary - arms.begin());
}

Comparison compare_arms(std::vector<Arm> const& arms, std::size_t reference,
                        std::vector<std::string> const& wanted) {
  Comparison comparison;
  comparison.reference = heading_of(arms[reference], arms[reference], arms);
  for (auto const& outcome : wanted_outcomes(arms, wanted)) {
    auto const theirs = replicates(arms[reference], outcome.name);
    auto const key = name_key(outcome.name);
    ComparedOutcome compared{
        outcome.name, outcome.unit, outcome.meaning, compare_two_arms(theirs, theirs, key).mean, {}};
    for (std::size_t i = 0; i < arms.size(); ++i) {
      if (i == reference) continue;
      auto const ours = replicates(arms[i], outcome.name);
      compared.contrasts.push_back(
          {compare_two_arms(ours, theirs, key), compare_two_arms(ours, ours, key).mean, 0});
    }
    comparison.outcomes.push_back(std::move(compared));
  }
  for (std::size_t i = 0; i < arms.size(); ++i) {
    if (i != reference) comparison.arms.push_back(heading_of(arms[i], arms[reference], arms));
  }
  adjust_p(comparison);
  return comparison;
}

}  // namespace myoaxis

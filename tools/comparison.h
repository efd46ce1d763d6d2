/// The arms of a study beside their reference: which runs belong together, and what their comparison gives.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/statistics/two_arms.h"
#include "io/results/run_outcomes.h"

namespace myoaxis {

/// The runs of one configuration, apart from seed and subject.
struct Arm {
  std::string name;
  std::vector<RunOutcomes> runs;
};

/// An arm as a table names it.
struct ArmHeading {
  std::string name;
  std::size_t runs = 0;
  Pairing pairing = Pairing::unpaired;  // with the reference
  std::vector<std::string> settings;    // "key = value", where another arm of the same title differs
};

/// One outcome of one arm against the reference.
struct ArmContrast {
  TwoArms result;
  double mean = 0;    // over all runs of the arm that have the outcome, also where the reference has none
  double p_holm = 0;  // p adjusted for all outcomes compared in this arm
};

struct ComparedOutcome {
  std::string name;
  std::string unit;
  std::string meaning;
  double reference_mean = 0;           // over all runs of the reference that have the outcome
  std::vector<ArmContrast> contrasts;  // one for each of `Comparison::arms`
};

struct Comparison {
  ArmHeading reference;
  std::vector<ArmHeading> arms;
  std::vector<ComparedOutcome> outcomes;
};

/// Arms in the order in which they first appear. Titles that are not unique get part of the fingerprint.
/// Throws UsageError when two runs of an arm have the same seed and subject.
std::vector<Arm> group_into_arms(std::vector<RunOutcomes> runs);

/// The arm that `wanted` names (its name, the only beginning of a name that fits, or the fingerprint in
/// brackets); for an empty text the one that begins with "Sedentary", else the first. Throws UsageError.
std::size_t reference_arm(std::vector<Arm> const& arms, std::string const& wanted);

/// Compares each arm with the reference, in the outcomes named or, when none is, in all. Throws UsageError
/// for an unknown outcome, and for one whose unit is not the same in all runs.
Comparison compare_arms(std::vector<Arm> const& arms, std::size_t reference,
                        std::vector<std::string> const& wanted_outcomes);

}  // namespace myoaxis

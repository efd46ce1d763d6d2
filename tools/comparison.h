/// The arms of a study beside their reference, and what their comparison gives.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/statistics/two_arms.h"
#include "tools/study.h"

namespace myoaxis {

/// An arm as a table names it.
struct ArmHeading {
  std::string name;
  std::size_t runs = 0;
  std::string reference;                // the arm that it is compared to
  Pairing pairing = Pairing::unpaired;  // with the reference
  std::size_t without_partner = 0;      // runs of it or the reference that pairing leaves out
  std::vector<std::string> settings;    // "key = value", where another arm of the same title differs
};

/// Which of the two have the outcome, be it without a value: assays may differ between arms.
enum class PresentIn { both, arm, reference, neither };

/// One outcome of one arm against the reference.
struct ArmContrast {
  TwoArms result;
  double mean = 0;  // over all runs of the arm that have the outcome, also where the reference has none
  double reference_mean = 0;  // over all runs of its reference that have the outcome
  PresentIn present_in = PresentIn::both;
  double p_holm = 0;  // p adjusted for all outcomes of its kind that are compared in this arm

  /// Pairs or runs an arm beyond those there are, for a power of 80 %; NaN when that cannot be told.
  double more_subjects() const;
};

/// Which interval of the difference is shown.
enum class IntervalKind { t, bootstrap };

struct ComparedOutcome {
  std::string name;
  std::string unit;
  std::string meaning;
  OutcomeKind kind = OutcomeKind::of_run;
  double reference_mean = 0;           // over all runs of the study's reference that have the outcome
  std::vector<ArmContrast> contrasts;  // one for each of `Comparison::arms`
};

struct Comparison {
  ArmHeading reference;
  std::vector<ArmHeading> arms;
  std::vector<ComparedOutcome> outcomes;
  IntervalKind interval_kind = IntervalKind::t;
  std::vector<std::string> warnings = {};  // readings of one name that are not of one thing, left out

  /// The one of `interval_kind`.
  Interval interval_of(ArmContrast const& contrast) const;
};

/// Compares each arm but the first, the study's reference, with its own one (`with_references`), in the
/// outcomes named, each by itself or by a pattern (io/config/key_pattern.h), or, when none is, in all. Throws
/// UsageError for an unknown outcome, for one of whole runs whose unit is not the same in all, and when all
/// that are named are left out.
Comparison compare_arms(std::vector<Arm> const& arms, std::vector<std::string> const& wanted_outcomes,
                        IntervalKind interval_kind);

}  // namespace myoaxis

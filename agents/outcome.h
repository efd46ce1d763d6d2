/// A number that a run comes to.
#pragma once

#include <string>

namespace myoaxis {

/// What an outcome is of: the whole run (agents/outcomes.h), or a reading of one of its assays
/// (agents/assays/reading.h).
enum class OutcomeKind { of_run, reading };

/// One scalar result of a run.
struct Outcome {
  std::string name;
  std::string unit;
  std::string meaning;
  double value = 0;  // NaN when the run had no occasion for it
  OutcomeKind kind = OutcomeKind::of_run;
};

}  // namespace myoaxis

/// Published findings against simulated ones: runs what a finding asks for, and compares number by number.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/transport/propagator_store.h"
#include "io/validation/validation_file.h"

namespace myoaxis {

enum class Verdict { pass, fail, error };
inline constexpr std::array<std::string_view, 3> kVerdicts{"pass", "fail", "error"};

/// One target of a finding, compared. What could not be read of a file stays empty.
struct ComparedTarget {
  std::string id;
  std::optional<FindingKind> kind;
  std::vector<std::string> sources;
  ValidationTarget target;
  Verdict verdict = Verdict::error;
  std::optional<double> simulated;  // the mean over the run's subjects; none after an error
  std::string message;              // of an error
};

struct EvaluationTools {
  SearchPath const& search;
  PropagatorStore* store = nullptr;
  /// Called before each run, with the name of the finding and that of the run; may be empty.
  std::function<void(std::string const& id, std::string const& run)> announce{};
};

/// Compares all targets of the finding in `file`. A run that fails makes its targets errors, a file that
/// cannot be read makes one; neither is thrown.
std::vector<ComparedTarget> evaluate(std::filesystem::path const& file, EvaluationTools const& tools);

}  // namespace myoaxis

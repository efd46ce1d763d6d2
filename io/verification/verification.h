/// Shows that an experiment has one result: on any number of threads, with results written or not, and in one
/// go or restarted; or where the first difference is.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "agents/organism.h"
#include "core/state_difference.h"
#include "io/experiment/experiment_config.h"

namespace myoaxis {

/// One way of running the experiment.
struct Way {
  std::string name;
  int threads = 1;
  bool writes_results = false;
  std::vector<Tick> restarts = {};  // saved and restored at the first step's end at or after these times
  std::function<void(Organism&)> after_step = {};  // for tests; may be empty
};

/// Fingerprints of the state at each output time and at the end.
struct StatePath {
  std::vector<Tick> times;
  std::vector<Fingerprint> states;
  Fingerprint recorded = {};  // at the end, of what was gathered about the run
};

/// The first step after which two ways differ.
struct FirstDifference {
  Tick time;
  StateDifference where;
};

class Verification {
 public:
  /// Both outlive the verification. Runs end at the first step's end at or after `end`.
  Verification(LoadedExperiment const& loaded, Model const& model, Tick end);

  /// Throws FileError when a way that writes cannot.
  StatePath run(Way const& way) const;

  /// Looks step by step for what made two paths differ. Nothing when they do not differ again, which itself
  /// is a sign of chance.
  std::optional<FirstDifference> find_difference(Way const& one, Way const& other,
                                                 StatePath const& path_of_one,
                                                 StatePath const& path_of_other) const;

  /// The ways that are tried: one thread first, which the others are compared with.
  std::vector<Way> ways(int most_threads) const;

 private:
  LoadedExperiment const& loaded_;
  Model const& model_;
  Tick end_;
};

}  // namespace myoaxis

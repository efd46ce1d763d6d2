/// Which runs a batch comes to: the configuration of each, and the baseline that some of them share.
///
/// A run is named by the fingerprint of its resolved configuration, so the same run has the same file whoever
/// asks for it and whenever.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "io/batch/batch_config.h"

namespace myoaxis {

struct PlannedRun {
  std::string name;  // 16 hexadecimal digits
  std::size_t arm = 0;
  std::size_t point = 0;
  std::uint64_t subject = 0;
  std::string configuration;  // resolved TOML
  std::string baseline;       // name of the one that it sets out from; empty for none
};

struct BatchPlan {
  std::vector<PlannedRun> runs;                  // subject by subject, point by point, arm by arm
  std::map<std::string, std::string> baselines;  // name and resolved configuration
};

/// A subject at a point of a scan: a run in each arm, or of a parallel design, in one.
struct BatchCell {
  std::uint64_t subject = 0;
  std::size_t point = 0;
  std::vector<std::size_t> arms = {};
};

/// Runs of given subjects at given points.
BatchPlan plan_cells(BatchParams const& params, std::vector<BatchCell> const& cells);

/// Runs of the subjects numbered `first` to `last` - 1, of `params.subjects`. Those of a crossover whose
/// experiments are the same until day 0 set out from one baseline, whose end is there. Throws ConfigError
/// when a subject or a point of the scan has an impossible value.
BatchPlan plan_batch(BatchParams const& params, std::int64_t first, std::int64_t last);
BatchPlan plan_batch(BatchParams const& params);

}  // namespace myoaxis

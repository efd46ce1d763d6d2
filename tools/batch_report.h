/// What a batch says of its cost before it starts, and of its runs at the end.
#pragma once

#include <vector>

#include "tools/batch_estimate.h"
#include "tools/batch_runner.h"
#include "tools/common.h"

namespace myoaxis {

/// How the CPUs are shared: as many runs at a time as there are CPUs, and more threads for each when there
/// are fewer runs.
struct Sharing {
  std::size_t jobs = 1;
  int threads = 1;
};

/// What the runs of a plan will cost, by arm: see `estimate_batch`.
std::vector<ArmEstimate> estimates_of(BatchFolder const& folder, BatchParams const& params,
                                      BatchPlan const& plan);
void print_estimate(BatchParams const& params, std::vector<ArmEstimate> const& estimates,
                    Sharing const& sharing);

/// What has become of the runs of a plan.
BatchTally tally_of(BatchFolder const& folder, BatchPlan const& plan);
void report_end(BatchFolder const& folder, BatchTally const& tally);
ExitCode exit_code(BatchTally const& tally);

}  // namespace myoaxis

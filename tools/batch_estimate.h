/// What a batch will cost, told before it starts.
#pragma once

#include <cstddef>
#include <vector>

#include "io/batch/batch_folder.h"
#include "io/batch/batch_plan.h"
#include "tools/batch_progress.h"

namespace myoaxis {

/// Of the runs of an arm, or of the baselines.
struct RunEstimate {
  std::size_t runs = 0;           // that are still to be done
  std::int64_t steps = 0;         // of one run
  double cpu_seconds = 0;         // of one run on one thread
  bool is_measured = false;       // by runs that have ended, not by a few steps of one
  std::size_t bytes = 0;          // that stay of one run: its results, of a baseline its state, too
  std::size_t working_bytes = 0;  // on the disk while one run goes on
};

struct BatchEstimate {
  std::vector<RunEstimate> arms;
  RunEstimate baselines;  // shared ones
};

/// Looks at the experiment of each arm: its steps are counted by their lengths, those of a shared baseline
/// apart. Unless runs of the arm have ended already, its first steps are timed for a few seconds. What comes
/// later may cost more, such as a session with its short steps: a length that was not reached is taken to
/// cost as much as the next one that was.
BatchEstimate estimate_batch(BatchFolder const& folder, BatchParams const& params, BatchPlan const& plan);

}  // namespace myoaxis

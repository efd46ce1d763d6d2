/// What a batch says of its cost before it starts, and of its runs at the end.
#pragma once

#include "tools/batch_estimate.h"
#include "tools/batch_run.h"
#include "tools/common.h"

namespace myoaxis {

/// What the runs of a plan will cost: see `estimate_batch`.
BatchEstimate estimate_of(BatchFolder const& folder, BatchParams const& params, BatchPlan const& plan);
void print_estimate(BatchFolder const& folder, BatchParams const& params, BatchEstimate const& estimate,
                    CpuSharing const& sharing);

/// What has become of the runs of a plan.
BatchTally tally_of(BatchFolder const& folder, BatchPlan const& plan);
/// `index`: the runs as they are were only listed; others may be at work on them.
enum class ReportOf { batch, index };
void report_tally(BatchFolder const& folder, BatchTally const& tally, ReportOf what = ReportOf::batch);
ExitCode exit_code_of(BatchTally const& tally);

}  // namespace myoaxis

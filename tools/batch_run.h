/// Running the plan of a batch, and saying what came of it: what `batch` and `sensitivity` have in common.
#pragma once

#include <optional>
#include <string>

#include "io/batch/batch_folder.h"
#include "io/batch/batch_plan.h"
#include "tools/batch_runner.h"
#include "tools/common.h"

namespace myoaxis {

struct BatchRunOptions {
  std::optional<int> jobs;  // CPUs that are used; none: those that this process really has
  std::string max_walltime;
  std::string progress = "auto";
  bool overwrite = false;
};

/// Adds --jobs, --max-walltime, --progress and --overwrite.
void add_batch_run_options(CLI::App& command, BatchRunOptions& options);

/// How the CPUs are shared: as many runs at a time as there are CPUs, and more threads for each when there
/// are fewer runs.
struct CpuSharing {
  std::size_t jobs = 1;
  int threads = 1;
};
CpuSharing share_cpus(BatchRunOptions const& options, std::size_t runs);

/// Throws FileError, UsageError.
BatchTally run_batch_plan(BatchRunOptions const& options, BatchFolder const& folder,
                          BatchParams const& params, BatchPlan const& plan);

/// Prints how many runs are complete, failed or to do, and what to do about those.
void report_tally(BatchFolder const& folder, BatchTally const& tally);
ExitCode exit_code_of(BatchTally const& tally);

}  // namespace myoaxis

/// Running the plan of a batch: what `batch` and `sensitivity` have in common.
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

/// `tried`: how many runs at the plan's beginning this command has tried before; those of them that failed
/// are left so. Throws FileError, UsageError.
BatchTally run_batch_plan(BatchRunOptions const& options, BatchFolder const& folder,
                          BatchParams const& params, BatchPlan const& plan, std::size_t tried = 0);

}  // namespace myoaxis

/// A batch on a cluster run by Slurm, from its plan to its submission.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "io/batch/batch_folder.h"
#include "io/batch/batch_plan.h"
#include "tools/common.h"
#include "tools/slurm_submit.h"

namespace myoaxis {

/// What the user asks for.
struct SlurmRequest {
  std::string file;
  std::vector<std::string> settings;
  std::string sbatch;        // options
  std::string max_walltime;  // of a task; empty for by its time limit
  bool overwrite = false;
  std::optional<std::size_t> runs_per_task;
  bool dry_run = false;
  AfterSubmission after = AfterSubmission::leave;
};

/// Writes the scripts and submits them; a dry run prints them. Parts of the batch that are complete are left
/// out, and with nothing to do the index is written here. Throws UsageError, FileError and SubmitError.
ExitCode submit_batch(SlurmRequest const& request, BatchFolder const& folder, BatchParams const& params,
                      BatchPlan const& plan);

}  // namespace myoaxis

/// Hands the jobs of a batch to Slurm.
#pragma once

#include <stdexcept>

#include "tools/slurm.h"

namespace myoaxis {

/// sbatch refused a script.
class SubmitError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws UsageError when there is no sbatch to submit with.
void require_sbatch();

/// Writes the scripts to DIR/slurm.
void write_scripts(SlurmJob const& job);

enum class AfterSubmission { leave, wait };

/// Submits the array and the index after it, tells their numbers, and waits for the end if wanted. What
/// sbatch has to say goes to stderr. Throws SubmitError.
void submit(SlurmJob const& job, AfterSubmission after);

}  // namespace myoaxis

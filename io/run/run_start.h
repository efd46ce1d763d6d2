/// Where a run sets out: at its beginning, from a saved baseline, or where it was left.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "io/experiment/experiment_config.h"
#include "io/hdf5/row_counts.h"
#include "io/run/recorder.h"

namespace myoaxis {

struct RunStart {
  Organism organism;
  Recorder recorder;
  std::int64_t steps = 0;              // done before
  std::optional<RowCounts> rows = {};  // of the results file that goes on; none for a new one
};

RunStart start_anew(Model const& model);

/// Where a checkpoint of the same run was saved. Throws FileError.
RunStart start_at(std::filesystem::path const& checkpoint, Model const& model);

/// From a state that another experiment has saved, to a results file of its own. Outcomes and events go on
/// counting from day 0, in the baseline too; attribution begins here, and sessions that this experiment does
/// not have are not told apart in it. Throws FileError.
RunStart start_from(std::filesystem::path const& checkpoint, Model const& model);

/// As `[start]` says: anew, or from the baseline that it names. Throws ConfigError when the schedules of the
/// two work other muscles, since the vessels are laid out for these, and FileError.
RunStart first_start(LoadedExperiment const& loaded, Model const& model);

}  // namespace myoaxis

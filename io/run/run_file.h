/// The results file of one run: its groups, filled row by row. io/README.md describes them.
#pragma once

#include <memory>
#include <string>

#include "agents/assays/laboratory.h"
#include "agents/observation.h"
#include "agents/outcomes.h"
#include "io/experiment/experiment_config.h"
#include "io/hdf5/writer.h"
#include "io/run/run_identity.h"

namespace myoaxis {

class RunFile {
 public:
  /// Creates all groups in the new `file`. Throws FileError. `model` outlives the file.
  RunFile(H5File file, LoadedExperiment const& loaded, Model const& model, std::string const& command_line);
  ~RunFile();

  void write(Observation const& seen, Organism const& organism);
  void write_snapshot(Organism const& organism);
  void write_events(LineageEvents const& events);
  void write_session(SessionState const& session);
  /// Readings at one time, assay by assay.
  void write_readings(std::vector<Reading> const& readings);
  /// Writes the outcomes and the state's fingerprint, and closes the file. `status`: "complete" or "stopped".
  void finish(std::vector<Outcome> const& outcomes, Organism const& organism, std::string const& status);

 private:
  struct Groups;
  std::unique_ptr<Groups> groups_;
};

}  // namespace myoaxis

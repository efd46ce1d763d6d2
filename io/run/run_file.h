/// The results file of one run: its groups, filled row by row. io/README.md describes them.
#pragma once

#include <memory>
#include <string>

#include "agents/assays/laboratory.h"
#include "agents/attribution.h"
#include "agents/observation.h"
#include "agents/outcomes.h"
#include "io/experiment/experiment_config.h"
#include "io/hdf5/writer.h"
#include "io/run/run_identity.h"

namespace myoaxis {

class RunFile {
 public:
  /// Creates all groups in the new `file`, or finds them in one that is continued; from here on it can be
  /// read along. `outcomes`: those that the run will have. Throws FileError. `model` outlives the file.
  RunFile(H5File file, LoadedExperiment const& loaded, Model const& model,
          std::vector<Outcome> const& outcomes, std::string const& command_line);
  ~RunFile();

  void write(Observation const& seen, Organism const& organism);
  void write_attribution(Attribution const& attribution, Tick now);
  void write_snapshot(Organism const& organism);
  void write_events(LineageEvents const& events);
  void write_session(SessionState const& session);
  /// Readings at one time, assay by assay.
  void write_readings(std::vector<Reading> const& readings);

  /// What a row of each table takes.
  FileLayout layout();

  /// Lets readers see what was written, soon.
  void show();
  /// Brings what was written onto the disk. Gives the lengths of the tables.
  RowCounts save();

  /// How a run ended, and in which state.
  struct End {
    Tick time;
    Fingerprint state;
    std::string status;             // complete, or stopped
    std::vector<Outcome> outcomes;  // as far as they are known
    Attribution const& attribution;
    bool later_rows_go = true;  // rows that a run before this one wrote for later times
  };
  /// Writes the end, closes the file and brings it onto the disk. Throws FileError.
  void finish(End const& end);

 private:
  struct Groups;
  std::string path_;
  std::unique_ptr<Groups> groups_;
};

}  // namespace myoaxis

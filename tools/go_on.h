/// What an earlier run left at the place of the output: whether there is anything left to do, and where to go
/// on.
#pragma once

#include <optional>
#include <string>

#include "io/run/existing_run.h"
#include "io/run/run_start.h"

namespace myoaxis {

/// What a run finds and what it may do with it.
struct EarlierRun {
  RunPaths paths;
  std::string configuration;  // that is to be run, resolved
  std::string sha256;         // of it
  bool overwrite = false;     // results that are there, and runs that cannot go on
  bool look_only = false;     // nothing may be written
};

/// Says what to do about a file that is already there. True: the run is done already. Throws UsageError when
/// it may not be replaced.
bool already_done(EarlierRun const& earlier);

/// Whether the results that are there have come to `until`, and says so.
bool has_come_to(EarlierRun const& earlier, Tick until);

/// The checkpoint that the run goes on from; none to start anew. Throws UsageError or FileError when there is
/// one that it cannot use.
std::optional<FoundCheckpoint> checkpoint_to_use(EarlierRun const& earlier);

/// Where the checkpoint was saved, its rows being in OUTPUT.partial. Nothing when `overwrite` asks for a new
/// start, since the run was at its end or cannot go on; throws FileError when it cannot and nobody asked, or
/// when the disk fails.
std::optional<RunStart> go_on(EarlierRun const& earlier, FoundCheckpoint const& checkpoint,
                              Model const& model);

/// After an error of the disk: what is safe.
void tell_where_to_go_on(EarlierRun const& earlier);

}  // namespace myoaxis

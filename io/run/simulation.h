/// One run from its configuration to its results file.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "agents/outcomes.h"
#include "io/experiment/experiment_config.h"
#include "io/run/expected_size.h"
#include "io/run/run_paths.h"
#include "io/run/run_start.h"

namespace myoaxis {

/// What a run is about to do.
struct Plan {
  std::size_t fibers = 0;
  std::size_t packets = 0;
  std::size_t young_cells = 0;
  std::size_t sessions = 0;
  std::int64_t steps = 0;
  ExpectedSize size = {};
};

struct RunRequest {
  RunPaths paths;
  std::optional<Tick> until;  // stop here instead of at the end
  std::string command_line;
  std::function<void(Tick now, std::int64_t steps_done)> progress =
      {};                                  // called after each step; may be empty
  std::function<bool()> interrupted = {};  // asked before each step; may be empty
  /// Wall time between checkpoints; none: only where the run stops.
  std::optional<std::chrono::duration<double>> checkpoint_every = {};
  bool keep_checkpoint = false;  // of the complete run, for others to start from
};

/// `until`: the time that was asked for, before the end of the experiment.
enum class Ending { complete, until, interrupted };

struct RunResult {
  Ending ending;
  Tick time;
  std::vector<Outcome> outcomes;
  Fingerprint state;     // of the organism
  Fingerprint recorded;  // of what was gathered about it
  /// Why the results were not compressed at the end, where they were not.
  std::optional<std::string> uncompressed = {};
};

/// Of a run up to `end`.
Plan plan_run(LoadedExperiment const& loaded, Model const& model, RunStart const& start, Tick end);

/// Runs to the end and writes the results: into OUTPUT.partial, renamed when it is reached, so that nothing
/// half-written stands at OUTPUT; then a compressed copy takes its place. What is written does not influence
/// the run. An interrupted run leaves OUTPUT.partial and OUTPUT.checkpoint, and goes on from there to the
/// same results, bit for bit; so does one that was killed, or ended by an error, from its last checkpoint:
/// when `start` has rows, OUTPUT.partial must hold them (recover_rows). Throws FileError or InvariantError.
RunResult simulate(LoadedExperiment const& loaded, Model const& model, RunStart start,
                   RunRequest const& request);

}  // namespace myoaxis

/// One run from its configuration to its results file.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "agents/outcomes.h"
#include "io/experiment/experiment_config.h"

namespace myoaxis {

/// What stands at the path of a run's output before it starts.
enum class ExistingOutput { none, complete, unfinished, outdated, foreign };

/// Looks at `path`: `complete`, `unfinished` and `outdated` are outputs of the configuration `sha256`, the
/// last one by another revision of the program; anything else that exists is `foreign`.
ExistingOutput inspect_output(std::filesystem::path const& path, std::string const& sha256);

/// What a run is about to do.
struct Plan {
  std::size_t fibers = 0;
  std::size_t packets = 0;
  std::size_t young_cells = 0;
  std::size_t sessions = 0;
  std::int64_t steps = 0;
  std::size_t file_bytes = 0;  // expected, before compression
};

struct RunRequest {
  std::filesystem::path output;
  std::optional<Tick> until;  // stop here instead of at the end
  std::string command_line;
  std::function<void(Tick now, std::int64_t steps_done)> progress;  // called after each step; may be empty
};

struct RunResult {
  std::vector<Outcome> outcomes;
  std::string state_hash;
};

Plan plan_run(LoadedExperiment const& loaded, Model const& model, Organism const& organism);

/// Runs `organism` to its end and writes the results: into OUTPUT.partial, renamed when the file is whole, so
/// that nothing half-written stands at OUTPUT; after an error nothing stays. What is written does not
/// influence the run. Throws FileError or InvariantError.
RunResult simulate(LoadedExperiment const& loaded, Model const& model, Organism organism,
                   RunRequest const& request);

}  // namespace myoaxis

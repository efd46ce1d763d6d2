/// One experiment from its TOML file: everything the model needs, what to write, and the resolved text.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "agents/experiment.h"
#include "io/config/document.h"
#include "io/config/read_context.h"
#include "io/experiment/start_config.h"

namespace myoaxis {

/// What is written, and how often.
struct OutputParams {
  std::int64_t every = 0;  // s between rows
  std::vector<Tick> snapshots;
  bool events = true;
  std::int64_t events_limit = 0;
};

struct LoadedExperiment {
  Experiment experiment;
  OutputParams output;
  std::optional<StartParams> start;  // none: at its own beginning
  std::string file;                  // as the user named it
  std::string resolved_toml;         // the same experiment without references to other files
  std::string sha256;                // of resolved_toml
  std::vector<Parameter> parameters;
  std::vector<KeyDescription> keys;
};

/// Reads an experiment, changed by `sets` ("KEY=VALUE"), with pieces from the folders of `search`. Throws
/// ConfigError with all that is wrong.
LoadedExperiment load_experiment(std::filesystem::path const& file, std::vector<std::string> const& sets,
                                 SearchPath const& search);

/// The same for an experiment that stands as a table in `file`.
LoadedExperiment load_experiment(toml::table&& root, std::filesystem::path const& file,
                                 std::vector<std::string> const& sets, SearchPath const& search);

}  // namespace myoaxis

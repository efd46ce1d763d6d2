/// One graph experiment from its configuration to its results file.
#pragma once

#include <filesystem>
#include <string>

#include "core/transport/propagator_store.h"
#include "io/experiment/graph_config.h"

namespace myoaxis {

struct GraphRequest {
  std::filesystem::path output;
  std::string command_line;
  PropagatorStore* store = nullptr;  // of propagators; may be null
};

/// Runs the experiment and writes a row at the beginning, every so often, and at the end: into
/// OUTPUT.partial, renamed when the file is whole; after an error nothing stays. A row shows what is put in
/// at once at its time. Gives the state's fingerprint. Throws FileError or InvariantError.
std::string simulate_graph(LoadedGraph const& loaded, GraphRequest const& request);

}  // namespace myoaxis

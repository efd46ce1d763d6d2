/// A bare transport graph from its TOML file: cells, paths, tubes and what is put in, without an organism.
///
/// It lets a user verify the engines on a graph whose answer he knows. Time is counted in steps of the
/// experiment's own length, which may be a fraction of a second: the engines' tick is one such step, and all
/// rates are those of a step.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/draws.h"
#include "core/quantity.h"
#include "core/transport/engine.h"
#include "core/transport/graph.h"
#include "core/transport/tube.h"
#include "io/config/read_context.h"
#include "io/config/search_path.h"

namespace myoaxis {

struct GraphTube {
  std::string name;
  TubeParams params;
  std::vector<CellId> cells;
};

/// An amount that is in a cell at once.
struct GraphBolus {
  CellId cell;
  Moles amount;
  std::int64_t at;  // steps
};

/// A constant inflow into a cell.
struct GraphInfusion {
  CellId cell;
  MolesPerSecond rate;
  std::int64_t from;  // steps
  std::int64_t to;    // steps
};

struct GraphExperiment {
  std::string title;
  Luck luck;
  Engine engine = Engine::particles;
  /// Packets (particles) or quanta (counts) that all that is put in is divided into.
  std::int64_t packets = 0;
  Seconds step;
  std::int64_t steps = 0;
  std::int64_t every = 0;  // steps between rows
  std::shared_ptr<Layout> layout = std::make_shared<Layout>();
  std::vector<double> volume;          // m^3, one a cell
  std::vector<Generator::Rate> rates;  // s^-1
  std::vector<GraphTube> tubes;
  std::vector<GraphBolus> boluses;
  std::vector<GraphInfusion> infusions;

  /// All that is put in during the run.
  Moles total() const;
  /// Amount of one packet or quantum; 1 mol by the engine `mean`, which has none.
  Moles quantum() const;
  /// Rates of one step, for the engines. The layout outlives it.
  Generator generator() const;
};

struct LoadedGraph {
  GraphExperiment experiment;
  std::string file;           // as the user named it
  std::string resolved_toml;  // the same experiment, canonical
  std::string sha256;         // of resolved_toml
  std::vector<KeyDescription> keys;
};

/// True when the file can be read and has a table [graph] and none [organism]; problems are left to the
/// reader proper.
bool is_graph_experiment(std::filesystem::path const& file);

/// Reads a graph experiment, changed by `sets` ("KEY=VALUE"). Throws ConfigError with all that is wrong.
LoadedGraph load_graph_experiment(std::filesystem::path const& file, std::vector<std::string> const& sets,
                                  SearchPath const& search);

}  // namespace myoaxis

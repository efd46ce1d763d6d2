/// The mouse that the benchmark works on: the shipped endurance experiment, at rest and while it runs.
#pragma once

#include <string>
#include <vector>

#include "agents/organism.h"
#include "agents/secretion.h"
#include "io/experiment/experiment_config.h"

namespace myoaxis {

/// The transport of all factors that travel as packets, about to make a step. The releases of each point into
/// its rates: a copy has to be kept no longer than the original.
struct TransportState {
  struct Factor {
    FactorModel const* model;
    Cargo cargo;
    Secreted secreted;
    StepTables const* tables;
  };
  Step step;
  std::vector<CellId> niches;  // where a run watches what arrives
  std::vector<Factor> factors;
  std::size_t packets() const;
};

struct BenchWorld {
  Model model;
  Organism at_rest;
  Organism exercising;  // 20 min into the first session
};

/// A shipped experiment, changed by `sets`.
LoadedExperiment load_shipped(std::string const& name, std::vector<std::string> const& sets);

/// The experiment `endurance` with 100 000 packets over all its factors.
BenchWorld make_world();

/// What the organism's factors are about to carry in its next step.
TransportState transport_state(Model const& model, Organism const& organism);

/// What the sources respond to in the organism's next step.
Activity next_activity(Model const& model, Organism const& organism);

}  // namespace myoaxis

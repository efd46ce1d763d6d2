/// The laboratory: takes the experiment's samples and reads them as an instrument would.
#pragma once

#include <string>
#include <vector>

#include "agents/assays/reading.h"
#include "agents/organism.h"

namespace myoaxis {

std::vector<AssayQuantity> quantities_of(AssayParams const& assay, Experiment const& experiment);

/// The names of the readings that each run of the experiment has, but for curves; known without a run.
std::vector<std::string> reading_names(Experiment const& experiment);

/// Readings of states, at the instant at which the organism stands: labeled cells, young neurons, capacities,
/// and the circulation at the flows of that instant. A measurement is the truth times a factor from a
/// lognormal of mean 1 with the assay's variation.
std::vector<Reading> read_states(Organism const& organism, Model const& model);

/// Readings of blood that was drawn at the beginning of the step of `report`, a mean over that step.
std::vector<Reading> read_blood(StepReport const& report, Model const& model);

}  // namespace myoaxis

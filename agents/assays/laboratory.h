/// The laboratory: takes the experiment's samples and reads them as an instrument would.
#pragma once

#include <string>
#include <vector>

#include "agents/organism.h"

namespace myoaxis {

/// One number of an assay: what the instrument shows, and the truth behind it.
struct Reading {
  std::size_t assay;     // in the experiment
  std::size_t quantity;  // in `quantities_of(assay)`
  Tick time;
  double measured = 0;
  double truth = 0;
};

/// What an assay measures, one data set each.
struct AssayQuantity {
  std::string name;
  std::string unit;
  std::string meaning;
};

std::vector<AssayQuantity> quantities_of(AssayParams const& assay, Model const& model);

/// Readings of states, at the instant at which the organism stands: labeled cells, young neurons, capacities.
/// A measurement is the truth times a factor from a lognormal of mean 1 with the assay's variation.
std::vector<Reading> read_states(Organism const& organism, Model const& model);

/// Readings of blood that was drawn at the beginning of the step of `report`, a mean over that step.
std::vector<Reading> read_blood(StepReport const& report, Model const& model);

}  // namespace myoaxis

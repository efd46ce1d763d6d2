/// The organism: the state of all its parts, and the step that advances them together.
#pragma once

#include <vector>

#include "agents/factor_state.h"
#include "agents/hippocampus/lineage.h"
#include "agents/hippocampus/neurons.h"
#include "agents/model.h"
#include "agents/muscle/fibers.h"
#include "core/state_hash.h"

namespace myoaxis {

/// The niches' signals, averaged over the current step of the lineage.
struct NicheSignals {
  std::vector<double> weighted_fold;  // fold of occupancy x s; one row a factor, one column a niche
  double seconds = 0;
};

struct Organism {
  Tick now;
  MotorUnits units;
  Fibers fibers;
  double flow_response = 0;  // intensity that the circulation has come to, fraction of VO2max
  std::vector<FactorState> factors;
  NicheSignals signals;
  Neurons neurons;
};

/// What a factor did in one step; concentrations are means over the step.
struct FactorReport {
  KilogramsPerCubicMeter artery;
  KilogramsPerCubicMeter vein;
  double muscle_release = 0;           // quanta/s from the working muscle
  std::vector<double> tissue_content;  // quanta in each piece of brain tissue
  std::vector<double> occupancy_fold;  // of each niche, relative to rest
};

/// What happened in one step, for whoever records it.
struct StepReport {
  Step step;
  Intensity task;
  double target_force = 0;  // relative to the rested maximum
  double force = 0;
  double excitation = 0;
  double capacity = 0;  // force the working muscle can still give
  CubicMetersPerSecond working_muscle_flow;
  CubicMetersPerSecond cardiac_output;
  std::vector<FactorReport> factors;
  LineageEvents events;
};

/// The organism at the beginning of the run: rested, at the stationary state of rest, with a lineage that has
/// lived under resting signals long enough to fill all its stages.
Organism make_organism(Model const& model);

/// Advances the organism by one step of the plan. This is the model's definition, in the order of
/// agents/README.md.
StepReport advance(Organism& organism, Model const& model, Step const& step);

/// Adds the complete state to a fingerprint.
void add_to_hash(StateHash& hash, Organism const& organism);

}  // namespace myoaxis

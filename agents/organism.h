/// The organism: the state of all its parts, and the step that advances them together.
#pragma once

#include <optional>
#include <vector>

#include "agents/body/aerobic_capacity.h"
#include "agents/central/central_nervous_system.h"
#include "agents/factor_step.h"
#include "agents/hippocampus/lineage.h"
#include "agents/hippocampus/neurons.h"
#include "agents/hippocampus/synapses.h"
#include "agents/model.h"
#include "agents/muscle/fibers.h"
#include "agents/signals.h"
#include "agents/training/session_log.h"
#include "core/state_hash.h"

namespace myoaxis {

struct Organism {
  Tick now;
  SessionState session;
  MotorUnits units;
  Fibers fibers;
  AerobicCapacity aerobic;
  double flow_response = 0;  // intensity that the circulation has come to, fraction of VO2max
  std::vector<FactorState> factors;
  CentralNervousSystem brain;
  Signals signals;           // since the lineage's last step
  Signals synaptic_signals;  // since the synapses' last step
  Neurons neurons;
  Synapses synapses;  // of the old granule cells, then of the young ones
};

/// What happened in one step, for whoever records it.
struct StepReport {
  Step step;
  Intensity oxygen;         // asked of the body, fraction of VO2max
  double target_force = 0;  // relative to the maximum of the untrained, rested muscle
  double duty = 0;
  double force = 0;
  double excitation = 0;     // relative to maximal
  double largest_drive = 1;  // excitation that the brain would give
  double exertion = 6;       // perceived, Borg's 6 to 20
  double capacity = 0;       // force the working muscle can still give, relative to its strength
  CubicMetersPerSecond working_muscle_flow;
  CubicMetersPerSecond cardiac_output;
  std::vector<FactorReport> factors;
  LineageEvents events;
  std::optional<SessionState> session_ended;
};

/// The organism at the beginning of the run: rested, at the stationary state of rest, with a lineage that has
/// lived under resting signals long enough to fill all its stages.
Organism make_organism(Model const& model);

/// An organism with the model's factors and nothing else, to be restored into (organism_state.h).
Organism blank_organism(Model const& model);

/// Advances the organism by one step of the plan. This is the model's definition, in the order of
/// agents/README.md.
StepReport advance(Organism& organism, Model const& model, Step const& step);

/// Fingerprint of the complete state.
Fingerprint fingerprint_of(Organism const& organism);

}  // namespace myoaxis

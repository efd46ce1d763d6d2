/// Everything that one experiment fixes: the organism, the factors, the schedule, the scale and the numerics.
///
/// The configuration fills it; nothing here has a value of its own.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "agents/assays/assay.h"
#include "agents/body/bed_networks.h"
#include "agents/body/circulation_params.h"
#include "agents/central/central_nervous_system.h"
#include "agents/factor.h"
#include "agents/hippocampus/label.h"
#include "agents/hippocampus/lineage.h"
#include "agents/hippocampus/spine_rates.h"
#include "agents/interventions/intervention.h"
#include "agents/muscle/fatigue.h"
#include "agents/muscle/fibers.h"
#include "agents/muscle/motor_units.h"
#include "agents/training/calendar.h"
#include "core/transport/engine.h"

namespace myoaxis {

struct OrganismParams {
  std::string name;
  std::string sex;
  Kilograms mass;
  double mass_ratio = 1;  // of the body to the one whose values the configuration gives
  Seconds age;
  CirculationParams circulation;
  BrainParams brain;
  MuscleParams muscle;
  MotorUnitParams motor_units;
  FatigueParams fatigue;
  AdaptationParams adaptation;
  std::map<std::string, ModeParams> modes;
  std::string default_mode;  // whose working muscle is laid out when the schedule has no session
  CentralNervousSystemParams central;
  LineageParams lineage;
  SynapseParams synapses;
  LabelParams label;
};

struct ScaleParams {
  std::size_t fibers = 0;   // simulated fibers of the working muscle
  std::size_t packets = 0;  // aimed at, in flight at rest, over all factors
  BrainScale brain;
  std::size_t granule_cells = 0;  // old granule cells whose spines are simulated
  std::size_t spine_sites = 0;    // of each granule cell, each standing for real / simulated of them
};

struct ScheduleParams {
  std::int64_t baseline = 0;  // s before day 0
  std::int64_t duration = 0;  // s from day 0
  std::vector<SessionRule> rules;
};

/// How factors are carried over the transport graph.
struct TransportParams {
  Engine engine = Engine::particles;  // of proteins; metabolites are fields under any of them
  Number propagator_gigabytes{1.0};   // the most that propagators may take
};

/// Lengths of steps, in whole seconds.
struct NumericsParams {
  std::int64_t step_exercise = 0;
  std::int64_t step_recovery = 0;
  std::int64_t recovery = 0;  // how long after a session the shorter steps go on
  std::int64_t step_rest = 0;
  std::int64_t step_lineage = 0;
  std::int64_t step_synapses = 0;
};

/// Paths that can be opened (false) to tell cause from consequence.
struct LoopParams {
  bool niche_signals = true;  // lineage and synapses see the signals of rest
  bool inflammation = true;   // inflammation stays at rest
  bool mood = true;           // every session is done as prescribed
  bool central_drive = true;  // the brain drives muscle up to its maximum, however tired
  bool adaptation = true;     // fibers stay untrained
};

struct Experiment {
  std::string title;
  Luck luck;
  OrganismParams organism;
  std::vector<FactorParams> factors;
  ScaleParams scale;
  ScheduleParams schedule;
  NumericsParams numerics;
  TransportParams transport;
  CirculationDesign circulation;
  LoopParams loop;
  std::vector<InterventionParams> interventions;
  std::vector<AssayParams> assays;
};

}  // namespace myoaxis

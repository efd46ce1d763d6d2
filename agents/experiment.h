/// Everything that one experiment fixes: the organism, the factors, the schedule, the scale and the numerics.
///
/// The configuration fills it; nothing here has a value of its own.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "agents/body/circulation_params.h"
#include "agents/factor.h"
#include "agents/hippocampus/lineage.h"
#include "agents/muscle/fatigue.h"
#include "agents/muscle/fibers.h"
#include "agents/muscle/motor_units.h"
#include "agents/training/calendar.h"

namespace myoaxis {

/// What a mode of exercise asks of the body.
struct ModeParams {
  Fraction working_share;     // of the muscle mass
  Fraction force_at_maximum;  // force while contracting, at VO2max, relative to the maximal isometric force
  Fraction duty;              // share of the cycle in which the muscles contract
};

struct OrganismParams {
  std::string name;
  Kilograms mass;
  Seconds age;
  CirculationParams circulation;
  BrainParams brain;
  MuscleParams muscle;
  MotorUnitParams motor_units;
  FatigueParams fatigue;
  std::map<std::string, ModeParams> modes;
  LineageParams lineage;
};

struct ScaleParams {
  std::size_t fibers = 0;   // simulated fibers of the working muscle
  std::size_t packets = 0;  // aimed at, in flight at rest, over all factors
  BrainScale brain;
};

struct ScheduleParams {
  std::int64_t baseline = 0;  // s before day 0
  std::int64_t duration = 0;  // s from day 0
  std::vector<SessionRule> rules;
};

/// Lengths of steps, in whole seconds.
struct NumericsParams {
  std::int64_t step_exercise = 0;
  std::int64_t step_recovery = 0;
  std::int64_t recovery = 0;  // how long after a session the shorter steps go on
  std::int64_t step_rest = 0;
  std::int64_t step_lineage = 0;
};

/// Paths that can be opened to tell cause from consequence.
struct LoopParams {
  bool niche_signals = true;  // false: the lineage sees the signals of rest
};

struct Experiment {
  std::string title;
  Luck luck;
  OrganismParams organism;
  std::vector<FactorParams> factors;
  ScaleParams scale;
  ScheduleParams schedule;
  NumericsParams numerics;
  LoopParams loop;
};

}  // namespace myoaxis

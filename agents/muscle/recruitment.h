/// The controller of the pool: each second it finds the drive with which the units meet the task's force.
#pragma once

#include "agents/muscle/motor_units.h"

namespace myoaxis {

/// The pool's fixed properties, computed once from its parameters.
struct MotorPool {
  explicit MotorPool(MotorUnitParams const& params);

  MotorUnitParams params;
  std::vector<double> threshold;         // excitation
  std::vector<double> peak_rate;         // imp/s
  std::vector<double> contraction_time;  // s
  std::vector<double> twitch_force;      // relative to the first unit
  std::vector<double> tiring;            // fatigue rate at full relative force, 1/s
  double maximal_force = 0;              // of the rested pool at maximal excitation, same unit
};

/// What one second of contraction came to.
struct Contraction {
  double excitation = 0;  // relative to the maximal one, 0 to 1
  double force = 0;       // relative to the rested maximum
};

MotorUnits rested_units(MotorPool const& pool);

/// Force that the pool can still give, relative to what it can give when rested.
double capacity_of(MotorPool const& pool, MotorUnits const& units);

/// Force of the rested pool with all its strength, relative to that of the untrained one.
double strength_of(MotorPool const& pool, MotorUnits const& units);

/// What the brain is willing to do, and where to look first.
struct Drive {
  double target = 0;    // force, relative to the rested maximum of the untrained pool
  double largest = 1;   // excitation that may be given, relative to maximal
  double expected = 0;  // excitation that is likely to be found, relative to maximal; 0 when unknown
};

/// Recruits units for one interval of length `dt` so that the pool's force meets the target or, when fatigue
/// forbids it, comes as near as the largest drive takes it. Updates `units`.
Contraction contract(MotorPool const& pool, MotorUnits& units, Drive const& drive, Seconds dt);

/// Every unit falls silent.
void relax(MotorUnits& units);

}  // namespace myoaxis

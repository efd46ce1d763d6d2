/// Adaptation of a fiber over days and weeks: capacities that rise with its mean activity and fade without.
///
///     dA/dt = (a - A) / tau
///     x_t = g A / (A + A_h)
///     dx/dt = (x_t - x) ln2 / T,       T = T_up for x_t > x, else T_down
///
/// a: activity or tension (0..1), A: its average over the memory tau; x: rise of a capacity over that of an
/// untrained fiber (0: none), x_t: where constant activity leads, g: largest rise, A_h: mean activity of half
/// of it. Tension counts above a threshold: t = max(0, (a - a_0) / (1 - a_0)).
///
/// The mitochondrial half-time is about a week both ways (recalled from [Booth1977]); six weeks of knee
/// extension raised citrate synthase by 51 % [Fritzen2019]; the acute answer of PGC-1a mRNA fell from 11 to 4
/// fold in ten days of training [Stepto2012]; muscle area grows by about 0.1 % a day under resistance
/// training (recalled from [Wernbom2007]). Saturation in the mean activity is an assumption. Each step is
/// exact for constant input (x cannot pass its target, so T does not change within a step). Valid for healthy
/// adults and months.
#pragma once

#include <algorithm>
#include <cmath>

#include "core/contracts.h"
#include "core/half_life.h"
#include "core/quantity.h"

namespace myoaxis {

/// One capacity of a fiber: oxidative, secretory, growth.
struct CapacityParams {
  Number gain;
  Number half_activity;
  Seconds half_life_up;
  Seconds half_life_down;
};

/// What training changes in a muscle fiber.
struct AdaptationParams {
  Seconds memory;            // over which a fiber's activity is averaged
  CapacityParams oxidative;  // relative rise of oxidative capacity
  CapacityParams secretory;  // share of the full secretory adaptation; its gain is 1
  CapacityParams growth;     // relative rise of the cross-section
  Fraction tension_threshold;
  CapacityParams aerobic;  // relative rise of VO2max, with the oxygen uptake for an activity
};

/// Average of an activity with exponential memory.
inline double advance_average(double average, double activity, Seconds memory, Seconds dt) {
  EXPECTS(average >= 0 && activity >= 0 && memory.value() > 0 && dt.value() >= 0);
  return activity + (average - activity) * std::exp(-dt.value() / memory.value());
}

/// Rise of the capacity that constant mean activity leads to.
inline double capacity_target(double average, CapacityParams const& p) {
  EXPECTS(average >= 0 && p.half_activity.value() > 0);
  return p.gain.value() * average / (average + p.half_activity.value());
}

inline double advance_capacity(double rise, double target, CapacityParams const& p, Seconds dt) {
  return settled_after(rise, target, target > rise ? p.half_life_up : p.half_life_down, dt);
}

/// Share of the activation that loads the fiber enough to make it grow.
inline Fraction tension(Fraction activation, Fraction threshold) {
  EXPECTS(activation.value() >= 0 && activation.value() <= 1);
  EXPECTS(threshold.value() >= 0 && threshold.value() < 1);
  return Fraction{std::max(0.0, (activation.value() - threshold.value()) / (1 - threshold.value()))};
}

}  // namespace myoaxis

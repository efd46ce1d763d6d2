/// What a bout leaves behind in a subject's feelings: remembered pleasure (affect) and general fatigue.
///
///     r = 0                            at rest
///     r = r_0                          0 < i <= i_t
///     r = r_0 + s (i - i_t)            i > i_t                   [SD/s]
///     dA/dt = r - A ln2 / T_A          dF/dt = g i - F ln2 / T_F
///
/// A: affect, in standard deviations (SD) of the resting score, 0 at rest; i: exercise intensity, i_t: that
/// of the ventilatory or lactate threshold, r_0: affect gained per time below it, s < 0: change of that per
/// unit of intensity above it. F: general fatigue, 0 when rested; g: its rise at maximal effort (i = 1).
///
/// Dual-mode theory: below the threshold exercise is mostly pleasant, above it pleasure falls as intensity
/// rises [Ekkekakis2009]; measured on the treadmill below, at and above the ventilatory threshold
/// [Ekkekakis2008]. That memory is linear and fades exponentially is an assumption. Not included: the rebound
/// after the end, which did not depend on intensity [Ekkekakis2008]. Exact for constant i; bouts of minutes
/// to hours, days of memory.
#pragma once

#include "core/contracts.h"
#include "core/half_life.h"
#include "core/quantity.h"

namespace myoaxis {

struct AffectParams {
  Fraction threshold;  // of VO2max
  PerSecond below;
  PerSecond slope;  // per unit of intensity above the threshold
  Seconds half_life;
};

struct GeneralFatigueParams {
  PerSecond gain;  // at maximal effort
  Seconds half_life;
};

/// Affect gained per time.
inline PerSecond affect_rate(Intensity intensity, AffectParams const& p) {
  EXPECTS(intensity.value() >= 0);
  if (intensity.value() <= 0) return PerSecond{0};
  if (intensity.value() <= p.threshold.value()) return p.below;
  return PerSecond{p.below.value() + p.slope.value() * (intensity.value() - p.threshold.value())};
}

inline double advance_affect(double affect, Intensity intensity, AffectParams const& p, Seconds dt) {
  return faded_after(affect, affect_rate(intensity, p), p.half_life, dt);
}

inline double advance_general_fatigue(double fatigue, Intensity intensity, GeneralFatigueParams const& p,
                                      Seconds dt) {
  EXPECTS(fatigue >= 0 && intensity.value() >= 0);
  return faded_after(fatigue, PerSecond{p.gain.value() * intensity.value()}, p.half_life, dt);
}

}  // namespace myoaxis

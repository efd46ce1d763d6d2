/// Mood over days and weeks: it follows what training feels like, general fatigue, factors and inflammation.
///
///     dM/dt = (M_set - M) ln2 / T
///     M_set = w_A A - w_F F + w_m (m - 1) - w_I (I - 1)          [SD]
///
/// M: mood in standard deviations (SD) of the resting score, 0 at rest; A, F: affect and general fatigue
/// (affect.h); m: product of the factors' effects on mood, 1 at rest; I: inflammation of the brain, 1 at
/// rest; T: half-life. Linear and additive by assumption; exercise as a whole relieves depression in trials,
/// which say nothing of the shares. Exact for constant inputs. Meant for mood within a few SD of rest.
#pragma once

#include "core/contracts.h"
#include "core/half_life.h"
#include "core/quantity.h"

namespace myoaxis {

struct MoodParams {
  Seconds half_life;
  Number weight_affect;
  Number weight_fatigue;
  Number weight_factors;
  Number weight_inflammation;
};

/// What acts on mood; the defaults are rest.
struct MoodInputs {
  double affect = 0;
  double fatigue = 0;
  double factors = 1;
  double inflammation = 1;
};

/// Mood that constant inputs lead to.
inline double settled_mood(MoodInputs const& inputs, MoodParams const& p) {
  EXPECTS(inputs.fatigue >= 0 && inputs.factors >= 0 && inputs.inflammation >= 0);
  return p.weight_affect.value() * inputs.affect - p.weight_fatigue.value() * inputs.fatigue +
         p.weight_factors.value() * (inputs.factors - 1) -
         p.weight_inflammation.value() * (inputs.inflammation - 1);
}

inline double advance_mood(double mood, MoodInputs const& inputs, MoodParams const& p, Seconds dt) {
  return settled_after(mood, settled_mood(inputs, p), p.half_life, dt);
}

}  // namespace myoaxis

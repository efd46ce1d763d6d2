/// Fatigue and recovery of a fiber: the share of it that can no longer contract.
///
///     dM/dt = F d a (1 - M) - (d R + (1 - d) r R) M
///
/// M: fatigued share (0..1), a: activation of the unit's unfatigued fibers while it contracts (0..1), d:
/// share of the time in which it contracts (the duty of a rhythmic task, 1 when isometric, 0 at rest), F:
/// fatigue rate of the unit [PotvinFuglevand2017], R: recovery rate, r: rest multiplier. It is the
/// three-compartment model (resting, active, fatigued) of Xia and Frey-Law 2008 [XiaFreyLaw2008], with
/// recovery speeded whenever the muscle is not loaded [Looft2018] and the active share set by the motor-unit
/// pool, averaged over the cycle of the task, which is short against 1/F and 1/R. Exact for constant a and d.
/// Valid from seconds to tens of minutes.
#pragma once

#include <cmath>

#include "core/contracts.h"
#include "core/quantity.h"

namespace myoaxis {

struct FatigueParams {
  PerSecond recovery;
  Number rest_multiplier;
};

/// How a motor unit contracts: at `activation` for the share `duty` of the time.
struct Contracting {
  double activation = 0;
  double duty = 0;
};

/// Fatigued share after `dt`, from `fatigued` (0..1).
inline double fatigued_after(double fatigued, Contracting contracting, PerSecond fatigue_rate,
                             FatigueParams const& p, Seconds dt) {
  EXPECTS(fatigued >= 0 && fatigued <= 1 && contracting.activation >= 0 && contracting.activation <= 1);
  auto const duty = contracting.activation > 0 ? contracting.duty : 0.0;
  auto const tiring = fatigue_rate.value() * duty * contracting.activation;
  auto const recovering = p.recovery.value() * (duty + (1 - duty) * p.rest_multiplier.value());
  auto const total = tiring + recovering;
  if (total <= 0) return fatigued;
  auto const settled = tiring / total;
  return settled + (fatigued - settled) * std::exp(-total * dt.value());
}

}  // namespace myoaxis

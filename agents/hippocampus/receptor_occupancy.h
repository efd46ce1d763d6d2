/// Share of a factor's receptors that is occupied.
///
///     theta = C / (C + K_d)                     (0..1)
///
/// C: free concentration in the interstitial fluid, K_d: dissociation constant. Langmuir 1918 [Langmuir1918]
/// binding at equilibrium; receptors read and do not deplete. What the fold over rest does to a process:
/// effect.h.
#pragma once

#include "core/contracts.h"
#include "core/quantity.h"

namespace myoaxis {

inline Fraction receptor_occupancy(MolesPerCubicMeter free, MolesPerCubicMeter dissociation) {
  EXPECTS(free.value() >= 0 && dissociation.value() > 0);
  return Fraction{free.value() / (free.value() + dissociation.value())};
}

}  // namespace myoaxis

/// Share of a factor's receptors that is occupied, and what the fold over rest does to a process.
///
///     theta = C / (C + K_d)                     (0..1)
///     m = (theta / theta_rest)^g                factor on a rate
///
/// C: free concentration in the interstitial fluid, K_d: dissociation constant, g: gain. Langmuir 1918
/// [Langmuir1918] binding at equilibrium; receptors read and do not deplete. The power law in the fold is an
/// assumption; the gains carry the status "assumed" (configs/factors/).
#pragma once

#include <cmath>

#include "core/contracts.h"
#include "core/quantity.h"

namespace myoaxis {

inline Fraction receptor_occupancy(MolesPerCubicMeter free, MolesPerCubicMeter dissociation) {
  EXPECTS(free.value() >= 0 && dissociation.value() > 0);
  return Fraction{free.value() / (free.value() + dissociation.value())};
}

/// `fold`: occupancy over occupancy at rest.
inline double modulation(double fold, Number gain) {
  EXPECTS(fold >= 0);
  return std::pow(fold, gain.value());
}

}  // namespace myoaxis

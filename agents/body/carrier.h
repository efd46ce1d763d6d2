/// Facilitated transport by a carrier that works both ways alike, such as MCT1 for lactate at the blood-brain
/// barrier.
///
///     J = V (c_b / (K + c_b) - c_t / (K + c_t))                  [mol/kg/s], blood to tissue
///     P(c) = V / (K + c)                                         [m^3/kg/s]
///     J = P(c_b at rest) c_b - P(c_t at rest) c_t + remainder
///
/// c_b, c_t: concentrations in blood and tissue fluid, V: maximal one-way flux per mass of tissue, K:
/// concentration of half of it. Reversible symmetric Michaelis-Menten transport; V and K of lactate in man
/// from [Boumezbeur2010]. P is the chord of the one-way flux up to the resting concentration of its side, so
/// that both one-way fluxes at rest are exact in the linear part, and the remainder vanishes there. Steady
/// carriers: no coupling to protons, no trans-stimulation.
#pragma once

#include "core/contracts.h"
#include "core/quantity.h"

namespace myoaxis {

struct CarrierParams {
  MolesPerKilogramSecond maximal;
  MolesPerCubicMeter half_saturation;
};

inline MolesPerKilogramSecond carrier_flux(MolesPerCubicMeter blood, MolesPerCubicMeter tissue,
                                           CarrierParams const& p) {
  EXPECTS(blood.value() >= 0 && tissue.value() >= 0 && p.half_saturation.value() > 0);
  auto const k = p.half_saturation.value();
  // The difference as one fraction: nothing cancels when both sides are nearly equal.
  return MolesPerKilogramSecond{p.maximal.value() * k * (blood.value() - tissue.value()) /
                                ((k + blood.value()) * (k + tissue.value()))};
}

/// Permeability-surface product of the linear part.
inline SpecificFlow carrier_permeability(MolesPerCubicMeter at_rest, CarrierParams const& p) {
  EXPECTS(at_rest.value() >= 0 && p.half_saturation.value() > 0);
  return SpecificFlow{p.maximal.value() / (p.half_saturation.value() + at_rest.value())};
}

/// What a carrier joins, as concentrations in blood and in tissue fluid.
struct CarrierSides {
  MolesPerCubicMeter blood;
  MolesPerCubicMeter tissue;
};

/// Flux beyond the linear part.
inline MolesPerKilogramSecond carrier_remainder(CarrierSides const& now, CarrierSides const& at_rest,
                                                CarrierParams const& p) {
  auto const linear = carrier_permeability(at_rest.blood, p).value() * now.blood.value() -
                      carrier_permeability(at_rest.tissue, p).value() * now.tissue.value();
  return MolesPerKilogramSecond{carrier_flux(now.blood, now.tissue, p).value() - linear};
}

}  // namespace myoaxis

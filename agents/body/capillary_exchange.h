/// Exchange of a protein between the plasma of an organ and its interstitium.
///
///     plasma -> interstitium:  PS + (1 - sigma) J     interstitium -> plasma:  PS     interstitium -> lymph:
///     J
///
/// per kg of organ, with PS = e J_rest and all flows in m^3/kg/s. J: lymph flow, sigma: reflection
/// coefficient, e = PS / J of the factor's size by the two-pore law [LiShah2019] at rest. Kedem-Katchalsky
/// form with diffusion and convection added. In working muscle PS and J rise linearly with intensity, by the
/// organism's folds.
#pragma once

#include "core/quantity.h"

namespace myoaxis {

struct ExchangeFlows {
  SpecificFlow out_of_plasma;
  SpecificFlow back_to_plasma;
  SpecificFlow lymph;
};

/// `exchange_scale` and `lymph_scale` are 1 at rest.
inline ExchangeFlows exchange_flows(SpecificFlow lymph_at_rest, Number exchange_per_lymph,
                                    Fraction reflection, Number exchange_scale, Number lymph_scale) {
  auto const ps = exchange_per_lymph.value() * lymph_at_rest.value() * exchange_scale.value();
  auto const lymph = lymph_at_rest.value() * lymph_scale.value();
  return {SpecificFlow{ps + (1 - reflection.value()) * lymph}, SpecificFlow{ps}, SpecificFlow{lymph}};
}

}  // namespace myoaxis

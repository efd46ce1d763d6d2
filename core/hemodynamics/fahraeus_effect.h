/// Red cells run ahead of plasma, so a narrow tube holds fewer of them than it delivers.
#pragma once

#include <cmath>

#include "core/contracts.h"
#include "core/quantity.h"

namespace myoaxis {

/// Tube hematocrit H_T of a vessel that delivers the discharge hematocrit H_D:
///
///     H_T / H_D = H_D + (1 - H_D) (1 + 1.7 exp(-0.415 D) - 0.6 exp(-0.011 D))
///
/// [Pries1990]. D: the rheological_diameter in um, as for the viscosity. Measured from 3.3 um on; below about
/// 3 um the ratio would exceed 1 and is kept there, since cells never run behind plasma.
inline Fraction tube_hematocrit(double diameter_um, Fraction discharge_hematocrit) {
  EXPECTS(diameter_um > 0 && discharge_hematocrit.value() >= 0 && discharge_hematocrit.value() <= 1);
  auto const delivered = discharge_hematocrit.value();
  auto const dilute = 1 + 1.7 * std::exp(-0.415 * diameter_um) - 0.6 * std::exp(-0.011 * diameter_um);
  return Fraction{delivered * (delivered + (1 - delivered) * std::fmin(1.0, dilute))};
}

}  // namespace myoaxis

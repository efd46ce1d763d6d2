/// Steady laminar flow in a straight tube.
#pragma once

#include <numbers>

#include "core/contracts.h"
#include "core/quantity.h"

namespace myoaxis {

namespace unit {
struct CubicMeterPerPascalSecond {
  static constexpr std::string_view symbol = "m3 Pa-1 s-1";
};
}  // namespace unit
/// Flow for each unit of pressure drop.
using HydraulicConductance = Quantity<unit::CubicMeterPerPascalSecond>;

/// Conductance of a tube of diameter d and length l for a fluid of apparent viscosity mu:
///
///     G = pi d^4 / (128 mu l)          [m3 / (Pa s)]
///
/// Hagen-Poiseuille. Holds for Reynolds numbers far below 2000 and tubes long against their width; entrance
/// lengths are left out.
inline HydraulicConductance hydraulic_conductance(Meters diameter, Meters length, PascalSeconds viscosity) {
  EXPECTS(diameter.value() > 0 && length.value() > 0 && viscosity.value() > 0);
  auto const d = diameter.value();
  return HydraulicConductance{std::numbers::pi * d * d * d * d / (128 * viscosity.value() * length.value())};
}

/// Shear stress at the wall of a tube of diameter d with flow Q:
///
///     tau = 32 mu |Q| / (pi d^3)       [Pa]
inline Pascals wall_shear_stress(Meters diameter, CubicMetersPerSecond flow, PascalSeconds viscosity) {
  EXPECTS(diameter.value() > 0);
  auto const d = diameter.value();
  auto const q = flow.value() < 0 ? -flow.value() : flow.value();
  return Pascals{32 * viscosity.value() * q / (std::numbers::pi * d * d * d)};
}

}  // namespace myoaxis

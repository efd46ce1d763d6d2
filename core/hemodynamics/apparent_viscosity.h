/// How viscous blood appears in a narrow tube, by its diameter and the share of red cells in it.
#pragma once

#include <algorithm>
#include <cmath>

#include "core/contracts.h"
#include "core/quantity.h"

namespace myoaxis {

/// Blood whose rheology is asked for.
struct Blood {
  /// 1.0466 cP [PriesSecomb2008].
  PascalSeconds plasma_viscosity{1.0466e-3};
  /// Volume of a mean red cell; 55 fl is a rat's, 92 fl a man's [PriesSecomb2008].
  CubicMeters mean_cell_volume{55e-18};
};

/// Diameter (um) that the laws of viscosity are written for: they were measured with human cells, and a
/// vessel is narrow in relation to its cells. D = d (92 fl / mean cell volume)^(1/3), at least 2 um: no law
/// holds below, where a cell would fill the vessel, and the in vivo factor (D / (D - W))^2 has its pole at
/// W = 1.1 um. So every vessel has a finite viscosity.
inline double rheological_diameter(Meters diameter, CubicMeters mean_cell_volume) {
  EXPECTS(diameter.value() > 0 && mean_cell_volume.value() > 0);
  constexpr double smallest = 2;
  return std::max(smallest, diameter.value() * 1e6 * std::cbrt(92e-18 / mean_cell_volume.value()));
}

/// Exponent of the dependence on hematocrit in both laws, at D um:
///
///     C = (0.80 + exp(-0.075 D)) (-1 + 1/(1 + 1e-11 D^12)) + 1/(1 + 1e-11 D^12)
///
/// [PriesSecomb2008]. From 1 in a capillary (linear) to -0.8 in a wide vessel.
inline double hematocrit_exponent(double diameter_um) {
  auto const narrow = 1 / (1 + 1e-11 * std::pow(diameter_um, 12));
  return (0.80 + std::exp(-0.075 * diameter_um)) * (-1 + narrow) + narrow;
}

/// ((1 - H)^C - 1) / ((1 - 0.45)^C - 1): 0 without cells, 1 at the reference hematocrit of 0.45. Its limit at
/// C = 0, log(1 - H) / log(0.55), is taken near there.
inline double hematocrit_factor(double hematocrit, double exponent) {
  EXPECTS(hematocrit >= 0 && hematocrit < 1);
  auto const here = std::log1p(-hematocrit);
  auto const reference = std::log1p(-0.45);
  if (std::abs(exponent) < 1e-9) return here / reference;
  return std::expm1(exponent * here) / std::expm1(exponent * reference);
}

/// Viscosity relative to plasma in a living vessel, with its endothelial surface layer:
///
///     mu = [1 + (mu_45 - 1) h(H) (D / (D - W))^2] (D / (D - W))^2
///     mu_45 = 6 exp(-0.085 D) + 3.2 - 2.44 exp(-0.06 D^0.645),     W = 1.1 um
///
/// with h the hematocrit_factor and D the rheological_diameter in um. [Pries1994], as restated in
/// [PriesSecomb2008]. Measured in rat mesentery, D from about 4 to 60 um, discharge hematocrits H up to 0.7.
inline double relative_viscosity_in_vivo(double diameter_um, Fraction discharge_hematocrit) {
  EXPECTS(diameter_um >= 2);
  auto const lumen = diameter_um / (diameter_um - 1.1);
  auto const at_reference =
      6 * std::exp(-0.085 * diameter_um) + 3.2 - 2.44 * std::exp(-0.06 * std::pow(diameter_um, 0.645));
  auto const factor = hematocrit_factor(discharge_hematocrit.value(), hematocrit_exponent(diameter_um));
  return (1 + (at_reference - 1) * factor * lumen * lumen) * lumen * lumen;
}

/// Viscosity relative to plasma in a glass tube:
///
///     mu = 1 + (mu_45 - 1) h(H),     mu_45 = 220 exp(-1.3 D) + 3.2 - 2.44 exp(-0.06 D^0.645)
///
/// [Pries1992]. D from 3.3 to 1978 um.
inline double relative_viscosity_in_vitro(double diameter_um, Fraction discharge_hematocrit) {
  auto const at_reference =
      220 * std::exp(-1.3 * diameter_um) + 3.2 - 2.44 * std::exp(-0.06 * std::pow(diameter_um, 0.645));
  return 1 + (at_reference - 1) *
                 hematocrit_factor(discharge_hematocrit.value(), hematocrit_exponent(diameter_um));
}

enum class ViscosityLaw { in_vivo, in_vitro, constant };

/// Apparent viscosity by the chosen law; `constant` is what the law of that name gives everywhere.
inline PascalSeconds apparent_viscosity(ViscosityLaw law, Meters diameter, Fraction discharge_hematocrit,
                                        Blood const& blood, PascalSeconds constant) {
  auto const diameter_um = rheological_diameter(diameter, blood.mean_cell_volume);
  switch (law) {
    case ViscosityLaw::in_vivo:
      return PascalSeconds{blood.plasma_viscosity.value() *
                           relative_viscosity_in_vivo(diameter_um, discharge_hematocrit)};
    case ViscosityLaw::in_vitro:
      return PascalSeconds{blood.plasma_viscosity.value() *
                           relative_viscosity_in_vitro(diameter_um, discharge_hematocrit)};
    case ViscosityLaw::constant:
      break;
  }
  return constant;
}

}  // namespace myoaxis

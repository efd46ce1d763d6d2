/// A made bed of vessels: an arterial tree, its capillaries and a mirrored venous tree, from a seed.
#pragma once

#include <cstdint>

#include "core/draws.h"
#include "core/hemodynamics/vascular_network.h"

namespace myoaxis {

/// How the bed branches. Diameters at a division follow
///
///     d_parent^m = d_1^m + d_2^m,      d_2 / d_1 = asymmetry in (0, 1]
///
/// with the exponent m: 3 by Murray's law of least work [Murray1926], 2.7 as measured in many beds.
struct MurrayTreeParams {
  int generations = 5;  ///< of divisions: the arterial tree has 2^generations leaves; at most 12
  double exponent = 3;
  /// Mean ratio of the narrower to the wider branch, and how far single divisions are from it: they are drawn
  /// evenly from asymmetry +- asymmetry_spread, within (0.2, 1].
  double asymmetry = 0.8;
  double asymmetry_spread = 0.1;
  /// Length of a vessel over its radius, and the coefficient of variation of single vessels (log-normal).
  double length_to_radius = 20;
  double length_variation = 0.2;
  Meters capillary_diameter{5e-6};
  Meters capillary_length{300e-6};
  double capillary_length_variation = 0.3;
  /// Veins are wider than the arteries that they mirror.
  double vein_to_artery_diameter = 1.5;
  /// One capillary joins each leaf to its mirror image. Mean diameter of the leaves: the root follows from
  /// it.
  Meters terminal_artery_diameter{8e-6};
  Pascals inlet_pressure{8000};
  Pascals outlet_pressure{2000};
  Fraction inflow_hematocrit{0.45};
};

/// The bed as a network of one inlet and one outlet. Segments stand in the order arteries, capillaries, veins
/// and are called a1, a2, ..., c1, ..., v1, ...; the children of artery k are 2k and 2k + 1, and vein k is
/// the mirror of artery k. Vessel k draws at the address (luck, vessel_geometry, bed and k): another seed,
/// subject or bed is another tree, and a deeper tree begins with divisions of the same ratios. Positions lie
/// in a plane and are for drawing; lengths are not the distances between them.
///
/// `bed` numbers the beds of one subject, so that two beds differ.
VascularNetwork murray_tree(MurrayTreeParams const& params, Luck luck, std::uint32_t bed = 0);

/// Diameter of a tree's root when all its divisions are even: d_leaf 2^(generations / m).
Meters murray_root_diameter(MurrayTreeParams const& params);

}  // namespace myoaxis

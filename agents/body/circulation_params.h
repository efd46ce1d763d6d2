/// What the body is made of, as far as transport sees it: organs, vessels, fluids. Values:
/// configs/organisms/.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/hemodynamics/murray_tree.h"
#include "core/quantity.h"

namespace myoaxis {

/// A stretch of the circulation that all blood passes.
struct VesselParams {
  CubicMeters blood;
  Fraction relative_dispersion;  // of its transit time
};

/// Interstitium of an organ behind its capillaries.
struct InterstitiumParams {
  CubicMetersPerKilogram volume;  // per kg of organ
  SpecificFlow lymph;             // at rest
};

struct OrganParams {
  std::string name;
  Kilograms mass;
  CubicMeters blood;
  Fraction flow_share;     // of cardiac output at rest
  Number flow_change_max;  // relative change of flow at VO2max; not used for muscle, which takes the rest
  Fraction relative_dispersion;  // standard deviation of the transit time over its mean
  std::optional<InterstitiumParams> interstitium;
  std::string drains_into;  // the organ its venous blood goes to, or empty for the veins
};

/// How finely vessels are simulated: each bed as a few stages, or networks vessel by vessel.
enum class Resolution { lumped, resolved };

struct CirculationParams {
  CubicMetersPerSecond cardiac_output;
  CubicMetersPerSecond cardiac_output_max;
  Fraction hematocrit;
  Seconds flow_time_constant;
  Number exchange_fold;  // factor on capillary PS of working muscle at VO2max
  Number lymph_fold;
  SpecificFlow hippocampus_flow;
  CubicMeters mean_cell_volume;                // of a red cell
  std::optional<Fraction> highest_extraction;  // of what flows through an organ, that it can clear
  MurrayTreeParams muscle_tree, hippocampus_tree;
  VesselParams right_heart, lungs, left_heart, arteries, veins;
  std::vector<OrganParams> organs;
};

struct BrainParams {
  Kilograms hippocampus_mass;  // both sides, with the dentate gyri
  Kilograms dentate_mass;      // both sides
  CubicMetersPerKilogram interstitium;
  CubicMeters csf_volume;
  CubicMetersPerSecond csf_flow;
  SpecificFlow bulk_flow;
};

/// The parts of brain that the simulation resolves.
struct BrainScale {
  Fraction dentate_fraction;  // share of the dentate gyri whose young cells are simulated
  std::size_t niches = 1;
};

}  // namespace myoaxis

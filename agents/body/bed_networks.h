/// The networks of vessels of an organism: measured ones, or trees that are made from its seed.
#pragma once

#include <optional>

#include "agents/body/body_layout.h"
#include "core/draws.h"
#include "core/hemodynamics/murray_tree.h"

namespace myoaxis {

/// How vessels are simulated, and the measured networks that stand in for those of an organ.
struct CirculationDesign {
  Resolution resolution = Resolution::lumped;
  std::size_t vessel_cells = 40;  // of each network, when it is resolved
  std::optional<VascularNetwork> muscle_network;
  std::optional<VascularNetwork> hippocampus_network;
};

/// Solves the flow of the measured networks; when vessels are resolved, trees stand in where there is none.
/// Lumped beds without a measured network have no network. Throws NetworkError.
BedNetworks make_bed_networks(CirculationDesign const& design, CirculationParams const& circulation,
                              Luck luck);

}  // namespace myoaxis

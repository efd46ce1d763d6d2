#include "agents/body/bed_networks.h"

#include <utility>

namespace myoaxis {
namespace {

SolvedNetwork solved(VascularNetwork network, CirculationParams const& circulation) {
  BloodFlowOptions options;
  options.blood.mean_cell_volume = circulation.mean_cell_volume;
  auto blood = solve_blood_flow(network, options);
  return {std::move(network), std::move(blood), options.blood};
}

std::optional<SolvedNetwork> network_of_bed(std::optional<VascularNetwork> const& measured,
                                            CirculationDesign const& design, MurrayTreeParams tree,
                                            CirculationParams const& circulation, Luck luck,
                                            std::uint32_t bed) {
  if (measured) return solved(*measured, circulation);
  if (design.resolution == Resolution::lumped) return {};
  tree.inflow_hematocrit = circulation.hematocrit;
  return solved(murray_tree(tree, luck, bed), circulation);
}

}  // namespace

BedNetworks make_bed_networks(CirculationDesign const& design, CirculationParams const& circulation,
                              Luck luck) {
  constexpr std::uint32_t muscle = 0, hippocampus = 1;
  return {network_of_bed(design.muscle_network, design, circulation.muscle_tree, circulation, luck, muscle),
          network_of_bed(design.hippocampus_network, design, circulation.hippocampus_tree, circulation, luck,
                         hippocampus),
          design.resolution, design.vessel_cells};
}

}  // namespace myoaxis

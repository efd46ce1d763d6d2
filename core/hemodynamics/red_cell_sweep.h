/// Red cells carried down a network whose flows are known.
#pragma once

#include <span>
#include <vector>

#include "core/hemodynamics/flow_solver.h"
#include "core/hemodynamics/vascular_network.h"

namespace myoaxis {

/// No vessel is filled beyond this hematocrit, unless its feed is: viscosity stays finite.
inline constexpr double kHighestHematocrit = 0.99;
/// A vessel that brings or takes less than this share of a junction's flow counts by degrees, down to nothing
/// at no flow: so hematocrits do not jump when the flow of a small connecting vessel turns.
inline constexpr double kMinorShare = 0.01;
/// A vessel with less than this share of the total inflow stands still.
inline constexpr double kStillShare = 1e-12;

/// Discharge hematocrits of all segments, given the flows: each node, in the order of the stream, mixes what
/// comes in and hands it on. The feed's diameter is the largest of the inflows'. One outflow takes all cells;
/// two share them by the law of phase separation. Three and more are divided as if they branched off one
/// after another, in the order of the list, each next feed as wide as its first branch (as Secomb's NetFlow
/// does; the law was measured for two branches alone). At an open end, or where all blood comes from outside,
/// cells go with the blood. Where a branch would be filled beyond kHighestHematocrit, what is too much goes
/// on to the others. So red cells are conserved at each node.
class RedCellSweep {
 public:
  explicit RedCellSweep(VascularNetwork const& network);

  /// `hematocrit`, one a segment, is overwritten. In a vessel that stands still it becomes that of the blood
  /// around, without effect on anything.
  void run(FlowField const& field, std::span<double> hematocrit) const;

 private:
  struct Feed;
  Feed mix(std::uint32_t node, FlowField const& field, double still,
           std::span<double const> hematocrit) const;
  void divide(Feed const& feed, std::span<std::uint32_t const> outflows, FlowField const& field,
              std::span<double> hematocrit) const;
  Meters next_diameter(std::span<std::uint32_t const> later, double leaving, FlowField const& field) const;

  std::vector<VesselSegment> segments_;
  std::vector<VesselBoundary> boundaries_;
  std::vector<std::uint32_t> first_;  // of each node in segments_at_, and the end
  std::vector<std::uint32_t> segments_at_;
  std::vector<std::int32_t> boundary_at_;  // of each node; -1: none
};

/// Largest imbalance of red cells at a node, as a share of the total inflow of blood.
double red_cell_error(VascularNetwork const& network, FlowField const& field,
                      std::span<double const> hematocrit);

}  // namespace myoaxis

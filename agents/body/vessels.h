/// Vessels as cells of the transport graph that blood passes: a chain of well-mixed stages, or the vessels of
/// a network one by one.
///
/// Flow is given as shares of what enters the vessels as a whole, so one description serves every state of
/// the circulation. Proteins fill the plasma of a cell only.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "core/quantity.h"
#include "core/transport/graph.h"

namespace myoaxis {

/// Where a cell of a network lies: a piece of one of its vessels, in the direction of the stream.
struct VesselCourse {
  std::array<Meters, 3> from{};
  std::array<Meters, 3> to{};
  Meters diameter{};
  double copies = 1;  // vessels of this kind that lie side by side in the organ
};

struct Vessels {
  /// What flows from one cell into another.
  struct Path {
    std::size_t from;
    std::size_t to;
    double share;
  };
  /// What enters or leaves the vessels by a cell.
  struct Port {
    std::size_t cell;
    double share;
  };

  std::vector<CellId> cells;        // in an order in which blood passes them
  std::vector<CubicMeters> plasma;  // of each
  std::vector<double> exchange;     // share of each in the wall through which they exchange; sums to 1
  std::vector<Path> paths;          // in the order of the cells that they leave
  std::vector<Port> inlets;         // shares sum to 1
  std::vector<Port> outlets;        // likewise
  /// Of each cell; nothing for a stage that is no vessel in particular.
  std::vector<std::optional<VesselCourse>> courses;

  std::size_t size() const { return cells.size(); }
  CellId first() const { return cells[inlets.front().cell]; }
  CellId last() const { return cells[outlets.back().cell]; }
  CubicMeters total_plasma() const;
  /// Share of the flow through the vessels that passes each cell.
  std::vector<double> through() const;
};

/// Stages in series with these volumes of plasma; walls in proportion to volume. Adds cells NAME.1, NAME.2,
/// ...
Vessels make_chain(Layout& layout, std::string const& name, std::span<double const> stage_plasma);

/// Shares of a chain's stages in its volume for which its residence time has the relative dispersion
/// (standard deviation over mean, 0 < d <= 1).
std::vector<double> stage_shares(Fraction relative_dispersion);

/// Rate of each cell when the walls clear at `rate` in the mean of all plasma: none where nothing exchanges.
std::vector<double> wall_rates(Vessels const& vessels, PerSecond rate);

/// Share of what enters that leaves again, when the walls clear at `rate` and `plasma_flow` passes.
double passed_share(Vessels const& vessels, CubicMetersPerSecond plasma_flow, PerSecond rate);

/// Mean concentration along walls of which each cell has the share `wall`, from the contents of all cells of
/// the graph (amount/m^3 of plasma).
double wall_concentration(Vessels const& vessels, std::span<double const> wall,
                          std::span<double const> content);

/// Mean concentration of what leaves, likewise.
double outflow_concentration(Vessels const& vessels, std::span<double const> content);

}  // namespace myoaxis

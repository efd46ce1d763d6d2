/// Pressures and flows of a network of tubes whose conductances are given.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/hemodynamics/vascular_network.h"

namespace myoaxis {

/// The state of flow of a network.
struct FlowField {
  std::vector<double> pressure;  ///< Pa, of each node; NaN at a node without segments
  std::vector<double> flow;      ///< m3 / s, of each segment, positive from `from` to `to`
  std::vector<double> inflow;    ///< m3 / s, at each boundary, positive into the network
  /// All nodes, each after those that it gets blood from: falling pressure.
  std::vector<std::uint32_t> downstream;
  double total_inflow = 0;  ///< m3 / s, sum of the positive ones of `inflow`
};

/// Solves
///
///     sum over neighbors j of G_ij (p_i - p_j) = inflow at i
///
/// by sparse Cholesky factorization (Eigen), nodes of known pressure eliminated. The factorization's pattern
/// is kept, so that new conductances cost little. Conductances are scaled by their largest; pressures are
/// refined in extended precision, since the drop along a short wide vessel may be a tiny part of the whole.
class FlowSolver {
 public:
  /// Throws NetworkError when the network has no unique flow. Dead ends are allowed: their flow is nil.
  explicit FlowSolver(VascularNetwork const& network);
  ~FlowSolver();
  FlowSolver(FlowSolver&&) noexcept;

  /// `conductance`: m3 / (Pa s), positive, one a segment.
  FlowField solve(std::span<double const> conductance);

 private:
  struct System;
  std::unique_ptr<System> system_;
};

/// The same, for one set of conductances.
FlowField solve_flow(VascularNetwork const& network, std::span<double const> conductance);

/// Largest imbalance of a node, as a share of the total inflow (0 when nothing flows).
double conservation_error(VascularNetwork const& network, FlowField const& field);

}  // namespace myoaxis

/// How long blood takes through a network, from where it enters to where it leaves.
///
/// Blood fills each vessel as a plug and mixes at nodes: what arrives there leaves by each vessel in
/// proportion to its flow. A vessel may add a variance of its own (as Taylor-Aris dispersion does).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/draws.h"
#include "core/hemodynamics/flow_solver.h"
#include "core/hemodynamics/vascular_network.h"

namespace myoaxis {

/// Volume over flow of each segment, s; infinite where blood stands still.
std::vector<double> segment_transit_times(VascularNetwork const& network, FlowField const& field);

/// Volume of the vessels that carry flow.
CubicMeters flowing_volume(VascularNetwork const& network, FlowField const& field);

struct TransitMoments {
  Seconds mean;
  double variance = 0;  ///< s2
};

/// Flow-weighted mean and variance of the transit from all inlets to all outlets, exactly: moments are handed
/// from node to node in the order of the stream. The mean equals flowing volume over total inflow.
/// `variance`: s2 that each segment adds to its plug flow, or nothing. NaN when nothing flows.
TransitMoments transit_moments(VascularNetwork const& network, FlowField const& field,
                               std::span<double const> variance = {});

/// Transit times (s), in ascending order, of `paths` random ways through the network, each chosen at the
/// inlets and at every node in proportion to flow: a sample of the transit's distribution. Path k draws at
/// the address (luck, vessel_path, k), so a longer sample continues a shorter one. With `variance` a
/// segment's time is a gamma variate of that mean and variance. Empty when nothing flows.
std::vector<double> sample_transits(VascularNetwork const& network, FlowField const& field, std::size_t paths,
                                    Luck luck, std::span<double const> variance = {});

}  // namespace myoaxis

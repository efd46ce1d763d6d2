/// The microcirculation of an organ: a network of vessels, of which the organ holds many side by side.
///
/// A network with the plasma inflow q is there Q / q times, Q: plasma flow of the organ at rest. What these
/// copies leave of the organ's plasma fills the veins behind them. Flow may rise in exercise: the volumes
/// stay, and the shares of the vessels in it. Each segment becomes cells in series, more of them where blood
/// stays longer, so that few cells blur the transit little; plasma runs and fills by discharge and tube
/// hematocrit. The veins are dispersed so that the transit of the whole has the organ's relative dispersion,
/// as far as the network leaves room for it.
#pragma once

#include <optional>
#include <string>

#include "agents/body/vessels.h"
#include "core/hemodynamics/blood_flow.h"
#include "core/hemodynamics/vascular_network.h"

namespace myoaxis {

/// A network with its flow.
struct SolvedNetwork {
  VascularNetwork network;
  BloodFlow blood;
  Blood rheology;
};

/// The organ, or the part of one, that the network stands in for.
struct BedDemand {
  CubicMeters plasma;
  CubicMetersPerSecond plasma_flow;  // at rest
  Fraction relative_dispersion;
};

/// Vessels up to this diameter exchange with the tissue; if none is so narrow, all do.
inline constexpr Meters kWidestCapillary{9e-6};

/// Mean and variance of the time that blood needs to pass.
struct Transit {
  Seconds mean;
  double variance = 0;  // s^2
};

/// Of well-mixed cells.
Transit transit_of(Vessels const& vessels, CubicMetersPerSecond plasma_flow);

/// The vessels one by one, in about `cells` cells, named NAME.SEGMENT.1, ..., then veins NAME.veins.1, ...
/// Throws NetworkError when the copies hold more than the organ.
Vessels make_network_vessels(Layout& layout, std::string const& name, SolvedNetwork const& solved,
                             BedDemand const& demand, std::size_t cells);

/// A chain NAME.1, ... with the transit of the network and the veins behind it, in mean and variance.
Vessels make_lumped_network(Layout& layout, std::string const& name, SolvedNetwork const& solved,
                            BedDemand const& demand);

}  // namespace myoaxis

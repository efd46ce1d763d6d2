#include "core/hemodynamics/transit.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/contracts.h"
#include "core/distributions.h"
#include "core/hemodynamics/red_cell_sweep.h"

namespace myoaxis {
namespace {

constexpr std::uint32_t kOut = std::numeric_limits<std::uint32_t>::max();

/// A way on from a node: a segment, or out of the network.
struct Way {
  std::uint32_t segment;
  std::uint32_t node;  ///< that it leads to; kOut at an open end
  double flow;
};

struct Stream {
  Stream(VascularNetwork const& network, FlowField const& field) : ways(network.nodes.size()) {
    auto const still = kStillShare * field.total_inflow;
    for (std::uint32_t i = 0; i < network.segments.size(); ++i) {
      auto const flow = field.flow[i];
      if (std::abs(flow) <= still) continue;
      auto const from = network.segments[i].from.index();
      auto const to = network.segments[i].to.index();
      ways[flow > 0 ? from : to].push_back({i, flow > 0 ? to : from, std::abs(flow)});
    }
    for (std::size_t i = 0; i < network.boundaries.size(); ++i) {
      auto const node = network.boundaries[i].node.index();
      if (field.inflow[i] > still) inlets.push_back({0, node, field.inflow[i]});
      if (field.inflow[i] < -still) ways[node].push_back({0, kOut, -field.inflow[i]});
    }
  }

  std::vector<std::vector<Way>> ways;
  std::vector<Way> inlets;
};

Way const& choose(std::vector<Way> const& ways, Draws& draws) {
  double total = 0;
  for (auto const& way : ways) total += way.flow;
  auto rest = unit_interval(draws) * total;
  for (auto const& way : ways) {
    if (rest < way.flow) return way;
    rest -= way.flow;
  }
  return ways.back();
}

}  // namespace

std::vector<double> segment_transit_times(VascularNetwork const& network, FlowField const& field) {
  auto const still = kStillShare * field.total_inflow;
  std::vector<double> times;
  for (std::size_t i = 0; i < network.segments.size(); ++i) {
    auto const flow = std::abs(field.flow[i]);
    times.push_back(flow > still ? volume(network.segments[i]).value() / flow
                                 : std::numeric_limits<double>::infinity());
  }
  return times;
}

CubicMeters flowing_volume(VascularNetwork const& network, FlowField const& field) {
  auto const times = segment_transit_times(network, field);
  double sum = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (std::isfinite(times[i])) sum += volume(network.segments[i]).value();
  }
  return CubicMeters{sum};
}

TransitMoments transit_moments(VascularNetwork const& network, FlowField const& field,
                               std::span<double const> variance) {
  EXPECTS(variance.empty() || variance.size() == network.segments.size());
  auto const times = segment_transit_times(network, field);
  Stream const stream{network, field};
  // Of what arrives at each node: flow, flow x mean age, flow x mean squared age.
  struct Arrived {
    double flow = 0, age = 0, square = 0;
  };
  std::vector<Arrived> arrived(network.nodes.size());
  Arrived out;
  for (auto const& inlet : stream.inlets) arrived[inlet.node].flow += inlet.flow;
  for (auto const node : field.downstream) {
    auto const& here = arrived[node];
    if (here.flow <= 0) continue;
    auto const age = here.age / here.flow;
    auto const square = here.square / here.flow;
    for (auto const& way : stream.ways[node]) {
      auto const open = way.node == kOut;
      auto const time = open ? 0 : times[way.segment];
      auto const spread = open || variance.empty() ? 0 : variance[way.segment];
      auto& there = open ? out : arrived[way.node];
      there.flow += way.flow;
      there.age += way.flow * (age + time);
      there.square += way.flow * (square + 2 * age * time + time * time + spread);
    }
  }
  auto const mean = out.age / out.flow;
  return {Seconds{mean}, std::max(0.0, out.square / out.flow - mean * mean)};
}

std::vector<double> sample_transits(VascularNetwork const& network, FlowField const& field, std::size_t paths,
                                    Luck luck, std::span<double const> variance) {
  EXPECTS(variance.empty() || variance.size() == network.segments.size());
  auto const times = segment_transit_times(network, field);
  Stream const stream{network, field};
  if (stream.inlets.empty()) return {};
  std::vector<double> transits(paths, 0.0);
  for (std::size_t path = 0; path < paths; ++path) {
    Draws draws{luck, Purpose::vessel_path, path, 0};
    auto node = choose(stream.inlets, draws).node;
    while (!stream.ways[node].empty()) {
      auto const way = choose(stream.ways[node], draws);
      if (way.node == kOut) break;
      auto const time = times[way.segment];
      auto const spread = variance.empty() ? 0 : variance[way.segment];
      transits[path] += spread > 0 ? time * sample_unit_gamma(draws, time * time / spread) : time;
      node = way.node;
    }
  }
  std::sort(transits.begin(), transits.end());
  return transits;
}

}  // namespace myoaxis

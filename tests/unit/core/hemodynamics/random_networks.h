/// Networks of vessels made from a seed, for tests: trees, meshes, and arterial trees joined to venous ones.
#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "core/draws.h"
#include "core/hemodynamics/vascular_network.h"

namespace myoaxis::test {

/// Which boundaries the open ends get.
enum class Ends { pressures, mixed };

class NetworkMaker {
 public:
  explicit NetworkMaker(std::uint64_t seed) : draws_{Luck{seed, 0}, Purpose::vessel_geometry, 0, 0} {}

  double uniform(double low, double high) { return low + (high - low) * unit_interval(draws_); }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(uniform(0, static_cast<double>(n))); }
  double normal() {  // Box-Muller
    auto const radius = std::sqrt(-2 * std::log(1 - unit_interval(draws_)));
    return radius * std::cos(2 * std::numbers::pi * unit_interval(draws_));
  }
  /// Log-normal about 10 um, within 4 to 40 um.
  Meters diameter() { return Meters{1e-6 * std::clamp(10 * std::exp(0.6 * normal()), 4.0, 40.0)}; }
  Meters length() { return Meters{1e-6 * std::clamp(150 * std::exp(0.7 * normal()), 10.0, 1500.0)}; }

  VesselNodeId add_node(VascularNetwork& network) {
    auto const index = static_cast<std::uint32_t>(network.nodes.size());
    network.nodes.push_back({fmt::format("n{}", index), {}});
    return VesselNodeId{index};
  }
  void join(VascularNetwork& network, VesselNodeId a, VesselNodeId b, Meters wide) {
    if (below(2) == 1) std::swap(a, b);  // the listed direction says nothing about the flow's
    network.segments.push_back({fmt::format("s{}", network.segments.size()), a, b, wide, length()});
  }
  void end_pressure(VascularNetwork& network, VesselNodeId node, double mmhg) {
    network.boundaries.push_back({node, Pascals{133.322 * mmhg}, Fraction{uniform(0.3, 0.5)}});
  }
  void end_flow(VascularNetwork& network, VesselNodeId node, double nl_per_min) {
    network.boundaries.push_back(
        {node, CubicMetersPerSecond{nl_per_min * 1e-12 / 60}, Fraction{uniform(0.3, 0.5)}});
  }

  /// A tree: vessels branch at random until there are `segments`; root at 60 mmHg, or with a flow.
  VascularNetwork tree(std::size_t segments, Ends ends) {
    VascularNetwork network;
    auto const root = add_node(network);
    auto leaves = grow(network, root, segments);
    end_pressure(network, root, 60);
    for (auto const leaf : leaves) {
      if (ends == Ends::mixed && below(3) == 0)
        end_flow(network, leaf, -uniform(0.05, 1));
      else
        end_pressure(network, leaf, uniform(12, 20));
    }
    return network;
  }

  /// An arterial and a venous tree whose leaves are joined at random: loops, as in a mesentery.
  VascularNetwork bed(std::size_t segments, Ends ends) {
    VascularNetwork network;
    auto const artery = add_node(network);
    auto arterial = grow(network, artery, segments * 3 / 8);
    auto const vein = add_node(network);
    auto venous = grow(network, vein, segments * 3 / 8);
    end_pressure(network, vein, 15);
    if (ends == Ends::mixed)
      end_flow(network, artery, uniform(100, 500));
    else
      end_pressure(network, artery, 60);
    std::size_t joined = 0;
    auto const most = std::max(arterial.size(), venous.size());
    for (; joined < most; ++joined)
      join(network, arterial[joined % arterial.size()], venous[joined % venous.size()], capillary());
    auto const inner = network.nodes.size();
    while (network.segments.size() < segments) {  // further capillaries between any two vessels
      auto const a = 2 + below(inner - 2);
      auto const b = 2 + below(inner - 2);
      if (a != b && a != vein.index() && b != vein.index())
        join(network, id_at<VesselNodeId>(a), id_at<VesselNodeId>(b), capillary());
    }
    for (int side = 0; side < 6; ++side) {  // other ways in and out
      auto const node = add_node(network);
      join(network, id_at<VesselNodeId>(1 + below(inner - 2)), node, capillary());
      if (ends == Ends::mixed)
        end_flow(network, node, uniform(-3, 3));
      else
        end_pressure(network, node, uniform(10, 50));
    }
    return network;
  }

  /// A honeycomb (three vessels at a node) or a grid (four) of random vessels, open along two sides.
  VascularNetwork mesh(std::size_t segments, Ends ends, int vessels_at_node = 3) {
    auto const side =
        static_cast<std::size_t>(std::sqrt(static_cast<double>(segments) * 2 / vessels_at_node));
    VascularNetwork network;
    for (std::size_t i = 0; i < side * side; ++i) add_node(network);
    auto const at = [&](std::size_t x, std::size_t y) { return id_at<VesselNodeId>(y * side + x); };
    for (std::size_t y = 0; y < side; ++y) {
      for (std::size_t x = 0; x < side; ++x) {
        if (x + 1 < side) join(network, at(x, y), at(x + 1, y), diameter());
        if (y + 1 < side && (vessels_at_node == 4 || (x + y) % 2 == 0))
          join(network, at(x, y), at(x, y + 1), diameter());
      }
    }
    for (std::size_t y = 0; y < side; ++y) {
      for (auto const x : {std::size_t{0}, side - 1}) {
        auto const node = add_node(network);
        join(network, at(x, y), node, diameter());
        if (ends == Ends::mixed && below(2) == 0 && y > 0)
          end_flow(network, node, (x == 0 ? 1 : -1) * uniform(0.5, 20));
        else
          end_pressure(network, node, x == 0 ? uniform(40, 60) : uniform(10, 20));
      }
    }
    return network;
  }

 private:
  Meters capillary() { return Meters{1e-6 * std::clamp(6 * std::exp(0.25 * normal()), 4.0, 12.0)}; }

  /// Grows a tree of vessels from a node and gives its leaves.
  std::vector<VesselNodeId> grow(VascularNetwork& network, VesselNodeId root, std::size_t segments) {
    std::vector<std::pair<VesselNodeId, double>> tips;  // node, diameter of the vessel that reaches it (um)
    auto const end = network.segments.size() + segments;
    auto const stem = uniform(25, 40);
    auto const first = add_node(network);
    join(network, root, first, Meters{1e-6 * stem});
    tips.emplace_back(first, stem);
    while (network.segments.size() + 2 <= end) {
      auto const i = below(tips.size());
      auto const [node, wide] = tips[i];
      tips.erase(tips.begin() + static_cast<std::ptrdiff_t>(i));
      for (int branch = 0; branch < 2; ++branch) {
        auto const child = std::clamp(wide * std::exp(-0.25 + 0.3 * normal()), 4.0, 40.0);
        auto const next = add_node(network);
        join(network, node, next, Meters{1e-6 * child});
        tips.emplace_back(next, child);
      }
    }
    std::vector<VesselNodeId> leaves;
    for (auto const& tip : tips) leaves.push_back(tip.first);
    return leaves;
  }

  Draws draws_;
};

}  // namespace myoaxis::test

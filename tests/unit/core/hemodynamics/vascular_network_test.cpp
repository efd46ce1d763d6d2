#include "core/hemodynamics/vascular_network.h"

#include <fmt/core.h>

#include <catch2/catch.hpp>
#include <functional>
#include <limits>
#include <numbers>

#include "core/hemodynamics/flow_solver.h"

using namespace myoaxis;

namespace {

VesselNodeId node_at(std::uint32_t index) { return VesselNodeId{index}; }

/// One vessel that divides in two.
VascularNetwork divided() {
  VascularNetwork network;
  network.nodes = {{"in", {}}, {"fork", {}}, {"left", {}}, {"right", {}}};
  network.segments = {{"a", node_at(0), node_at(1), Meters{1e-5}, Meters{1e-4}},
                      {"b", node_at(1), node_at(2), Meters{1e-5}, Meters{1e-4}},
                      {"c", node_at(1), node_at(3), Meters{1e-5}, Meters{1e-4}}};
  network.boundaries = {{node_at(0), Pascals{100}, Fraction{0.4}},
                        {node_at(2), Pascals{0}, Fraction{0.4}},
                        {node_at(3), CubicMetersPerSecond{-1e-14}, Fraction{0.4}}};
  return network;
}

constexpr auto kNaN = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("a sound network has no fault") { CHECK(faults_of(divided()).empty()); }

TEST_CASE("each fault of a network is named with its item") {
  struct Case {
    std::function<void(VascularNetwork&)> spoil;
    std::string expected;
  };
  std::vector<Case> const cases{
      {[](auto& n) { n.segments[1].diameter = Meters{0}; }, "segment 'b' has the diameter 0 um"},
      {[](auto& n) { n.segments[1].diameter = Meters{-3e-6}; }, "segment 'b' has the diameter -3 um"},
      {[](auto& n) { n.segments[1].diameter = Meters{kNaN}; }, "segment 'b' has the diameter nan um"},
      {[](auto& n) { n.segments[1].diameter = Meters{1e60}; }, "segment 'b' has the diameter 1e+66 um"},
      {[](auto& n) { n.segments[2].length = Meters{0}; }, "segment 'c' has the length 0 um"},
      {[](auto& n) { n.segments[2].name = n.segments[0].name; }, "two segments are called 'a'"},
      {[](auto& n) { n.nodes[2].name = n.nodes[0].name; }, "two nodes are called 'in'"},
      {[](auto& n) { n.nodes[2].position[1] = Meters{kNaN}; }, "node 'left' has a coordinate"},
      {[](auto& n) { n.segments[2].to = node_at(1); }, "segment 'c' begins and ends at node 'fork'"},
      {[](auto& n) { n.segments[2].to = node_at(9); }, "segment 'c' has an end that is no node"},
      {[](auto& n) { n.boundaries[2].node = node_at(9); }, "boundary 3 is at no node"},
      {[](auto& n) { n.boundaries[2].node = node_at(0); }, "node 'in' has two boundary conditions"},
      {[](auto& n) { n.boundaries.pop_back(); }, "node 'right' is dangling"},
      {[](auto& n) {
         n.nodes.push_back({"far", {}});
         n.boundaries.push_back({node_at(4), Pascals{1}, Fraction{0}});
       },
       "boundary node 'far' touches no segment"},
      {[](auto& n) { n.boundaries[0].condition = Pascals{kNaN}; },
       "the boundary at node 'in' has the pressure nan"},
      {[](auto& n) { n.boundaries[0].inflow_hematocrit = Fraction{1}; }, "'in' has the hematocrit 1 "},
      {[](auto& n) { n.boundaries[0].inflow_hematocrit = Fraction{-0.1}; }, "'in' has the hematocrit -0.1"},
      {[](auto& n) {
         for (auto& boundary : n.boundaries) boundary.condition = CubicMetersPerSecond{0};
       },
       "no pressure boundary"},
      {[](auto& n) {
         for (int i = 0; i < 3; ++i) n.nodes.push_back({fmt::format("ring{}", i), {}});
         for (std::uint32_t i = 0; i < 3; ++i)
           n.segments.push_back(
               {fmt::format("r{}", i), node_at(4 + i), node_at(4 + (i + 1) % 3), Meters{1e-5}, Meters{1e-4}});
       },
       "node 'ring0' is disconnected"},
  };
  for (auto const& [spoil, expected] : cases) {
    auto network = divided();
    spoil(network);
    auto const faults = faults_of(network);
    CAPTURE(expected);
    REQUIRE_FALSE(faults.empty());
    CAPTURE(faults.front().message);
    CHECK(faults.front().message.find(expected) != std::string::npos);
    if (expected.find("dangling") == std::string::npos)
      CHECK_THROWS_AS(solve_flow(network, std::vector(network.segments.size(), 1e-15)), NetworkError);
  }
}

TEST_CASE("a dead end is allowed where it is meant, and stands still") {
  auto network = divided();
  network.boundaries.pop_back();
  CHECK(faults_of(network, DeadEnds::allowed).empty());
  auto const field = solve_flow(network, std::vector{1e-15, 1e-15, 1e-15});
  CHECK(field.flow[2] == 0);
  CHECK(field.pressure[3] == field.pressure[1]);
}

TEST_CASE("a network's volume is that of its tubes") {
  CHECK(volume(divided()).value() == Approx(3 * std::numbers::pi / 4 * 1e-10 * 1e-4).epsilon(1e-14));
}

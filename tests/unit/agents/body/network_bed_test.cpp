#include "agents/body/network_bed.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

using namespace myoaxis;

namespace {

/// An inlet, two branches of 100 and 300 um, an outlet of another 100 um; all 10 um wide but for the
/// branches.
VascularNetwork diamond(double branch_diameter = 6e-6) {
  VascularNetwork network;
  for (auto const* name : {"in", "split", "join", "out"}) network.nodes.push_back({name, {}});
  auto const add = [&](char const* name, std::uint32_t from, std::uint32_t to, double d, double l) {
    network.segments.push_back({name, VesselNodeId{from}, VesselNodeId{to}, Meters{d}, Meters{l}});
  };
  add("feed", 0, 1, 10e-6, 100e-6);
  add("short", 1, 2, branch_diameter, 100e-6);
  add("long", 2, 1, branch_diameter, 300e-6);  // given against the stream
  add("drain", 2, 3, 10e-6, 100e-6);
  network.boundaries = {{VesselNodeId{0}, Pascals{4000}, Fraction{0.4}},
                        {VesselNodeId{3}, Pascals{3000}, {}}};
  return network;
}

SolvedNetwork solved(BloodFlowOptions options = {}) {
  auto network = diamond();
  auto blood = solve_blood_flow(network, options);
  return {std::move(network), std::move(blood), options.blood};
}

/// One hematocrit everywhere: plasma flows as blood does, but fills the vessels by the tube hematocrit.
SolvedNetwork without_separation() {
  BloodFlowOptions options;
  options.red_cells = RedCells::uniform;
  options.viscosity = ViscosityLaw::constant;
  return solved(options);
}

BedDemand demand(double transit = 8) {
  return {CubicMeters{2e-9}, CubicMetersPerSecond{2e-9 / transit}, Fraction{0.45}};
}

}  // namespace

TEST_CASE("a network of vessels holds and passes what its organ does", "[conservation]") {
  auto const network = GENERATE(true, false) ? solved() : without_separation();
  auto const cells = GENERATE(std::size_t{4}, std::size_t{60});
  Layout layout;
  auto const vessels = make_network_vessels(layout, "muscle", network, demand(), cells);
  CAPTURE(cells, vessels.size());
  CHECK(vessels.total_plasma().value() == Approx(2e-9).epsilon(1e-12));
  CHECK(std::accumulate(vessels.exchange.begin(), vessels.exchange.end(), 0.0) == Approx(1).epsilon(1e-12));
  CHECK(transit_of(vessels, demand().plasma_flow).mean.value() == Approx(8).epsilon(1e-9));
  // What enters each cell leaves it again.
  auto const through = vessels.through();
  std::vector<double> leaving(vessels.size(), 0.0);
  for (auto const& path : vessels.paths) leaving[path.from] += path.share;
  for (auto const& outlet : vessels.outlets) leaving[outlet.cell] += outlet.share;
  for (std::size_t i = 0; i < vessels.size(); ++i) CHECK(leaving[i] == Approx(through[i]).epsilon(1e-12));
}

TEST_CASE("branches divide the flow as their resistance says, and only narrow ones exchange", "[law]") {
  Layout layout;
  auto const vessels = make_network_vessels(layout, "muscle", without_separation(), demand(), 4);
  auto const through = vessels.through();
  std::map<std::string, double> share, wall;
  for (std::size_t i = 0; i < vessels.size(); ++i) {
    share[layout.name(vessels.cells[i])] = through[i];
    wall[layout.name(vessels.cells[i])] = vessels.exchange[i];
  }
  CHECK(share.at("muscle.feed.1") == Approx(1));
  CHECK(share.at("muscle.short.1") == Approx(0.75).epsilon(1e-9));
  CHECK(share.at("muscle.long.1") == Approx(0.25).epsilon(1e-9));
  CHECK(wall.at("muscle.short.1") == Approx(0.25).epsilon(1e-9));  // of a wall three times as long
  CHECK(wall.at("muscle.feed.1") == 0);
}

TEST_CASE("the organ keeps its relative dispersion whatever network it has inside", "[law]") {
  Layout layout;
  auto const few = make_network_vessels(layout, "few", solved(), demand(), 4);
  auto const many = make_network_vessels(layout, "many", solved(), demand(), 200);
  auto const lumped = make_lumped_network(layout, "lumped", solved(), demand());
  for (auto const* vessels : {&few, &many, &lumped}) {
    auto const transit = transit_of(*vessels, demand().plasma_flow);
    CHECK(std::sqrt(transit.variance) / transit.mean.value() == Approx(0.45).epsilon(1e-6));
  }
}

TEST_CASE("with more cells the transit of the network itself becomes that of its paths", "[law]") {
  // Where flow is one third of the other's and the way three times as long, blood stays nine times as long.
  auto const network = without_separation();
  auto const variance = [&](std::size_t cells) {
    Layout layout;
    auto vessels = make_network_vessels(layout, "bed", network, demand(), cells);
    auto const capillary = [&](std::string const& name) {
      double stay = 0;
      auto const through = vessels.through();
      for (std::size_t i = 0; i < vessels.size(); ++i) {
        if (layout.name(vessels.cells[i]).starts_with("bed." + name + '.'))
          stay += vessels.plasma[i].value() / through[i] / demand().plasma_flow.value();
      }
      return stay;
    };
    auto const between = 0.75 * 0.25 * std::pow(capillary("long") - capillary("short"), 2);
    double within = 0;
    auto const through = vessels.through();
    for (std::size_t i = 0; i < vessels.size(); ++i) {
      if (layout.name(vessels.cells[i]).starts_with("bed.veins")) continue;
      auto const stay = vessels.plasma[i].value() / through[i] / demand().plasma_flow.value();
      within += through[i] * stay * stay;
    }
    return within / between;
  };
  auto const coarse = variance(20);
  CHECK(variance(40) == Approx(coarse / 2).epsilon(0.1));
  CHECK(variance(80) == Approx(coarse / 4).epsilon(0.1));
}

TEST_CASE("a network that holds more than its organ is refused") {
  Layout layout;
  auto const small = BedDemand{CubicMeters{2e-13}, CubicMetersPerSecond{2.5e-10}, Fraction{0.45}};
  CHECK_THROWS_AS(make_network_vessels(layout, "muscle", solved(), small, 10), NetworkError);
  CHECK_THROWS_WITH(make_network_vessels(layout, "muscle", solved(), small, 10), Catch::Contains("muscle"));
}

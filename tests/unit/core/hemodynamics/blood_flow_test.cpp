#include "core/hemodynamics/blood_flow.h"

#include <catch2/catch.hpp>

#include "core/hemodynamics/poiseuille.h"
#include "core/hemodynamics/red_cell_sweep.h"
#include "tests/unit/core/hemodynamics/random_networks.h"

using namespace myoaxis;
using myoaxis::test::Ends;
using myoaxis::test::NetworkMaker;

namespace {

VesselNodeId node(std::uint32_t index) { return VesselNodeId{index}; }

/// A vessel that divides in `branches`, fed with 10 nl/min; the branches' flows are given.
VascularNetwork junction(std::vector<double> const& branch_um, std::vector<double> const& flow_nl_min) {
  VascularNetwork network;
  network.nodes = {{"in", {}}, {"junction", {}}};
  network.segments = {{"feed", node(0), node(1), Meters{20e-6}, Meters{1e-4}}};
  network.boundaries = {{node(0), Pascals{8000}, Fraction{0.4}}};
  for (std::size_t i = 0; i < branch_um.size(); ++i) {
    auto const name = std::to_string(i);
    network.nodes.push_back({name, {}});
    network.segments.push_back(
        {name, node(1), id_at<VesselNodeId>(i + 2), Meters{1e-6 * branch_um[i]}, Meters{1e-4}});
    network.boundaries.push_back(
        {id_at<VesselNodeId>(i + 2), CubicMetersPerSecond{-flow_nl_min[i] * 1e-12 / 60}, Fraction{0}});
  }
  return network;
}

}  // namespace

TEST_CASE("a division hands on red cells by the law") {
  auto const state = solve_blood_flow(junction({10, 15}, {3, 7}));
  REQUIRE(state.convergence.reached);
  // Shares of cells for 0.3 of the blood as in the test of the law; hematocrit = share x 0.4 / 0.3.
  CHECK(state.hematocrit[1] == Approx(0.2803060611774149 * 0.4 / 0.3).epsilon(1e-9));
  CHECK(state.hematocrit[2] == Approx((1 - 0.2803060611774149) * 0.4 / 0.7).epsilon(1e-9));
  auto const wider = solve_blood_flow(junction({10.2, 15}, {3, 7}));
  CHECK(std::abs(wider.hematocrit[1] / state.hematocrit[1] - 1) > 1e-3);
}

TEST_CASE("an even division into equals leaves the hematocrit as it is") {
  auto const state = solve_blood_flow(junction({12, 12}, {5, 5}));
  CHECK(state.hematocrit[1] == Approx(0.4).epsilon(1e-12));
  CHECK(state.hematocrit[2] == Approx(0.4).epsilon(1e-12));
}

TEST_CASE("a third branch without flow changes nothing, wherever it stands in the list", "[law]") {
  auto const two = solve_blood_flow(junction({10, 15}, {3, 7}));
  auto const idle = GENERATE(0u, 1u, 2u);
  std::vector<double> diameters{10, 15}, flows{3, 7};
  diameters.insert(diameters.begin() + idle, 30);
  flows.insert(flows.begin() + idle, 1e-6);
  auto const three = solve_blood_flow(junction(diameters, flows));
  std::vector<double> kept;
  for (std::size_t i = 0; i < 3; ++i) {
    if (i != idle) kept.push_back(three.hematocrit[i + 1]);
  }
  CHECK(kept[0] == Approx(two.hematocrit[1]).epsilon(1e-3));
  CHECK(kept[1] == Approx(two.hematocrit[2]).epsilon(1e-3));
}

TEST_CASE("uniform hematocrit and constant viscosity give plain Poiseuille flow") {
  VascularNetwork network;
  network.nodes = {{"in", {}}, {"out", {}}};
  network.segments = {{"a", node(0), node(1), Meters{1e-5}, Meters{1e-4}}};
  network.boundaries = {{node(0), Pascals{100}, Fraction{0.5}}, {node(1), Pascals{0}, Fraction{0.5}}};
  BloodFlowOptions options;
  options.viscosity = ViscosityLaw::constant;
  options.red_cells = RedCells::uniform;
  auto const state = solve_blood_flow(network, options);
  CHECK(state.field.flow[0] == Approx(8.1812308687234e-14).epsilon(1e-12));
  CHECK(state.hematocrit[0] == 0.4);
}

TEST_CASE("random networks converge to a state that conserves blood and red cells", "[conservation]") {
  // Measured over 400 seeds of each kind: 2 of 3200 do not converge. Of 48 more than 3 would be a change.
  int failures = 0;
  for (std::uint64_t seed = 1001; seed <= 1006; ++seed) {
    for (auto const ends : {Ends::pressures, Ends::mixed}) {
      NetworkMaker maker{seed};
      auto const size = 100 + maker.below(500);
      for (auto const& network : {maker.tree(size, ends), maker.bed(size, ends), maker.mesh(size, ends),
                                  maker.mesh(size, ends, 4)}) {
        auto const state = solve_blood_flow(network);
        CAPTURE(seed, size, describe(state.convergence, network));
        CHECK(conservation_error(network, state.field) < 1e-12);
        CHECK(red_cell_error(network, state.field, state.hematocrit) < 1e-12);
        failures += state.convergence.reached ? 0 : 1;
      }
    }
  }
  CHECK(failures <= 3);
}

TEST_CASE("a converged state is the fixed point: its own hematocrits give its flows back") {
  NetworkMaker maker{77};
  auto const network = maker.bed(500, Ends::mixed);
  auto const state = solve_blood_flow(network);
  REQUIRE(state.convergence.reached);
  std::vector<double> conductance;
  for (std::size_t i = 0; i < network.segments.size(); ++i) {
    auto const& segment = network.segments[i];
    auto const viscosity = apparent_viscosity(ViscosityLaw::in_vivo, segment.diameter,
                                              Fraction{state.hematocrit[i]}, Blood{}, PascalSeconds{1});
    conductance.push_back(hydraulic_conductance(segment.diameter, segment.length, viscosity).value());
  }
  auto const again = solve_flow(network, conductance);
  for (std::size_t i = 0; i < again.flow.size(); ++i)
    CHECK(std::abs(again.flow[i] - state.field.flow[i]) < 1e-6 * again.total_inflow);
}

TEST_CASE("too few iterations are admitted, with the worst segment") {
  NetworkMaker maker{78};
  auto const network = maker.bed(300, Ends::pressures);
  BloodFlowOptions options;
  options.most_iterations = 3;
  auto const state = solve_blood_flow(network, options);
  CHECK_FALSE(state.convergence.reached);
  CHECK(state.convergence.hematocrit_residual > 1e-3);
  CHECK(conservation_error(network, state.field) < 1e-12);
  auto const text = describe(state.convergence, network);
  CHECK(text.find("not converged in 3 iterations") != std::string::npos);
  CHECK(text.find(network.segments[state.convergence.worst_segment].name) != std::string::npos);
}

TEST_CASE("red cells that do not fit into a branch go to the other one", "[conservation]") {
  // The wide feed keeps cells in the middle; thick blood and a slow branch leave no room.
  auto network = junction({30, 6}, {1, 9});
  network.boundaries[0].inflow_hematocrit = Fraction{0.95};
  auto const state = solve_blood_flow(network);
  for (auto const hematocrit : state.hematocrit) {
    CHECK(hematocrit >= 0);
    CHECK(hematocrit < 1);
  }
  CHECK(red_cell_error(network, state.field, state.hematocrit) < 1e-12);
}

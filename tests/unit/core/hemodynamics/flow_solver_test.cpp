#include "core/hemodynamics/flow_solver.h"

#include <Eigen/Dense>
#include <catch2/catch.hpp>

#include "core/hemodynamics/poiseuille.h"
#include "tests/unit/core/hemodynamics/random_networks.h"

using namespace myoaxis;
using myoaxis::test::Ends;
using myoaxis::test::NetworkMaker;

namespace {

std::vector<double> conductances(VascularNetwork const& network) {
  std::vector<double> result;
  for (auto const& s : network.segments)
    result.push_back(hydraulic_conductance(s.diameter, s.length, PascalSeconds{3e-3}).value());
  return result;
}

/// The same flows by another way: the whole system, known pressures as equations of their own, solved densely
/// in extended precision.
std::vector<double> dense_flows(VascularNetwork const& network, std::vector<double> const& conductance) {
  using Matrix = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;
  auto const n = static_cast<Eigen::Index>(network.nodes.size());
  auto const scale = *std::max_element(conductance.begin(), conductance.end());
  Matrix laplacian = Matrix::Zero(n, n);
  Eigen::Matrix<long double, Eigen::Dynamic, 1> right = Matrix::Zero(n, 1);
  for (std::size_t i = 0; i < conductance.size(); ++i) {
    auto const a = static_cast<Eigen::Index>(network.segments[i].from.index());
    auto const b = static_cast<Eigen::Index>(network.segments[i].to.index());
    auto const g = static_cast<long double>(conductance[i] / scale);
    laplacian(a, a) += g;
    laplacian(b, b) += g;
    laplacian(a, b) -= g;
    laplacian(b, a) -= g;
  }
  for (auto const& boundary : network.boundaries) {
    auto const node = static_cast<Eigen::Index>(boundary.node.index());
    if (auto const* pressure = std::get_if<Pascals>(&boundary.condition)) {
      laplacian.row(node).setZero();
      laplacian(node, node) = 1;
      right(node) = pressure->value();
    } else {
      right(node) = std::get<CubicMetersPerSecond>(boundary.condition).value() / scale;
    }
  }
  Eigen::Matrix<long double, Eigen::Dynamic, 1> const pressure = laplacian.partialPivLu().solve(right);
  std::vector<double> flows;
  for (std::size_t i = 0; i < conductance.size(); ++i) {
    auto const drop = pressure(network.segments[i].from.index()) - pressure(network.segments[i].to.index());
    flows.push_back(static_cast<double>(drop * conductance[i]));
  }
  return flows;
}

}  // namespace

TEST_CASE("flows agree with a dense solution and are conserved at every node", "[conservation]") {
  auto const seed = GENERATE(1u, 2u);
  auto const ends = GENERATE(Ends::pressures, Ends::mixed);
  NetworkMaker maker{seed};
  for (auto const& network : {maker.tree(300, ends), maker.mesh(200, ends), maker.bed(250, ends)}) {
    auto const conductance = conductances(network);
    auto const [least, most] = std::minmax_element(conductance.begin(), conductance.end());
    CHECK(*most / *least > 3e3);
    auto const field = solve_flow(network, conductance);
    auto const expected = dense_flows(network, conductance);
    double worst = 0;
    for (std::size_t i = 0; i < expected.size(); ++i)
      worst = std::max(worst, std::abs(field.flow[i] - expected[i]));
    CAPTURE(seed, network.segments.size());
    CHECK(worst < 1e-10 * field.total_inflow);
    CHECK(conservation_error(network, field) < 1e-13);
  }
}

TEST_CASE("a very short and wide vessel among narrow ones spoils nothing", "[conservation]") {
  NetworkMaker maker{5};
  auto network = maker.bed(300, Ends::mixed);
  network.segments[40].diameter = Meters{400e-6};
  network.segments[40].length = Meters{0.1e-6};
  auto const conductance = conductances(network);
  auto const field = solve_flow(network, conductance);
  CHECK(conservation_error(network, field) < 1e-10);
}

TEST_CASE("two vessels in series share the drop of pressure by their resistance") {
  VascularNetwork network;
  network.nodes = {{"in", {}}, {"middle", {}}, {"out", {}}};
  network.segments = {{"a", VesselNodeId{0}, VesselNodeId{1}, Meters{1e-5}, Meters{1e-4}},
                      {"b", VesselNodeId{2}, VesselNodeId{1}, Meters{1e-5}, Meters{1e-4}}};
  network.boundaries = {{VesselNodeId{0}, Pascals{100}, Fraction{0.4}},
                        {VesselNodeId{2}, Pascals{0}, Fraction{0.4}}};
  auto const field = solve_flow(network, std::vector{1e-15, 3e-15});
  CHECK(field.pressure[1] == Approx(25).epsilon(1e-14));
  CHECK(field.flow[0] == Approx(7.5e-14).epsilon(1e-14));
  CHECK(field.flow[1] == Approx(-7.5e-14).epsilon(1e-14));
  CHECK(field.total_inflow == Approx(7.5e-14).epsilon(1e-14));
  CHECK(field.downstream == std::vector<std::uint32_t>{0, 1, 2});
}

TEST_CASE("equal pressures drive nothing, not even rounding errors") {
  NetworkMaker maker{3};
  auto network = maker.mesh(100, Ends::pressures);
  for (auto& boundary : network.boundaries) boundary.condition = Pascals{3000};
  auto const field = solve_flow(network, conductances(network));
  CHECK(field.total_inflow == 0);
  CHECK(conservation_error(network, field) == 0);
}

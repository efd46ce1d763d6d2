#include "core/hemodynamics/transit.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "core/hemodynamics/blood_flow.h"
#include "core/hemodynamics/poiseuille.h"
#include "tests/unit/core/hemodynamics/random_networks.h"

using namespace myoaxis;
using myoaxis::test::Ends;
using myoaxis::test::NetworkMaker;

namespace {

/// Two vessels in parallel between a feed and a drain; all 1 mm long; flows 3 : 1 of 4e-12 m3/s.
struct Parallel {
  VascularNetwork network;
  FlowField field;
  Parallel() {
    for (auto const* name : {"in", "a", "b", "out"}) network.nodes.push_back({name, {}});
    auto const vessel = [&](char const* name, std::uint32_t from, std::uint32_t to, double um) {
      network.segments.push_back(
          {name, VesselNodeId{from}, VesselNodeId{to}, Meters{1e-6 * um}, Meters{1e-3}});
    };
    vessel("feed", 0, 1, 40);
    vessel("fast", 1, 2, 20);
    vessel("slow", 2, 1, 20);  // listed against the flow
    vessel("drain", 2, 3, 40);
    network.boundaries = {{VesselNodeId{0}, CubicMetersPerSecond{4e-12}, Fraction{0.4}},
                          {VesselNodeId{3}, Pascals{1000}, Fraction{0.4}}};
    field = solve_flow(network, std::vector{1e-15, 3e-16, 1e-16, 1e-15});
  }
};

double tube(double um) { return std::acos(-1.0) / 4 * um * um * 1e-12 * 1e-3; }

}  // namespace

TEST_CASE("two ways in parallel give the mean and variance of two times") {
  Parallel const bed;
  auto const moments = transit_moments(bed.network, bed.field);
  auto const common = 2 * tube(40) / 4e-12;
  auto const fast = tube(20) / 3e-12;
  auto const slow = tube(20) / 1e-12;
  auto const mean = common + 0.75 * fast + 0.25 * slow;
  auto const variance = 0.75 * 0.25 * (slow - fast) * (slow - fast);
  CHECK(moments.mean.value() == Approx(mean).epsilon(1e-12));
  CHECK(moments.variance == Approx(variance).epsilon(1e-10));
  CHECK(moments.variance != Approx(1.02 * variance).epsilon(1e-3));
}

TEST_CASE("a vessel's own variance adds to the whole in proportion to its flow") {
  Parallel const bed;
  auto const plug = transit_moments(bed.network, bed.field);
  std::vector<double> const spread{0.1, 0.2, 0.4, 0.3};
  auto const dispersed = transit_moments(bed.network, bed.field, spread);
  CHECK(dispersed.mean.value() == Approx(plug.mean.value()).epsilon(1e-14));
  CHECK(dispersed.variance == Approx(plug.variance + 0.1 + 0.75 * 0.2 + 0.25 * 0.4 + 0.3).epsilon(1e-12));
}

TEST_CASE("the mean transit of any network is its flowing volume over its inflow", "[conservation]") {
  auto const seed = GENERATE(1u, 2u, 3u);
  NetworkMaker maker{seed};
  for (auto const& network :
       {maker.tree(200, Ends::mixed), maker.bed(300, Ends::mixed), maker.mesh(250, Ends::pressures)}) {
    auto const state = solve_blood_flow(network);
    auto const moments = transit_moments(network, state.field);
    CHECK(moments.mean.value() ==
          Approx(flowing_volume(network, state.field).value() / state.field.total_inflow).epsilon(1e-9));
    CHECK(moments.variance > 0);
  }
}

TEST_CASE("sampled transits have the exact mean and variance", "[statistical]") {
  constexpr std::size_t n = 40'000;
  constexpr double z = 5;  // P(|Z| > 5) = 6e-7 per check
  Parallel const bed;
  NetworkMaker maker{4};
  auto const is_simple = GENERATE(true, false);
  auto const network = is_simple ? bed.network : maker.bed(200, Ends::pressures);
  auto const field = is_simple ? bed.field : solve_blood_flow(network).field;
  std::vector<double> spread;
  for (auto const time : segment_transit_times(network, field))
    spread.push_back(std::isfinite(time) ? 0.1 * time * time : 0);
  for (auto const& variance : {std::vector<double>{}, spread}) {
    auto const exact = transit_moments(network, field, variance);
    auto const sample = sample_transits(network, field, n, Luck{7, 0}, variance);
    REQUIRE(sample.size() == n);
    CHECK(std::is_sorted(sample.begin(), sample.end()));
    double mean = 0, square = 0, fourth = 0;
    for (auto const time : sample) mean += time / n;
    for (auto const time : sample) {
      auto const off = (time - mean) * (time - mean);
      square += off / n;
      fourth += off * off / n;
    }
    CHECK(std::abs(mean - exact.mean.value()) < z * std::sqrt(exact.variance / n));
    // Wide transits hide 2 % in their error; the simple bed's do not.
    if (is_simple) CHECK(std::abs(mean - 1.02 * exact.mean.value()) > z * std::sqrt(exact.variance / n));
    CHECK(std::abs(square - exact.variance) < z * std::sqrt((fourth - square * square) / n));
  }
}

TEST_CASE("a path's draws are addressed: a longer sample holds the shorter one", "[reproducible]") {
  Parallel const bed;
  auto const few = sample_transits(bed.network, bed.field, 100, Luck{1, 0});
  auto const many = sample_transits(bed.network, bed.field, 300, Luck{1, 0});
  CHECK(std::includes(many.begin(), many.end(), few.begin(), few.end()));
}

TEST_CASE("where nothing flows there is no transit") {
  Parallel bed;
  bed.network.boundaries[0].condition = CubicMetersPerSecond{0};
  auto const field = solve_flow(bed.network, std::vector{1e-15, 3e-16, 1e-16, 1e-15});
  CHECK(std::isnan(transit_moments(bed.network, field).mean.value()));
  CHECK(sample_transits(bed.network, field, 10, Luck{1, 0}).empty());
}

#include "core/hemodynamics/murray_tree.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "core/hemodynamics/blood_flow.h"
#include "core/hemodynamics/transit.h"

using namespace myoaxis;

namespace {

double um(VascularNetwork const& network, std::size_t artery) {
  return network.segments[artery - 1].diameter.value() * 1e6;
}

}  // namespace

TEST_CASE("every division of a Murray tree keeps the sum of the powers", "[law]") {
  MurrayTreeParams params;
  params.exponent = GENERATE(2.7, 3.0);
  auto const network = murray_tree(params, Luck{1, 0});
  for (std::size_t k = 1; k < 32; ++k) {
    auto const power = [&](std::size_t artery) { return std::pow(um(network, artery), params.exponent); };
    CHECK(power(2 * k) + power(2 * k + 1) == Approx(power(k)).epsilon(1e-12));
    auto const ratio = std::min(um(network, 2 * k), um(network, 2 * k + 1)) /
                       std::max(um(network, 2 * k), um(network, 2 * k + 1));
    CHECK(ratio >= params.asymmetry - params.asymmetry_spread - 1e-12);
    CHECK(ratio <= params.asymmetry + params.asymmetry_spread + 1e-12);
  }
}

TEST_CASE("a Murray tree is a sound bed of one inlet and one outlet") {
  MurrayTreeParams params;
  params.generations = GENERATE(0, 3, 7);
  auto const network = murray_tree(params, Luck{1, 0});
  auto const leaves = std::size_t{1} << params.generations;
  CHECK(faults_of(network).empty());
  CHECK(network.segments.size() == 2 * (2 * leaves - 1) + leaves);
  CHECK(network.boundaries.size() == 2);
  CHECK(um(network, 1) == Approx(8 * std::pow(2, params.generations / 3.0)));
  CHECK(network.segments.back().diameter.value() ==
        Approx(1.5 * network.segments[2 * leaves - 2].diameter.value()));
}

TEST_CASE("an even tree has equal flows and one transit time") {
  MurrayTreeParams params;
  params.asymmetry = 1;
  params.asymmetry_spread = 0;
  params.length_variation = 0;
  params.capillary_length_variation = 0;
  auto const network = murray_tree(params, Luck{1, 0});
  for (std::size_t k = 32; k < 64; ++k) CHECK(um(network, k) == Approx(8).epsilon(1e-12));
  auto const state = solve_blood_flow(network);
  REQUIRE(state.convergence.reached);
  for (std::size_t k = 32; k < 64; ++k)
    CHECK(state.field.flow[k - 1] == Approx(state.field.total_inflow / 32).epsilon(1e-9));
  auto const moments = transit_moments(network, state.field);
  CHECK(std::sqrt(moments.variance) < 1e-6 * moments.mean.value());
}

TEST_CASE("an uneven tree converges, and its transit is dispersed") {
  MurrayTreeParams params;
  params.generations = 6;
  params.asymmetry = 0.7;
  auto const seed = GENERATE(1u, 2u, 3u);
  auto const network = murray_tree(params, Luck{seed, 0});
  auto const state = solve_blood_flow(network);
  CAPTURE(seed, describe(state.convergence, network));
  CHECK(state.convergence.reached);
  CHECK(conservation_error(network, state.field) < 1e-12);
  auto const moments = transit_moments(network, state.field);
  CHECK(moments.mean.value() == Approx(volume(network).value() / state.field.total_inflow).epsilon(1e-9));
  CHECK(std::sqrt(moments.variance) > 0.1 * moments.mean.value());
}

TEST_CASE("a tree is its seed's: the same again, another for another subject or bed", "[reproducible]") {
  MurrayTreeParams params;
  auto const lengths = [&](Luck luck, std::uint32_t bed) {
    std::vector<double> result;
    for (auto const& segment : murray_tree(params, luck, bed).segments)
      result.push_back(segment.length.value());
    return result;
  };
  CHECK(lengths({1, 0}, 0) == lengths({1, 0}, 0));
  CHECK(lengths({1, 0}, 0) != lengths({2, 0}, 0));
  CHECK(lengths({1, 0}, 0) != lengths({1, 1}, 0));
  CHECK(lengths({1, 0}, 0) != lengths({1, 0}, 1));
}

#include "agents/body/vessels.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

using namespace myoaxis;

namespace {

/// Two branches of unequal volume between a common inlet and outlet.
Vessels add_diamond(Layout& layout) {
  Vessels vessels;
  for (auto const* name : {"in", "left", "right", "out"})
    vessels.cells.push_back(layout.add_cell(name, Representation::packets));
  vessels.plasma = {CubicMeters{1}, CubicMeters{2}, CubicMeters{5}, CubicMeters{1}};
  vessels.exchange = {0, 0.25, 0.75, 0};
  vessels.paths = {{0, 1, 0.7}, {0, 2, 0.3}, {1, 3, 0.7}, {2, 3, 0.3}};
  vessels.inlets = {{0, 1}};
  vessels.outlets = {{3, 1}};
  return vessels;
}

}  // namespace

TEST_CASE("stages share a volume so that its transit has the dispersion asked for", "[law]") {
  auto const dispersion = GENERATE(1.0, 0.8, 0.7071067811865476, 0.7, 0.5, 0.45, 0.31, 0.2);
  auto const shares = stage_shares(Fraction{dispersion});
  CAPTURE(dispersion, shares.size());
  CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) == Approx(1).epsilon(1e-14));
  CHECK(std::sqrt(std::inner_product(shares.begin(), shares.end(), shares.begin(), 0.0)) ==
        Approx(dispersion).epsilon(1e-9));
  CHECK(static_cast<double>(shares.size()) <= std::ceil(1 / (dispersion * dispersion)));
  for (auto const share : shares) CHECK(share > 0);
}

TEST_CASE("a relative dispersion of one half is four equal stages", "[law]") {
  for (auto const share : stage_shares(Fraction{0.5})) CHECK(share == Approx(0.25).epsilon(1e-7));
}

TEST_CASE("what passes branching vessels is the flow weighted product along each way", "[law]") {
  Layout layout;
  auto const vessels = add_diamond(layout);
  // Only the branches have walls; 9 is all plasma.
  auto const stays = [](double wall, double flow) { return 1 / (1 + 0.1 * 9 * wall / flow); };
  auto const q = 2.0;
  auto const expected = 0.7 * stays(0.25, 0.7 * q) + 0.3 * stays(0.75, 0.3 * q);
  CHECK(passed_share(vessels, CubicMetersPerSecond{q}, PerSecond{0.1}) == Approx(expected).epsilon(1e-14));
  CHECK(passed_share(vessels, CubicMetersPerSecond{q}, PerSecond{0}) == Approx(1).epsilon(1e-14));
}

TEST_CASE("the wall sees its cells by their shares and the outlet what leaves", "[law]") {
  Layout layout;
  auto const vessels = add_diamond(layout);
  std::vector<double> const content{9, 4, 15, 7};
  CHECK(wall_concentration(vessels, vessels.exchange, content) == Approx(0.25 * 4 / 2 + 0.75 * 15 / 5));
  CHECK(outflow_concentration(vessels, content) == Approx(7));
}

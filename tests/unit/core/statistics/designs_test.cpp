#include "core/statistics/designs.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "core/address.h"

using namespace myoaxis;
using Keys = std::vector<std::uint64_t>;

namespace {

Keys const kDesignKeys{name_key("clearance"), name_key("reflection"), name_key("barrier")};

/// How many points lie in each of `strata` equal parts of a dimension.
std::vector<int> counts_of(std::vector<UnitPoint> const& points, std::size_t dimension, std::size_t strata) {
  std::vector<int> counts(strata, 0);
  for (auto const& point : points) {
    REQUIRE(point[dimension] >= 0);
    REQUIRE(point[dimension] < 1);
    ++counts[static_cast<std::size_t>(point[dimension] * static_cast<double>(strata))];
  }
  return counts;
}

bool one_each(std::vector<int> const& counts) {
  return std::ranges::all_of(counts, [](int count) { return count == 1; });
}

std::vector<double> column(std::vector<UnitPoint> const& points, std::size_t dimension) {
  std::vector<double> values;
  for (auto const& point : points) values.push_back(point[dimension]);
  return values;
}

}  // namespace

TEST_CASE("a grid has every combination once, the last dimension running fastest", "[law]") {
  using Grid = std::vector<std::vector<std::size_t>>;
  CHECK(full_grid(std::vector<std::size_t>{2, 3}) == Grid{{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}});
  CHECK(full_grid(std::vector<std::size_t>{2, 1, 2}) == Grid{{0, 0, 0}, {0, 0, 1}, {1, 0, 0}, {1, 0, 1}});
  CHECK(full_grid({}) == Grid{{}});
}

TEST_CASE("each stratum of each dimension of a Latin hypercube holds one point", "[law]") {
  auto const n = GENERATE(std::size_t{1}, std::size_t{7}, std::size_t{64});
  auto const points = latin_hypercube(n, kDesignKeys, 3);
  REQUIRE(points.size() == n);
  for (std::size_t d = 0; d < kDesignKeys.size(); ++d) CHECK(one_each(counts_of(points, d, n)));
  // The test can fail: of two hypercubes together, half of the strata are empty or hold two.
  auto both = points;
  std::ranges::copy(latin_hypercube(n, kDesignKeys, 4), std::back_inserter(both));
  if (n == 64) CHECK_FALSE(one_each(counts_of(both, 0, 2 * n)));
}

TEST_CASE("points of a Latin hypercube are random within their strata, and dimensions unrelated",
          "[statistical]") {
  constexpr std::size_t n = 4096;
  constexpr double z = 5;  // P(|Z| > 5) = 6e-7 a check
  auto const points = latin_hypercube(n, kDesignKeys, 1);
  double within = 0, product = 0;
  for (auto const& point : points) {
    auto const place = point[0] * n;
    within += place - std::floor(place);
    product += (point[0] - 0.5) * (point[1] - 0.5) * 12;
  }
  CHECK(std::abs(within / n - 0.5) < z / std::sqrt(12.0 * n));
  CHECK(std::abs(product / n) < z / std::sqrt(double{n}));
}

TEST_CASE("a dimension's coordinates depend on its key, not on its place or neighbors", "[reproducible]") {
  Keys const turned{kDesignKeys[2], kDesignKeys[0]};
  auto const all = latin_hypercube(16, kDesignKeys, 3), fewer = latin_hypercube(16, turned, 3);
  CHECK(column(all, 2) == column(fewer, 0));
  CHECK(column(all, 0) == column(fewer, 1));
  CHECK(column(all, 0) != column(all, 1));
  CHECK(column(latin_hypercube(16, kDesignKeys, 4), 0) != column(all, 0));
}

TEST_CASE("the first Sobol points are those of Joe and Kuo", "[baseline]") {
  // As scipy.stats.qmc.Sobol(8, scramble=False) gives them, from the same direction numbers.
  std::vector<UnitPoint> const published{{0, 0, 0, 0, 0, 0, 0, 0},
                                         {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5},
                                         {0.75, 0.25, 0.25, 0.25, 0.75, 0.75, 0.25, 0.75},
                                         {0.25, 0.75, 0.75, 0.75, 0.25, 0.25, 0.75, 0.25},
                                         {0.375, 0.375, 0.625, 0.875, 0.375, 0.125, 0.375, 0.875},
                                         {0.875, 0.875, 0.125, 0.375, 0.875, 0.625, 0.875, 0.375},
                                         {0.625, 0.125, 0.875, 0.625, 0.625, 0.875, 0.125, 0.125},
                                         {0.125, 0.625, 0.375, 0.125, 0.125, 0.375, 0.625, 0.625},
                                         {0.1875, 0.3125, 0.9375, 0.4375, 0.5625, 0.3125, 0.4375, 0.9375}};
  CHECK(sobol_points(9, 8) == published);
}

TEST_CASE("shifted Sobol points are as even as those without shift", "[law]") {
  auto const points = shifted_sobol_points(64, kDesignKeys, 5);
  for (std::size_t d = 0; d < kDesignKeys.size(); ++d) CHECK(one_each(counts_of(points, d, 64)));
  // In the first two dimensions each square of side 1/8 holds one of 64 points.
  std::set<std::pair<int, int>> squares;
  for (auto const& point : points)
    squares.insert({static_cast<int>(8 * point[0]), static_cast<int>(8 * point[1])});
  CHECK(squares.size() == 64);
  // Random points do not manage that.
  squares.clear();
  for (auto const& point : latin_hypercube(64, kDesignKeys, 5))
    squares.insert({static_cast<int>(8 * point[0]), static_cast<int>(8 * point[1])});
  CHECK(squares.size() < 64);
}

TEST_CASE("more Sobol points begin with the same ones, and another seed shifts them", "[reproducible]") {
  auto const few = shifted_sobol_points(8, kDesignKeys, 5), many = shifted_sobol_points(32, kDesignKeys, 5);
  CHECK(std::equal(few.begin(), few.end(), many.begin()));
  CHECK(shifted_sobol_points(8, kDesignKeys, 6) != few);
  CHECK(few.front()[0] != few.front()[1]);
}

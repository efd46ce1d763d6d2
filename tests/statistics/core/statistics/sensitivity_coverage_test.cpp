// Do the intervals of effects and indices hold the truth as often as they say, over many simulated studies?
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "core/draws.h"
#include "core/statistics/morris.h"
#include "core/statistics/sobol_indices.h"
#include "tests/statistics/bounds.h"

using namespace myoaxis;
using Keys = std::vector<std::uint64_t>;

namespace {

Keys const kKeys{name_key("a"), name_key("b")};

double error_of_share(double share, int n) { return std::sqrt(share * (1 - share) / n); }

/// Independent uniform points in the layout of a SaltelliDesign, as its intervals take them to be.
SaltelliDesign random_design(std::size_t rows, std::uint64_t seed) {
  SaltelliDesign design{rows, 2, {}};
  Draws draws{Luck{seed}, Purpose::measurement, 0, 0};
  for (std::size_t row = 0; row < rows; ++row) {
    UnitPoint const a{unit_interval(draws), unit_interval(draws)},
        b{unit_interval(draws), unit_interval(draws)};
    design.points.insert(design.points.end(), {a, b, {b[0], a[1]}, {a[0], b[1]}});
  }
  return design;
}

double model(UnitPoint const& x) { return x[0] + x[1] + 3 * x[0] * x[1]; }

std::vector<double> outputs_of(std::vector<UnitPoint> const& points) {
  std::vector<double> outputs;
  for (auto const& point : points) outputs.push_back(model(point));
  return outputs;
}

// Of f = x + y + 3 x y: the effect of x given y has mean 5/2 and variance 9/12. V = 2 (5/2)^2 / 12 + 9 / 144.
constexpr double kOwn = 6.25 / 12;
constexpr double kTogether = 9.0 / 144;
constexpr double kVariance = 2 * kOwn + kTogether;

}  // namespace

TEST_CASE("95 % of the intervals of a mean effect hold the true one", "[statistical]") {
  // Effect of x: 1 + 3 y on the levels 0, 1/3, 2/3, 1 of y: 1, 2, 3 or 4.
  auto const trajectories = GENERATE(std::size_t{6}, std::size_t{10}, std::size_t{20});
  constexpr int studies = 1200;
  int covered = 0;
  for (int study = 0; study < studies; ++study) {
    auto const design =
        morris_design(trajectories, 4, TrajectoryShape::winding, kKeys, static_cast<std::uint64_t>(study));
    auto const effects = elementary_effects(design, outputs_of(design.points), kKeys, 1);
    covered += holds(effects[0].mu_star_interval, 2.5) ? 1 : 0;
  }
  auto const share = static_cast<double>(covered) / studies;
  CAPTURE(trajectories, share);
  CHECK(std::abs(share - 0.95) < kZ * error_of_share(0.95, studies));
  CHECK(std::abs(share - 0.88) > kZ * error_of_share(0.88, studies));  // the test can fail
}

TEST_CASE("95 % of the intervals of indices hold the true ones", "[statistical]") {
  constexpr int studies = 1000;
  constexpr std::size_t rows = 128;
  int first = 0, total = 0;
  for (int study = 0; study < studies; ++study) {
    auto const design = random_design(rows, static_cast<std::uint64_t>(study));
    auto const index = sobol_indices(design, outputs_of(design.points), kKeys, 1).front();
    first += holds(index.first_interval, kOwn / kVariance) ? 1 : 0;
    total += holds(index.total_interval, (kOwn + kTogether) / kVariance) ? 1 : 0;
  }
  for (auto const covered : {first, total}) {
    auto const share = static_cast<double>(covered) / studies;
    CAPTURE(share);
    CHECK(std::abs(share - 0.95) < kZ * error_of_share(0.95, studies));
    CHECK(std::abs(share - 0.88) > kZ * error_of_share(0.88, studies));  // the test can fail
  }
}

TEST_CASE("the intervals of indices from Sobol points hold the true ones at least as often",
          "[statistical]") {
  constexpr int studies = 200;
  constexpr std::size_t rows = 128;
  int first = 0, total = 0;
  for (int study = 0; study < studies; ++study) {
    auto const design = saltelli_design(rows, kKeys, static_cast<std::uint64_t>(study));
    auto const index = sobol_indices(design, outputs_of(design.points), kKeys, 1).front();
    first += holds(index.first_interval, kOwn / kVariance) ? 1 : 0;
    total += holds(index.total_interval, (kOwn + kTogether) / kVariance) ? 1 : 0;
  }
  CHECK(static_cast<double>(first) / studies > 0.95);
  CHECK(static_cast<double>(total) / studies > 0.95);
}

TEST_CASE("estimates from random points have no bias, and Sobol points spread less", "[statistical]") {
  constexpr int studies = 1000;
  constexpr std::size_t rows = 64;
  std::vector<double> random, even;
  for (std::uint64_t study = 0; study < studies; ++study) {
    for (auto* estimates : {&random, &even}) {
      auto const design =
          estimates == &random ? random_design(rows, study) : saltelli_design(rows, kKeys, study);
      auto const outputs = outputs_of(design.points);
      double sum = 0;
      for (std::size_t row = 0; row < rows; ++row)
        sum += std::pow(outputs[design.a(row)] - outputs[design.ab(row, 0)], 2) / 2 / rows;
      estimates->push_back(sum);
    }
  }
  auto const of_random = moments_of(random), of_even = moments_of(even);
  CHECK(deviation(of_random.mean, kOwn + kTogether, of_random.mean_error()) < kZ);
  CHECK(deviation(of_even.mean, kOwn + kTogether, of_even.mean_error()) < kZ);
  CHECK(of_even.variance < of_random.variance / 3);
}

#include "core/statistics/bootstrap.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "tests/unit/core/statistics/sleep.h"

using namespace myoaxis;
using test::kDrug1;
using test::kDrug2;
using Values = std::vector<double>;

namespace {

Values const kSleep = {-1.2, -2.4, -1.3, -1.3, 0.0, -1.0, -1.8, -0.8, -4.6, -1.4};
// Height of cross- less that of self-fertilized maize, 1/8 inch (Darwin 1876).
Values const kMaize = {49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};

}  // namespace

TEST_CASE("bootstrap intervals are those of an independent program", "[law]") {
  // numpy 1.24, 400 000 resamples of x, seed 1:
  //   r = x[rng.integers(0, n, (B, n))]; t = (r.mean(1) - x.mean()) / (r.std(1, ddof=1) / sqrt(n))
  //   x.mean() - np.quantile(t, [.975, .025]) * scipy.stats.sem(x)
  // and of both drugs as groups with the quantile 0.95 of |t|. Tolerance: five standard errors of the
  // quantiles of 9999 resamples, seen over keys.
  auto const sleep = bootstrap_of_pairs(kSleep, 1), maize = bootstrap_of_pairs(kMaize, 2);
  CHECK(sleep.low == Approx(-3.105).margin(0.13));
  CHECK(sleep.high == Approx(-0.950).margin(0.06));
  CHECK(maize.low == Approx(-7.93).margin(2.5));
  CHECK(maize.high == Approx(38.2).margin(1.5));
  auto const groups = bootstrap_of_groups(kDrug1, kDrug2, 3);
  CHECK(groups.low == Approx(-3.381).margin(0.07));
  CHECK(groups.high == Approx(0.221).margin(0.07));
}

TEST_CASE("a bootstrap interval moves and stretches with the values", "[law]") {
  auto moved = kSleep;
  for (auto& value : moved) value = 1000 + 8 * value;
  auto const before = bootstrap_of_pairs(kSleep, 5), after = bootstrap_of_pairs(moved, 5);
  CHECK(after.low == Approx(1000 + 8 * before.low).epsilon(1e-9));
  CHECK(after.high == Approx(1000 + 8 * before.high).epsilon(1e-9));
}

TEST_CASE("an interval of skewed differences is longer on the side of the tail", "[law]") {
  Values const skewed{0.1, 0.2, 0.3, 0.5, 0.8, 1.3, 2.5, 9.0};
  auto const interval = bootstrap_of_pairs(skewed, 1);
  auto const mean = 14.7 / 8;
  CHECK(interval.high - mean > 1.5 * (mean - interval.low));
}

TEST_CASE("resamples depend on their address alone", "[reproducible]") {
  CHECK(bootstrap_of_pairs(kSleep, 1).low == bootstrap_of_pairs(kSleep, 1).low);
  CHECK(bootstrap_of_pairs(kSleep, 1).low != bootstrap_of_pairs(kSleep, 2).low);
}

TEST_CASE("there is no bootstrap interval of fewer than five values", "[law]") {
  CHECK(std::isnan(bootstrap_of_pairs(Values{1, 2, 4, 3}, 1).low));
  CHECK(std::isfinite(bootstrap_of_pairs(Values{1, 2, 4, 3, 5}, 1).low));
  CHECK(std::isnan(bootstrap_of_groups(Values{1, 2, 4, 3}, kDrug2, 1).high));
  CHECK(std::isnan(bootstrap_of_groups(kDrug1, Values{1, 2, 4, 3}, 1).high));
  CHECK(std::isnan(bootstrap_of_pairs(Values{}, 1).low));
}

TEST_CASE("there is no bootstrap interval when nearly all values are equal", "[law]") {
  // A third of the resamples are five zeros: without an error of their own, they put no end to the interval.
  auto const interval = bootstrap_of_pairs(Values{0, 0, 0, 0, 1}, 1);
  CHECK(std::isnan(interval.low));
  CHECK(std::isnan(interval.high));
}

TEST_CASE("equal values have an interval of no width", "[law]") {
  auto const pairs = bootstrap_of_pairs(Values(6, 0.1), 1);
  CHECK(pairs.low == 0.1);
  CHECK(pairs.high == 0.1);
  auto const groups = bootstrap_of_groups(Values(6, 3.0), Values(5, 1.0), 1);
  CHECK(groups.low == 2);
  CHECK(groups.high == 2);
}

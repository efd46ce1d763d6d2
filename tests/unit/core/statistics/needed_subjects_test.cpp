#include "core/statistics/needed_subjects.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace myoaxis;

namespace {

constexpr double kWellKnown = 1e6;  // degrees of freedom at which the effect has no bias

}  // namespace

TEST_CASE("power of the t test is that of tables", "[law]") {
  // scipy 1.10, stats.nct: sf(t, nu, d) + cdf(-t, nu, d) with t = stats.t.ppf(0.975, nu).
  CHECK(power_of_t_test(0.5, 34, 1) == Approx(0.8077775013).epsilon(1e-8));
  CHECK(power_of_t_test(0.5, 33, 1) == Approx(0.7953658415).epsilon(1e-8));
  CHECK(power_of_t_test(-0.5 / std::sqrt(2), 64, 2) == Approx(0.8014595579).epsilon(1e-8));
  CHECK(power_of_t_test(0, 20, 1) == Approx(0.05));
}

TEST_CASE("a medium effect takes 34 pairs, or 64 subjects an arm", "[law]") {
  // Cohen 1988, table 2.4.1: d = 0.5, two-sided 5 %, power 0.80: n = 64 in each group.
  CHECK(needed_subjects({0.5, 1, kWellKnown, 1}).for_power == 34);
  CHECK(needed_subjects({0.5, 2, kWellKnown, 2}).for_power == 64);
}

TEST_CASE("needed subjects of the sleep data are those of an independent program", "[law]") {
  // Found by counting up with scipy.stats.nct and t, with J from scipy.special.gammaln.
  auto const pairs = needed_subjects({-1.58, 1.5128888889, 9, 1});
  CHECK(pairs.for_interval == 5);
  CHECK(pairs.for_power == 8);
  auto const v1 = 3.2005555556, v2 = 4.0090000000;
  auto const sum = v1 + v2, k = sum * sum / (v1 * v1 + v2 * v2);
  auto const groups = needed_subjects({-1.58, sum, 9 * k, k});
  CHECK(groups.for_interval == 13);
  CHECK(groups.for_power == 26);
}

TEST_CASE("an interval that excludes zero needs no more subjects than it has", "[law]") {
  // t = d sqrt(n / V) just above and just below the 97.5 % point, 2.3646 with 8 pairs.
  CHECK(needed_subjects({2.37, 8, 7, 1}).for_interval == 8);
  CHECK(needed_subjects({2.36, 8, 7, 1}).for_interval == 9);
}

TEST_CASE("small effects take many subjects, by the normal distribution", "[law]") {
  // ((1.959964 + 0.841621) / 1e-3)^2
  CHECK(needed_subjects({1e-3, 1, kWellKnown, 1}).for_power == Approx(7848880).epsilon(1e-4));
  CHECK(needed_subjects({1e-3, 1, kWellKnown, 1}).for_interval == Approx(3841459).epsilon(1e-4));
  CHECK(std::isinf(needed_subjects({1e-9, 1, kWellKnown, 1}).for_power));
}

TEST_CASE("exact and normal numbers meet at ten thousand", "[law]") {
  auto const below = needed_subjects({0.02803, 1, kWellKnown, 1}).for_power;
  auto const above = needed_subjects({0.02800, 1, kWellKnown, 1}).for_power;
  CHECK(below < 10'000);
  CHECK(above > 10'000);
  CHECK(above - below < 40);
}

TEST_CASE("huge effects take two subjects", "[law]") {
  CHECK(needed_subjects({1e6, 1, 10, 1}).for_power == 2);
  CHECK(needed_subjects({1e6, 1, 10, 2}).for_interval == 2);
}

TEST_CASE("the number of subjects is not told where the question makes no sense", "[law]") {
  auto const nan = std::numeric_limits<double>::quiet_NaN();
  for (auto const& seen :
       {SeenDifference{0, 1, 5, 1}, SeenDifference{1, 0, 5, 1}, SeenDifference{nan, 1, 5, 1},
        SeenDifference{1, nan, 5, 1}, SeenDifference{1, 1, 1, 1}}) {
    CHECK(std::isnan(needed_subjects(seen).for_power));
    CHECK(std::isnan(needed_subjects(seen).for_interval));
  }
}

#include "core/statistics/quantile.h"

#include <catch2/catch.hpp>
#include <limits>
#include <vector>

using namespace myoaxis;

TEST_CASE("quantiles lie between ordered values, the outermost ones being the last", "[law]") {
  // R: quantile(c(10, 20, 40, 80), c(.05, .25, .5, .9), type = 6)
  std::vector<double> values{80, 10, 40, 20};
  CHECK(quantile_of(values, 0.05) == 10);
  CHECK(quantile_of(values, 0.25) == Approx(12.5));
  CHECK(quantile_of(values, 0.5) == Approx(30));
  CHECK(quantile_of(values, 0.9) == 80);
  std::vector<double> one{3};
  CHECK(quantile_of(one, 0.3) == 3);
}

TEST_CASE("a quantile that is one of the values does not look at its neighbor", "[law]") {
  constexpr auto infinity = std::numeric_limits<double>::infinity();
  std::vector<double> values{infinity, 2, -infinity};
  CHECK(quantile_of(values, 0.5) == 2);
  CHECK(quantile_of(values, 0.75) == infinity);
  std::vector<double> many(39, infinity);
  many[0] = 7;
  CHECK(quantile_of(many, 0.025) == 7);
}

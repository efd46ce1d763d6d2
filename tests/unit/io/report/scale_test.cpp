#include "io/report/scale.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

namespace myoaxis::report {

namespace {
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Extent extent_of(double low, double high) {
  Extent extent;
  extent.add(low);
  extent.add(high);
  return extent;
}
}  // namespace

TEST_CASE("what is no number does not widen an extent") {
  Extent extent;
  extent.add(kUnknown);
  extent.add(kInfinity);
  CHECK(extent.empty);
  CHECK(extent.span() == 0);
  extent.add(2);
  extent.add(-1);
  CHECK(extent.low == -1);
  CHECK(extent.high == 2);
}

TEST_CASE("ticks are round numbers within the extent") {
  auto const ticks = ticks_within(0, 10, 5);
  CHECK(ticks.values == std::vector<double>{0, 2, 4, 6, 8, 10});
  CHECK(ticks.places == 0);
  auto const small = ticks_within(0.11, 0.42, 3);
  REQUIRE(small.values.size() == 2);
  CHECK(small.values.front() == Approx(0.2));
  CHECK(small.text(small.values.front()) == "0.2");
  CHECK(ticks_within(-1, 1, 2).values == std::vector<double>{-1, 0, 1});
}

TEST_CASE("the extent of an axis holds all data and is never empty") {
  for (auto const zero : {Zero::included, Zero::when_near, Zero::ignored}) {
    for (auto const& data : {extent_of(3, 17), extent_of(-4, -3.9), extent_of(5, 5), extent_of(0, 0),
                             extent_of(1e-12, 3e-12), extent_of(-1e9, 1e9)}) {
      auto const axis = axis_extent(data, zero, 4);
      CHECK(axis.low < axis.high);
      auto const rounding = 1e-9 * (std::abs(data.low) + std::abs(data.high));
      CHECK(axis.low <= data.low + rounding);
      CHECK(axis.high >= data.high - rounding);
      if (zero == Zero::included) CHECK((axis.low <= 0 && axis.high >= 0));
    }
  }
  CHECK(axis_extent({}, Zero::ignored, 4).high == 1);
}

TEST_CASE("an axis begins at zero only when that costs less than half of it") {
  CHECK(axis_extent(extent_of(4, 10), Zero::when_near, 4).low == 0);
  CHECK(axis_extent(extent_of(8, 10), Zero::when_near, 4).low > 0);
  CHECK(axis_extent(extent_of(-10, -4), Zero::when_near, 4).high == 0);
}

TEST_CASE("scales map ends to ends and keep the order between") {
  Scale const linear{0, 10, 100, 0};
  CHECK(linear(0) == 100);
  CHECK(linear(10) == 0);
  CHECK(linear(2.5) == Approx(75));
  Scale const logarithmic{0.01, 100, 0, 4, Spacing::logarithmic};
  CHECK(logarithmic(1) == Approx(2));
  CHECK(logarithmic(10) == Approx(3));
  Scale const symmetric{-10, 10, -1, 1, Spacing::arcsinh};
  CHECK(symmetric(0) == Approx(0).margin(1e-12));
  CHECK(symmetric(3) == Approx(-symmetric(-3)));
  CHECK(symmetric(3) > 3 * 0.1);  // more room for what is near zero
  CHECK(symmetric.holds(-10));
  CHECK_FALSE(symmetric.holds(10.1));
}

}  // namespace myoaxis::report

#include "io/config/limits.h"

#include <catch2/catch.hpp>

using namespace myoaxis;

TEST_CASE("limits hold their ends unless these are excluded") {
  CHECK(fraction().contain(0));
  CHECK(fraction().contain(1));
  CHECK_FALSE(fraction().contain(1.0000001));
  CHECK_FALSE(positive().contain(0));
  CHECK(non_negative().contain(0));
  CHECK_FALSE(any().contain(std::numeric_limits<double>::quiet_NaN()));
}

TEST_CASE("limits say what they demand") {
  CHECK(to_text(positive(), "kg") == "must be positive");
  CHECK(to_text(non_negative(), "kg") == "must not be negative");
  CHECK(to_text(fraction(), "1") == "must be between 0 and 1");
  CHECK(to_text(at_least(5), "s") == "must be at least 5 s");
  CHECK(to_text(Limits{.low = 0, .high = 2, .low_open = true}, "m") == "must be above 0 m and at most 2 m");
  CHECK(to_text(any(), "s").empty());
}

TEST_CASE("the number to read on with lies inside the limits") {
  auto const limits = GENERATE(any(), positive(), fraction(), at_least(5), between(-3, -2), between(7, 7),
                               Limits{.low = 1, .high = 2, .low_open = true, .high_open = true},
                               Limits{.high = 1, .high_open = true}, Limits{.low = 1, .low_open = true});
  CHECK(limits.contain(inside(limits)));
}

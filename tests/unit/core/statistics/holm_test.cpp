#include "core/statistics/holm.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace myoaxis;
using Values = std::vector<double>;

TEST_CASE("the smallest p is multiplied by the number of tests, the next by one less", "[law]") {
  // As R's p.adjust(..., "holm") does.
  auto const adjusted = holm_adjusted(Values{0.01, 0.04, 0.03, 0.005});
  CHECK(adjusted[0] == Approx(0.03));
  CHECK(adjusted[1] == Approx(0.06));
  CHECK(adjusted[2] == Approx(0.06));
  CHECK(adjusted[3] == Approx(0.02));
}

TEST_CASE("an adjusted p is at most 1", "[law]") { CHECK(holm_adjusted(Values{0.6, 0.8}) == Values{1, 1}); }

TEST_CASE("what was not tested does not count", "[law]") {
  auto const adjusted = holm_adjusted(Values{0.02, std::numeric_limits<double>::quiet_NaN(), 0.5});
  CHECK(adjusted[0] == Approx(0.04));
  CHECK(std::isnan(adjusted[1]));
  CHECK(adjusted[2] == Approx(0.5));
  CHECK(holm_adjusted({}).empty());
}

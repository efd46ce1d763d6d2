#include "agents/body/conversion.h"

#include <catch2/catch.hpp>

#include "tests/unit/core/aborts.h"

using namespace myoaxis;

namespace {

double rate(double untrained, double fold, double adaptation) {
  return conversion_rate(PerSecond{untrained}, Number{fold}, Fraction{adaptation}).value();
}

}  // namespace

TEST_CASE("untrained tissue converts at its own rate, fully adapted tissue at that times the fold", "[law]") {
  CHECK(rate(2e-5, 1.8, 0) == 2e-5);
  CHECK(rate(2e-5, 1.8, 1) == Approx(3.6e-5).epsilon(1e-14));
  CHECK(rate(2e-5, 1.8, 0.5) == Approx(2.8e-5).epsilon(1e-14));
  CHECK(rate(2e-5, 0.5, 1) == Approx(1e-5).epsilon(1e-14));
}

TEST_CASE("a fold of 1 leaves conversion as it is, and no enzyme converts nothing", "[law]") {
  auto const adaptation = GENERATE(0.0, 0.4, 1.0);
  CHECK(rate(2e-5, 1, adaptation) == 2e-5);
  CHECK(rate(0, 3, adaptation) == 0);
}

TEST_CASE("conversion rises with adaptation where training raises the enzyme", "[law]") {
  for (double x = 0.1; x < 1; x += 0.1) {
    CHECK(rate(1, 2, x) > rate(1, 2, x - 0.1));
    CHECK(rate(1, 0.5, x) < rate(1, 0.5, x - 0.1));
  }
}

#ifdef MYOAXIS_CONTRACTS
TEST_CASE("rate and fold are not negative and the adaptation is a share") {
  CHECK(aborts([] { rate(-1, 1, 0); }));
  CHECK(aborts([] { rate(1, -1, 0); }));
  CHECK(aborts([] { rate(1, 1, 1.1); }));
  CHECK(aborts([] { rate(1, 1, -0.1); }));
}
#endif

#include "agents/central/exertion.h"

#include <catch2/catch.hpp>

#include "tests/unit/core/aborts.h"

using namespace myoaxis;

namespace {

double felt(double drive, double largest) {
  return perceived_exertion(Fraction{drive}, Fraction{largest}).value();
}

}  // namespace

TEST_CASE("exertion is 6 at rest and 20 at the largest drive, however small that is", "[law]") {
  auto const largest = GENERATE(0.0, 0.2, 0.95, 1.0);
  CHECK(felt(0, largest) == 6);
  if (largest > 0) CHECK(felt(largest, largest) == 20);
}

TEST_CASE("half of the largest drive is felt as 13", "[law]") {
  CHECK(felt(0.5, 1) == 13);
  CHECK(felt(0.2, 0.8) == Approx(9.5).epsilon(1e-14));
}

TEST_CASE("exertion does not leave the scale when more than the largest drive is asked for", "[law]") {
  CHECK(felt(0.9, 0.5) == 20);
  CHECK(felt(0.1, 0) == 20);
}

TEST_CASE("the same work feels harder as the largest drive falls", "[law]") {
  for (double largest = 0.35; largest <= 1; largest += 0.05)
    CHECK(felt(0.3, largest) < felt(0.3, largest - 0.05));
}

#ifdef MYOAXIS_CONTRACTS
TEST_CASE("a drive is not negative") {
  CHECK(aborts([] { felt(-0.1, 1); }));
  CHECK(aborts([] { felt(0.1, -1); }));
}
#endif

#include "agents/central/drive.h"

#include <catch2/catch.hpp>

#include "tests/unit/core/aborts.h"

using namespace myoaxis;

namespace {

constexpr CentralParams kCentral{Fraction{0.95}, Number{0.6}, PerSecond{0.1 / 3600}, Seconds{900},
                                 Fraction{0.2}};

double largest(double capacity, double central_fatigue, CentralParams const& p = kCentral) {
  return largest_drive(Fraction{capacity}, central_fatigue, p).value();
}

double advanced(double central_fatigue, double drive, double dt) {
  return advance_central_fatigue(central_fatigue, Fraction{drive}, kCentral, Seconds{dt});
}

}  // namespace

TEST_CASE("a fresh subject reaches its voluntary activation", "[law]") { CHECK(largest(1, 0) == 0.95); }

TEST_CASE("tired muscles and a tired brain lower the largest drive, and their losses add up", "[law]") {
  // 0.95 (1 - 0.6 x 0.35) = 0.7505, 0.95 (1 - 0.1) = 0.855, 0.95 (1 - 0.21 - 0.1) = 0.6555
  CHECK(largest(0.65, 0) == Approx(0.7505).epsilon(1e-14));
  CHECK(largest(1, 0.1) == Approx(0.855).epsilon(1e-14));
  CHECK(largest(0.65, 0.1) == Approx(0.6555).epsilon(1e-14));
}

TEST_CASE("with the afferents blocked, tired muscles do not lower the drive", "[law]") {
  auto blocked = kCentral;
  blocked.afferent_gain = Number{0};
  CHECK(largest(0.3, 0, blocked) == 0.95);
}

TEST_CASE("the largest drive never falls below its floor", "[law]") {
  CHECK(largest(0, 0.9) == 0.2);
  CHECK(largest(1, 50) == 0.2);
}

TEST_CASE("the largest drive rises with capacity and falls with central fatigue", "[law]") {
  for (double x = 0.05; x <= 0.7; x += 0.05) {
    CHECK(largest(1 - x, 0) < largest(1 - x + 0.05, 0));
    CHECK(largest(1, x) < largest(1, x - 0.05));
  }
}

TEST_CASE("central fatigue recovers by half in its half-time", "[law]") {
  CHECK(advanced(0.4, 0, 900) == 0.2);
  CHECK(advanced(0, 0, 900) == 0);
}

TEST_CASE("central fatigue rises with drive, first in proportion to it, then to a balance", "[law]") {
  CHECK(advanced(0, 0.8, 1) == Approx(0.8 * 0.1 / 3600).epsilon(1e-3));
  // 0.1 / 3600 x 0.8 x 900 / ln2
  CHECK(advanced(0, 0.8, 1e6) == Approx(0.02885390081777927).epsilon(1e-12));
  CHECK(advanced(0.01, 0.4, 60) < advanced(0.01, 0.5, 60));
}

TEST_CASE("central fatigue over two steps is that over one of their length", "[law]") {
  auto const drive = GENERATE(0.0, 0.3, 1.0);
  CHECK(advanced(advanced(0.1, drive, 15), drive, 3000) == Approx(advanced(0.1, drive, 3015)).epsilon(1e-14));
}

#ifdef MYOAXIS_CONTRACTS
TEST_CASE("capacity and drive are shares, and central fatigue is no gift") {
  CHECK(aborts([] { largest(1.01, 0); }));
  CHECK(aborts([] { largest(-0.01, 0); }));
  CHECK(aborts([] { largest(1, -0.01); }));
  CHECK(aborts([] { advanced(0, 1.01, 1); }));
  CHECK(aborts([] { advanced(-0.1, 1, 1); }));
}
#endif

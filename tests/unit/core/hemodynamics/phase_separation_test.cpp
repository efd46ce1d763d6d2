#include "core/hemodynamics/phase_separation.h"

#include <catch2/catch.hpp>

using namespace myoaxis;

namespace {

Divergence divergence(double branch_um, double other_um, double hematocrit = 0.4, double feed_um = 20) {
  return {Fraction{hematocrit}, Meters{1e-6 * feed_um}, Meters{1e-6 * branch_um}, Meters{1e-6 * other_um}};
}
double share(double blood, Divergence const& at) { return red_cell_share(Fraction{blood}, at).value(); }

}  // namespace

TEST_CASE("red cells part as published", "[law]") {
  // By hand from the formula, in Python.
  CHECK(share(0.3, divergence(10, 10)) == Approx(0.25043566147257484).epsilon(1e-12));
  CHECK(share(0.3, divergence(10, 15)) == Approx(0.2803060611774149).epsilon(1e-12));
  CHECK(share(0.5, divergence(10, 15)) == Approx(0.5382615909171999).epsilon(1e-12));
  CHECK(share(0.3, divergence(10.2, 15)) != Approx(0.2803060611774149).epsilon(1e-4));
}

TEST_CASE("an even division gives both branches the same", "[law]") {
  CHECK(share(0.5, divergence(8, 8)) == Approx(0.5).epsilon(1e-14));
}

TEST_CASE("the slower branch skims plasma, and the threshold leaves it no cell", "[law]") {
  auto const threshold = 0.964 * 0.6 / 20;
  CHECK(share(0.999 * threshold, divergence(10, 10)) == 0);
  CHECK(share(1.001 * threshold, divergence(10, 10)) > 0);
  CHECK(share(1 - 0.999 * threshold, divergence(10, 10)) == 1);
  for (double blood : {0.05, 0.1, 0.3, 0.45}) CHECK(share(blood, divergence(10, 10)) < blood);
  for (double blood : {0.55, 0.7, 0.95}) CHECK(share(blood, divergence(10, 10)) > blood);
}

TEST_CASE("what one branch lacks the other one has", "[law]") {
  for (double blood : {0.01, 0.1, 0.37, 0.5, 0.8, 0.99}) {
    CHECK(share(blood, divergence(7, 12)) + share(1 - blood, divergence(12, 7)) == Approx(1).epsilon(1e-12));
  }
}

TEST_CASE("separation fades in wide vessels and in thick blood", "[law]") {
  CHECK(std::abs(share(0.3, divergence(10, 10, 0.4, 1000)) - 0.3) < 0.002);
  CHECK(std::abs(share(0.3, divergence(10, 10, 0.9)) - 0.3) < std::abs(share(0.3, divergence(10, 10)) - 0.3));
}

TEST_CASE("the narrowest feed still divides its cells", "[law]") {
  auto const least = share(0.49, divergence(4, 4, 0, 0.5));
  CHECK(least >= 0);
  CHECK(share(0.5, divergence(4, 4, 0, 0.5)) == Approx(0.5));
}

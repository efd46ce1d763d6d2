#include <catch2/catch.hpp>

#include "core/hemodynamics/fahraeus_effect.h"
#include "core/hemodynamics/poiseuille.h"

using namespace myoaxis;

TEST_CASE("a tube's conductance and wall shear stress are Poiseuille's", "[law]") {
  // d = 10 um, l = 100 um, mu = 3 mPa s: pi 1e-20 / (128 * 3e-3 * 1e-4)
  auto const conductance = hydraulic_conductance(Meters{10e-6}, Meters{100e-6}, PascalSeconds{3e-3}).value();
  CHECK(conductance == Approx(8.1812308687234e-16).epsilon(1e-12));
  // The drop of 100 Pa on the wall: force 100 Pa pi d^2/4 on the area pi d l gives 100 d / (4 l) = 2.5 Pa.
  CubicMetersPerSecond const flow{-100 * conductance};
  CHECK(wall_shear_stress(Meters{10e-6}, flow, PascalSeconds{3e-3}).value() == Approx(2.5).epsilon(1e-12));
}

TEST_CASE("a narrow tube holds fewer cells than it delivers", "[law]") {
  // By hand: 0.45 + 0.55 (1 + 1.7 exp(-0.415 D) - 0.6 exp(-0.011 D)).
  CHECK(tube_hematocrit(10, Fraction{0.45}).value() / 0.45 == Approx(0.7191144647654847).epsilon(1e-12));
  CHECK(tube_hematocrit(100, Fraction{0.45}).value() / 0.45 == Approx(0.8901525423796338).epsilon(1e-12));
  CHECK(tube_hematocrit(2000, Fraction{0.45}).value() == Approx(0.45).epsilon(1e-9));
  CHECK(tube_hematocrit(2, Fraction{0.45}).value() <= 0.45);
}

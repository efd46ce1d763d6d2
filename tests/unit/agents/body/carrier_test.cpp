#include "agents/body/carrier.h"

#include <catch2/catch.hpp>
#include <utility>

#include "tests/unit/core/aborts.h"

using namespace myoaxis;

namespace {

constexpr CarrierParams kCarrier{MolesPerKilogramSecond{6e-6}, MolesPerCubicMeter{5}};

double flux(double blood, double tissue) {
  return carrier_flux(MolesPerCubicMeter{blood}, MolesPerCubicMeter{tissue}, kCarrier).value();
}

double permeability(double at_rest) {
  return carrier_permeability(MolesPerCubicMeter{at_rest}, kCarrier).value();
}

/// Blood rests at 1, tissue at 0.8.
double beyond_linear(double blood, double tissue) {
  return carrier_remainder({MolesPerCubicMeter{blood}, MolesPerCubicMeter{tissue}},
                           {MolesPerCubicMeter{1}, MolesPerCubicMeter{0.8}}, kCarrier)
      .value();
}

/// The law as its header states it.
double flux_twin(double blood, double tissue) { return 6e-6 * (blood / (5 + blood) - tissue / (5 + tissue)); }

}  // namespace

TEST_CASE("the flux of a carrier is the difference of two saturating fluxes", "[law]") {
  auto const blood = GENERATE(0.0, 1.0, 5.0, 20.0);
  auto const tissue = GENERATE(0.0, 0.8, 3.0);
  CAPTURE(blood, tissue);
  CHECK(flux(blood, tissue) == Approx(flux_twin(blood, tissue)).epsilon(1e-12).margin(1e-20));
}

TEST_CASE("half of the maximal flux enters at the half-saturation, all of it at excess", "[law]") {
  CHECK(flux(5, 0) == Approx(3e-6).epsilon(1e-14));
  CHECK(flux(1e9, 0) == Approx(6e-6).epsilon(1e-8));
  CHECK(flux(0, 0) == 0);
}

TEST_CASE("a carrier runs down the gradient, and both ways alike", "[law]") {
  auto const [blood, tissue] =
      GENERATE(std::pair{1.0, 0.4}, std::pair{12.0, 3.0}, std::pair{1.0, 1.0 + 1e-12});
  CHECK(flux(blood, tissue) == -flux(tissue, blood));
  CHECK((flux(blood, tissue) > 0) == (blood > tissue));
  CHECK(flux(blood, blood) == 0);
}

TEST_CASE("inflow rises with the blood level, ever less", "[law]") {
  for (double c = 1; c < 20; c += 1) {
    CHECK(flux(c + 1, 0.5) > flux(c, 0.5));
    CHECK(flux(c + 1, 0.5) - flux(c, 0.5) < flux(c, 0.5) - flux(c - 1, 0.5));
  }
}

TEST_CASE("the linear part is that of far below saturation, or the chord at the resting level", "[law]") {
  CHECK(permeability(0) == Approx(1.2e-6).epsilon(1e-14));
  CHECK(permeability(1) == Approx(1e-6).epsilon(1e-14));
  CHECK(flux(1, 0) == Approx(permeability(1) * 1).epsilon(1e-14));
  CHECK(flux(1e-6, 3e-6) == Approx(permeability(0) * -2e-6).epsilon(1e-5));
}

TEST_CASE("the linear part and the remainder make up the flux", "[law]") {
  auto const blood = GENERATE(0.0, 1.0, 8.0);
  auto const tissue = GENERATE(0.0, 0.8, 8.0);
  CHECK(permeability(1) * blood - permeability(0.8) * tissue + beyond_linear(blood, tissue) ==
        Approx(flux(blood, tissue)).epsilon(1e-13).margin(1e-20));
}

TEST_CASE("there is no remainder at rest, nor for either one-way flux there", "[law]") {
  CHECK(beyond_linear(1, 0.8) == Approx(0).margin(1e-20));
  CHECK(beyond_linear(1, 0) == Approx(0).margin(1e-20));
  CHECK(beyond_linear(0, 0.8) == Approx(0).margin(1e-20));
  CHECK(beyond_linear(8, 0.8) < 0);  // saturation lets in less than the linear part
}

#ifdef MYOAXIS_CONTRACTS
TEST_CASE("concentrations are not negative and the half-saturation is positive") {
  CHECK(aborts([] { flux(-1, 0); }));
  CHECK(aborts([] { flux(0, -1); }));
  CHECK(aborts([] { permeability(-1); }));
  CHECK(aborts([] {
    carrier_flux(MolesPerCubicMeter{0}, MolesPerCubicMeter{0},
                 {MolesPerKilogramSecond{1}, MolesPerCubicMeter{0}});
  }));
}
#endif

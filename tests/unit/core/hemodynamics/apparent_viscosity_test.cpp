#include "core/hemodynamics/apparent_viscosity.h"

#include <catch2/catch.hpp>

using namespace myoaxis;

namespace {
Approx nearly(double value) { return Approx(value).epsilon(1e-9); }
}  // namespace

TEST_CASE("the in vivo viscosity has its published form at four diameters", "[law]") {
  // By hand from the formula, in Python: D um, viscosity at hematocrit 0.45 and at 0.30.
  struct Known {
    double diameter, at_45, at_30;
  };
  for (auto const& [diameter, at_45, at_30] :
       {Known{5, 12.620000133362366, 8.95671591054014}, Known{10, 5.872437674178899, 3.65503958208474},
        Known{30, 2.5219868438153497, 1.8441654199287842},
        Known{100, 2.531539124845802, 1.8349039597132035}}) {
    CAPTURE(diameter);
    CHECK(relative_viscosity_in_vivo(diameter, Fraction{0.45}) == nearly(at_45));
    CHECK(relative_viscosity_in_vivo(diameter, Fraction{0.30}) == nearly(at_30));
    CHECK(relative_viscosity_in_vivo(1.02 * diameter, Fraction{0.45}) != nearly(at_45));
  }
}

TEST_CASE("the in vitro viscosity has its published form and its minimum near 7 um", "[law]") {
  CHECK(relative_viscosity_in_vitro(10, Fraction{0.45}) == nearly(1.3284066788852968));
  CHECK(relative_viscosity_in_vitro(30, Fraction{0.30}) == nearly(1.4115514581601332));
  CHECK(relative_viscosity_in_vitro(100, Fraction{0.45}) == nearly(2.4426340496931243));
  CHECK(relative_viscosity_in_vitro(6.5, Fraction{0.45}) < relative_viscosity_in_vitro(5, Fraction{0.45}));
  CHECK(relative_viscosity_in_vitro(6.5, Fraction{0.45}) < relative_viscosity_in_vitro(10, Fraction{0.45}));
}

TEST_CASE("without cells glass tubes carry plasma, and living vessels lose their surface layer", "[law]") {
  CHECK(relative_viscosity_in_vitro(10, Fraction{0}) == 1);
  auto const lumen = 10 / (10 - 1.1);
  CHECK(relative_viscosity_in_vivo(10, Fraction{0}) == nearly(lumen * lumen));
}

TEST_CASE("viscosity rises with hematocrit in all vessels, up to the last cell", "[law]") {
  for (double diameter : {2.0, 3.0, 6.0, 8.43, 15.0, 60.0, 1000.0}) {
    auto last = 0.0;
    for (double hematocrit = 0; hematocrit < 0.999; hematocrit += 0.037) {
      auto const next = relative_viscosity_in_vivo(diameter, Fraction{hematocrit});
      CAPTURE(diameter, hematocrit);
      CHECK(std::isfinite(next));
      CHECK(next > last);
      last = next;
    }
  }
}

TEST_CASE("the factor of hematocrit is smooth where its exponent passes zero", "[law]") {
  auto const limit = hematocrit_factor(0.3, 0);
  CHECK(limit == nearly(std::log(0.7) / std::log(0.55)));
  CHECK(hematocrit_factor(0.3, 2e-9) == Approx(limit).epsilon(1e-8));
  CHECK(hematocrit_factor(0.45, 0) == 1);
}

TEST_CASE("smaller cells make a vessel wider, and no vessel counts below 2 um", "[law]") {
  CHECK(rheological_diameter(Meters{10e-6}, CubicMeters{55e-18}) == nearly(11.87066491641123));
  CHECK(rheological_diameter(Meters{10e-6}, CubicMeters{92e-18}) == nearly(10));
  CHECK(rheological_diameter(Meters{0.4e-6}, CubicMeters{55e-18}) == 2);
}

TEST_CASE("the apparent viscosity is that of plasma times the law chosen", "[law]") {
  Blood const human{PascalSeconds{1.0466e-3}, CubicMeters{92e-18}};
  auto const viscosity = [&](ViscosityLaw law) {
    return apparent_viscosity(law, Meters{10e-6}, Fraction{0.45}, human, PascalSeconds{3e-3}).value();
  };
  CHECK(viscosity(ViscosityLaw::in_vivo) == nearly(1.0466e-3 * 5.872437674178899));
  CHECK(viscosity(ViscosityLaw::in_vitro) == nearly(1.0466e-3 * 1.3284066788852968));
  CHECK(viscosity(ViscosityLaw::constant) == 3e-3);
}

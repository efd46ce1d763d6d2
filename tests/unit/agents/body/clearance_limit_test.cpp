#include "agents/body/clearance_limit.h"

#include <catch2/catch.hpp>
#include <tuple>

using namespace myoaxis;

namespace {

/// 1000 of cardiac output: liver 100 and gut 200, which drains into it; kidney 50.
CirculationParams small_circulation() {
  CirculationParams params;
  params.cardiac_output = CubicMetersPerSecond{1000};
  params.hematocrit = Fraction{0.4};
  for (auto const& [name, share, target] :
       {std::tuple{"liver", 0.1, ""}, std::tuple{"gut", 0.2, "liver"}, std::tuple{"kidney", 0.05, ""}}) {
    auto& organ = params.organs.emplace_back();
    organ.name = name;
    organ.flow_share = Fraction{share};
    organ.drains_into = target;
  }
  return params;
}

FactorParams factor_with(double clearance, double of_liver, double of_kidney) {
  FactorParams factor;
  factor.clearance = CubicMetersPerSecond{clearance};
  factor.clearance_share = {{"liver", Fraction{of_liver}}, {"kidney", Fraction{of_kidney}}};
  return factor;
}

double limited(FactorParams const& factor) {
  return limited_clearance(factor, Fraction{0.5}, small_circulation()).value();
}

}  // namespace

TEST_CASE("what flows through an organ is its own and what drains into it, of the factor's space", "[law]") {
  auto const params = small_circulation();
  CHECK(flow_through("liver", BloodSpace::blood, params).value() == Approx(300));
  CHECK(flow_through("liver", BloodSpace::plasma, params).value() == Approx(180));
  CHECK(flow_through("kidney", BloodSpace::plasma, params).value() == Approx(30));
  CHECK(flow_through("skin", BloodSpace::plasma, params).value() == 0);
}

TEST_CASE("a clearance is cut to what the narrowest organ allows, and no further", "[law]") {
  CHECK(limited(factor_with(10, 0.5, 0.5)) == 10);
  CHECK(limited(factor_with(100, 0.5, 0.5)) == Approx(0.5 * 30 / 0.5));   // by the kidney
  CHECK(limited(factor_with(100, 0.9, 0.1)) == Approx(0.5 * 180 / 0.9));  // by the liver
  CHECK(limited(factor_with(100, 1, 0)) == Approx(90));
}

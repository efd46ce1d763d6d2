#include "agents/body/clearance_linear.h"

#include <catch2/catch.hpp>

using namespace myoaxis;

namespace {

/// Share that a chain of stages lets pass in the stationary state: each keeps Q / (Q + k V / n) of what
/// enters.
double passed(double flow, double rate, double volume, std::size_t stages) {
  double left = 1;
  auto const stage = volume / static_cast<double>(stages);
  for (std::size_t i = 0; i < stages; ++i) left *= flow / (flow + rate * stage);
  return left;
}

/// The same as a function of the rate.
auto chain(double flow, double volume, std::size_t stages) {
  return [=](PerSecond rate) { return passed(flow, rate.value(), volume, stages); };
}

}  // namespace

TEST_CASE("the stages of an organ together extract clearance over flow", "[law]") {
  auto const stages = GENERATE(std::size_t{1}, std::size_t{4}, std::size_t{20});
  auto const extraction = GENERATE(0.001, 0.3, 0.95);
  auto const flow = 3e-8;
  auto const rate = clearance_rate(CubicMetersPerSecond{extraction * flow}, CubicMetersPerSecond{flow},
                                   CubicMeters{2e-7}, chain(flow, 2e-7, stages));
  CAPTURE(stages, extraction);
  CHECK(1 - passed(flow, rate.value(), 2e-7, stages) == Approx(extraction).epsilon(1e-9));
}

TEST_CASE("one well-mixed stage clears at the textbook rate", "[law]") {
  // E/(1 - E) Q/V = 0.5 / 0.5 x 4 / 2
  CHECK(clearance_rate(CubicMetersPerSecond{2}, CubicMetersPerSecond{4}, CubicMeters{2}, chain(4, 2, 1))
            .value() == Approx(2).epsilon(1e-14));
  CHECK(clearance_rate(CubicMetersPerSecond{0}, CubicMetersPerSecond{4}, CubicMeters{2}, chain(4, 2, 3))
            .value() == 0);
}

TEST_CASE("with small extraction the rate is clearance over volume", "[law]") {
  CHECK(clearance_rate(CubicMetersPerSecond{1e-7}, CubicMetersPerSecond{1}, CubicMeters{2}, chain(1, 2, 4))
            .value() == Approx(0.5e-7).epsilon(1e-6));
}

TEST_CASE("extraction falls and clearance rises when blood passes faster", "[law]") {
  auto const rate =
      clearance_rate(CubicMetersPerSecond{0.5}, CubicMetersPerSecond{1}, CubicMeters{2}, chain(1, 2, 4))
          .value();
  auto const extracted = [&](double flow) { return 1 - passed(flow, rate, 2, 4); };
  CHECK(extracted(2) < extracted(1));
  CHECK(2 * extracted(2) > extracted(1));
}

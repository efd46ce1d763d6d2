#include "agents/body/organ_flow.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "tests/support/experiments.h"

using namespace myoaxis;
using test::circulation;

namespace {

constexpr double kMilliliterPerMinute = 1e-6 / 60;

std::size_t organ(std::string const& name) {
  auto const& organs = circulation().organs;
  auto const found =
      std::find_if(organs.begin(), organs.end(), [&](auto const& each) { return each.name == name; });
  return static_cast<std::size_t>(found - organs.begin());
}

OrganFlows flows_at(double intensity, double working = 0.5) {
  return organ_flows(circulation(), Fraction{working}, Intensity{intensity});
}

double muscle_per_gram(double intensity) {
  return flows_at(intensity).organ[organ("muscle")].value() / kMilliliterPerMinute / 9.6;
}

}  // namespace

TEST_CASE("the organs' flows sum to cardiac output at every intensity", "[law][conservation]") {
  for (double i = 0; i <= 1; i += 0.05) {
    auto const flows = flows_at(i);
    auto const sum = std::accumulate(flows.organ.begin(), flows.organ.end(), 0.0,
                                     [](double s, CubicMetersPerSecond flow) { return s + flow.value(); });
    CHECK(sum == Approx(flows.cardiac_output.value()).epsilon(1e-12));
    CHECK(flows.cardiac_output.value() == Approx((14 + 8 * i) * kMilliliterPerMinute).epsilon(1e-9));
    CHECK(flows.working_muscle.value() + flows.resting_muscle.value() ==
          Approx(flows.organ[organ("muscle")].value()).epsilon(1e-12));
    for (auto const flow : flows.organ) CHECK(flow.value() > 0);
  }
}

TEST_CASE("muscle of the mouse has its flow at rest and at VO2max", "[law][baseline]") {
  CHECK(muscle_per_gram(0) == Approx(0.29).epsilon(0.02));
  CHECK(muscle_per_gram(1) == Approx(1.50).epsilon(0.02));
}

TEST_CASE("the kidney keeps six tenths of its flow at VO2max", "[law][baseline]") {
  auto const kidney = organ("kidney");
  CHECK(flows_at(1).organ[kidney].value() / flows_at(0).organ[kidney].value() == Approx(0.6).epsilon(1e-12));
}

TEST_CASE("muscle that does not work keeps its flow per gram", "[law]") {
  auto const rest = flows_at(0, 0.3);
  auto const run = flows_at(0.8, 0.3);
  CHECK(run.resting_muscle.value() == Approx(rest.resting_muscle.value()).epsilon(1e-12));
  CHECK(rest.working_muscle.value() / 0.3 == Approx(rest.resting_muscle.value() / 0.7).epsilon(1e-9));
  CHECK(run.working_muscle > rest.working_muscle);
}

#include "agents/muscle/motor_units.h"

#include <catch2/catch.hpp>

#include "tests/support/experiments.h"

using namespace myoaxis;

namespace {

MotorUnitParams const& unit_params() { return test::mouse().motor_units; }
std::size_t last() { return unit_params().count - 1; }
/// Firing rate that a unit of this threshold has lost after some time of activity.
double lost_rate(double rate, double threshold, Seconds active) {
  return rate - adapted_rate(unit_params(), rate, adaptation_share(unit_params(), threshold, active));
}

}  // namespace

TEST_CASE("the published unit_params spans its ranges of threshold, force, time and rate",
          "[law][verification]") {
  CHECK(recruitment_threshold(unit_params(), 0) == Approx(1).epsilon(1e-12));
  CHECK(recruitment_threshold(unit_params(), last()) == Approx(50).epsilon(1e-12));
  CHECK(twitch_force(unit_params(), 0) == Approx(1).epsilon(1e-12));
  CHECK(twitch_force(unit_params(), last()) == Approx(100).epsilon(1e-12));
  CHECK(contraction_time(unit_params(), 0).value() == Approx(0.090).epsilon(1e-12));
  CHECK(contraction_time(unit_params(), last()).value() == Approx(0.030).epsilon(1e-12));
  CHECK(peak_rate(unit_params(), 0).value() == Approx(35).epsilon(1e-12));
  CHECK(peak_rate(unit_params(), last()).value() == Approx(25).epsilon(1e-12));
}

TEST_CASE("the last unit is recruited at 74.6 % of the maximal excitation", "[law][verification]") {
  CHECK(maximal_excitation(unit_params()) == Approx(67).epsilon(1e-12));
  CHECK(100 * recruitment_threshold(unit_params(), last()) / maximal_excitation(unit_params()) ==
        Approx(74.6269).epsilon(1e-5));
}

TEST_CASE("the contraction time follows the twitch force by the published power law", "[law]") {
  auto const power = std::log(100.0) / std::log(3.0);
  auto const unit = GENERATE(std::size_t{0}, std::size_t{17}, std::size_t{60}, std::size_t{119});
  CHECK(contraction_time(unit_params(), unit).value() ==
        Approx(0.090 * std::pow(1 / twitch_force(unit_params(), unit), 1 / power)).epsilon(1e-12));
}

TEST_CASE("units differ in the order of recruitment in every property", "[law]") {
  for (std::size_t i = 1; i < unit_params().count; ++i) {
    CHECK(recruitment_threshold(unit_params(), i) > recruitment_threshold(unit_params(), i - 1));
    CHECK(twitch_force(unit_params(), i) > twitch_force(unit_params(), i - 1));
    CHECK(contraction_time(unit_params(), i) < contraction_time(unit_params(), i - 1));
    CHECK(peak_rate(unit_params(), i) < peak_rate(unit_params(), i - 1));
    CHECK(fatigue_rate(unit_params(), i) > fatigue_rate(unit_params(), i - 1));
  }
}

TEST_CASE("a unit fires from its threshold on, faster with excitation, never above its peak", "[law]") {
  CHECK(firing_rate(unit_params(), 9.999, 10, 30) == 0);
  CHECK(firing_rate(unit_params(), 10, 10, 30) == Approx(8));
  CHECK(firing_rate(unit_params(), 15, 10, 30) == Approx(13));
  CHECK(firing_rate(unit_params(), 32, 10, 30) == Approx(30));
  CHECK(firing_rate(unit_params(), 67, 10, 30) == Approx(30));
}

TEST_CASE("firing adapts with its time constant, most in the last unit and not at all in the first",
          "[law]") {
  CHECK(lost_rate(35, 1, Seconds{1000}) == 0);
  CHECK(lost_rate(20, 50, Seconds{0}) == 0);
  // 0.67 (20 - 8 + 2) = 9.38 imp/s in the end, 1 - 1/e of it after 22 s
  CHECK(lost_rate(20, 50, Seconds{1e6}) == Approx(9.38).epsilon(1e-12));
  CHECK(lost_rate(20, 50, Seconds{22}) == Approx(9.38 * (1 - std::exp(-1.0))).epsilon(1e-12));
  CHECK(lost_rate(20, 25, Seconds{22}) < lost_rate(20, 50, Seconds{22}));
}

TEST_CASE("twitches fuse linearly at low rates, then sigmoidally, without a jump between", "[law]") {
  auto const at_limit = 1 - std::exp(-2 * 0.064);  // x = 0.4
  CHECK(fusion(unit_params(), 0) == 0);
  CHECK(fusion(unit_params(), 0.2) == Approx(at_limit / 2).epsilon(1e-12));
  CHECK(fusion(unit_params(), 0.4) == Approx(at_limit).epsilon(1e-12));
  CHECK(fusion(unit_params(), 0.4 + 1e-9) == Approx(at_limit).epsilon(1e-7));
  CHECK(fusion(unit_params(), 1) == Approx(1 - std::exp(-2.0)).epsilon(1e-12));
  for (double x = 0.01; x < 3; x += 0.01) {
    CHECK(fusion(unit_params(), x) >= fusion(unit_params(), x - 0.01));
    CHECK(fusion(unit_params(), x) <= 1);
  }
}

TEST_CASE("fatigue rates span their range up to the published 0.0225 per second", "[law]") {
  CHECK(fatigue_rate(unit_params(), last()).value() == Approx(0.0225).epsilon(1e-12));
  CHECK(fatigue_rate(unit_params(), 0).value() == Approx(0.0225 / 180).epsilon(1e-12));
}

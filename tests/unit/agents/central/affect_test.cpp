#include "agents/central/affect.h"

#include <catch2/catch.hpp>

#include "tests/support/times.h"
#include "tests/unit/core/aborts.h"

using namespace myoaxis;
using test::kDays;
using test::kHours;

namespace {

constexpr AffectParams kAffect{Fraction{0.6}, PerSecond{0.3 / kHours}, PerSecond{-4 / kHours},
                               Seconds{2 * kDays}};
constexpr GeneralFatigueParams kFatigue{PerSecond{0.5 / kHours}, Seconds{kDays}};

double rate_per_hour(double intensity) { return affect_rate(Intensity{intensity}, kAffect).value() * kHours; }

double affect_after(double affect, double intensity, double dt) {
  return advance_affect(affect, Intensity{intensity}, kAffect, Seconds{dt});
}

double fatigue_after(double fatigue, double intensity, double dt) {
  return advance_general_fatigue(fatigue, Intensity{intensity}, kFatigue, Seconds{dt});
}

}  // namespace

TEST_CASE("exercise is pleasant up to the threshold and less so with every step above it", "[law]") {
  CHECK(rate_per_hour(0) == 0);
  CHECK(rate_per_hour(1e-6) == Approx(0.3).epsilon(1e-14));
  CHECK(rate_per_hour(0.6) == Approx(0.3).epsilon(1e-14));
  CHECK(rate_per_hour(0.6 + 1e-9) == Approx(0.3).epsilon(1e-7));
  // 0.3 - 4 x 0.075 = 0, 0.3 - 4 x 0.3 = -0.9
  CHECK(rate_per_hour(0.675) == Approx(0).margin(1e-14));
  CHECK(rate_per_hour(0.9) == Approx(-0.9).epsilon(1e-14));
}

TEST_CASE("an hour of easy exercise leaves its pleasure, an hour of hard exercise its displeasure", "[law]") {
  // Fading takes 1 - 2^(-1/48) of what was there; of what came in the hour about half of that.
  CHECK(affect_after(0, 0.5, kHours) == Approx(0.3).epsilon(0.01));
  CHECK(affect_after(0, 0.9, kHours) == Approx(-0.9).epsilon(0.01));
  CHECK(affect_after(0, 0, kHours) == 0);
}

TEST_CASE("affect fades by half in its half-life, whatever its sign", "[law]") {
  auto const affect = GENERATE(0.8, -0.8);
  CHECK(affect_after(affect, 0, 2 * kDays) == affect / 2);
}

TEST_CASE("affect falls with intensity above the threshold", "[law]") {
  for (double i = 0.65; i <= 1.1; i += 0.05)
    CHECK(affect_after(0.1, i, 600) < affect_after(0.1, i - 0.05, 600));
}

TEST_CASE("general fatigue grows with intensity and time and fades by half in its half-life", "[law]") {
  CHECK(fatigue_after(0.6, 0, kDays) == 0.3);
  CHECK(fatigue_after(0, 1, kHours) == Approx(0.5).epsilon(0.02));
  CHECK(fatigue_after(0, 0.5, 1) == Approx(0.25 / kHours).epsilon(1e-4));
  // gain x intensity x half-life / ln2
  CHECK(fatigue_after(0, 0.4, 1e9) == Approx(0.2 * 24 / std::log(2.0)).epsilon(1e-13));
  CHECK(fatigue_after(0.1, 0.5, 600) < fatigue_after(0.1, 0.6, 600));
}

TEST_CASE("affect and general fatigue over two steps are those over one of their length", "[law]") {
  auto const intensity = GENERATE(0.0, 0.5, 0.9);
  CHECK(affect_after(affect_after(0.2, intensity, 15), intensity, 7000) ==
        Approx(affect_after(0.2, intensity, 7015)).epsilon(1e-14));
  CHECK(fatigue_after(fatigue_after(0.2, intensity, 15), intensity, 7000) ==
        Approx(fatigue_after(0.2, intensity, 7015)).epsilon(1e-14));
}

#ifdef MYOAXIS_CONTRACTS
TEST_CASE("intensity and general fatigue are not negative") {
  CHECK(aborts([] { rate_per_hour(-0.1); }));
  CHECK(aborts([] { fatigue_after(0, -0.1, 1); }));
  CHECK(aborts([] { fatigue_after(-0.1, 0, 1); }));
}
#endif

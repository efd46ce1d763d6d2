#include "core/half_life.h"

#include <catch2/catch.hpp>

#include "tests/unit/core/aborts.h"

using namespace myoaxis;

namespace {

constexpr Seconds kHalfLife{600};

double settled(double value, double target, double dt) {
  return settled_after(value, target, kHalfLife, Seconds{dt});
}

double faded(double value, double input, double dt) {
  return faded_after(value, PerSecond{input}, kHalfLife, Seconds{dt});
}

/// dx/dt = input - x ln2 / T by classical Runge-Kutta steps.
double fading_twin(double value, double input, double seconds) {
  constexpr int steps = 2000;
  auto const h = seconds / steps;
  auto const slope = [&](double x) { return input - x * 0.6931471805599453 / kHalfLife.value(); };
  for (int i = 0; i < steps; ++i) {
    auto const k1 = slope(value);
    auto const k2 = slope(value + h / 2 * k1);
    auto const k3 = slope(value + h / 2 * k2);
    auto const k4 = slope(value + h * k3);
    value += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return value;
}

}  // namespace

TEST_CASE("each half-life halves the distance to the target", "[law]") {
  CHECK(settled(9, 1, 600) == 5);
  CHECK(settled(9, 1, 1200) == 3);
  CHECK(settled(-7, 1, 600) == -3);
  CHECK(settled(9, 1, 0) == 9);
  CHECK(settled(9, 1, 1e9) == 1);
}

TEST_CASE("what is at its target stays there exactly", "[law]") {
  auto const target = GENERATE(0.0, 0.1, -3.7);
  CHECK(settled(target, target, 17) == target);
}

TEST_CASE("without input each half-life halves what is left", "[law]") {
  CHECK(faded(8, 0, 600) == 4);
  CHECK(faded(8, 0, 1800) == 1);
  CHECK(faded(0, 0, 1800) == 0);
}

TEST_CASE("fading under constant input agrees with its differential equation in small steps", "[law]") {
  auto const value = GENERATE(0.0, 0.4, -2.0);
  auto const input = GENERATE(0.0, 3e-4, -5e-3);
  auto const seconds = GENERATE(1.0, 600.0, 9000.0);
  CAPTURE(value, input, seconds);
  CHECK(faded(value, input, seconds) ==
        Approx(fading_twin(value, input, seconds)).epsilon(1e-11).margin(1e-14));
}

TEST_CASE("constant input settles at input times half-life over ln2", "[law]") {
  CHECK(faded(0.3, 2e-3, 1e7) == Approx(2e-3 * 600 / std::log(2.0)).epsilon(1e-14));
}

TEST_CASE("a short step adds its input without loss of digits", "[law]") {
  CHECK(faded(0, 1, 1e-9) == Approx(1e-9).epsilon(1e-12));
}

TEST_CASE("two steps lead where one of their length leads", "[law]") {
  auto const first = GENERATE(1.0, 37.0, 5000.0);
  auto const second = GENERATE(0.5, 913.0);
  CHECK(settled(settled(0.2, 1.3, first), 1.3, second) ==
        Approx(settled(0.2, 1.3, first + second)).epsilon(1e-14));
  CHECK(faded(faded(0.2, 1e-3, first), 1e-3, second) ==
        Approx(faded(0.2, 1e-3, first + second)).epsilon(1e-14));
}

#ifdef MYOAXIS_CONTRACTS
TEST_CASE("a half-life is positive and time does not run back") {
  CHECK(aborts([] { settled_after(1, 0, Seconds{0}, Seconds{1}); }));
  CHECK(aborts([] { settled_after(1, 0, Seconds{1}, Seconds{-1}); }));
  CHECK(aborts([] { faded_after(1, PerSecond{0}, Seconds{0}, Seconds{1}); }));
  CHECK(aborts([] { faded_after(1, PerSecond{0}, Seconds{1}, Seconds{-1}); }));
}
#endif

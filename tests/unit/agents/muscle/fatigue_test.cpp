#include "agents/muscle/fatigue.h"

#include <catch2/catch.hpp>

using namespace myoaxis;

namespace {

constexpr PerSecond kTiring{0.01};
constexpr FatigueParams kFiberFatigue{PerSecond{5.8e-4}, Number{15}};

/// The law as its header states it, by classical Runge-Kutta steps.
double fatigue_twin(double fatigued, Contracting c, PerSecond rate, FatigueParams const& p, double seconds) {
  constexpr int steps = 2000;
  auto const h = seconds / steps;
  auto const slope = [&](double m) {
    auto const recovery = p.recovery.value() * (c.duty + (1 - c.duty) * p.rest_multiplier.value());
    return rate.value() * c.duty * c.activation * (1 - m) - recovery * m;
  };
  for (int i = 0; i < steps; ++i) {
    auto const k1 = slope(fatigued);
    auto const k2 = slope(fatigued + h / 2 * k1);
    auto const k3 = slope(fatigued + h / 2 * k2);
    auto const k4 = slope(fatigued + h * k3);
    fatigued += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return fatigued;
}

}  // namespace

TEST_CASE("fatigue agrees with its differential equation integrated in small steps", "[law]") {
  auto const activation = GENERATE(0.05, 0.5, 1.0);
  auto const duty = GENERATE(0.3, 1.0);
  auto const start = GENERATE(0.0, 0.4, 1.0);
  auto const seconds = GENERATE(1.0, 60.0, 3000.0);
  CAPTURE(activation, duty, start, seconds);
  CHECK(fatigued_after(start, {activation, duty}, kTiring, kFiberFatigue, Seconds{seconds}) ==
        Approx(fatigue_twin(start, {activation, duty}, kTiring, kFiberFatigue, seconds))
            .epsilon(1e-9)
            .margin(1e-12));
}

TEST_CASE("a silent fiber recovers at the rate of rest, whatever the duty of the task", "[law]") {
  auto const duty = GENERATE(0.0, 0.3, 1.0);
  CHECK(fatigued_after(0.8, {0, duty}, kTiring, kFiberFatigue, Seconds{100}) ==
        Approx(0.8 * std::exp(-5.8e-4 * 15 * 100)).epsilon(1e-12));
}

TEST_CASE("fatigue settles where tiring and recovery balance", "[law]") {
  // F d a = 0.01 x 0.5 x 0.6 = 0.003; recovery 5.8e-4 (0.5 + 0.5 x 15) = 0.00464
  CHECK(fatigued_after(0.1, {0.6, 0.5}, kTiring, kFiberFatigue, Seconds{1e6}) ==
        Approx(0.003 / 0.00764).epsilon(1e-12));
  CHECK(fatigued_after(0.9, {0.6, 0.5}, kTiring, kFiberFatigue, Seconds{1e6}) ==
        Approx(0.003 / 0.00764).epsilon(1e-12));
}

TEST_CASE("without recovery a sustained contraction tires exponentially", "[law]") {
  FatigueParams const none{PerSecond{0}, Number{15}};
  CHECK(fatigued_after(0, {1, 1}, kTiring, none, Seconds{100}) == Approx(1 - std::exp(-1.0)).epsilon(1e-12));
  CHECK(fatigued_after(0.3, {0, 0}, kTiring, none, Seconds{100}) == 0.3);
}

TEST_CASE("one long interval tires like many short ones and never leaves 0 to 1", "[law]") {
  double in_parts = 0.2;
  for (int i = 0; i < 600; ++i)
    in_parts = fatigued_after(in_parts, {0.7, 0.5}, kTiring, kFiberFatigue, Seconds{1});
  CHECK(in_parts ==
        Approx(fatigued_after(0.2, {0.7, 0.5}, kTiring, kFiberFatigue, Seconds{600})).epsilon(1e-12));
  CHECK(fatigued_after(1, {1, 1}, PerSecond{10}, kFiberFatigue, Seconds{1e9}) <= 1);
  CHECK(fatigued_after(0, {1, 1}, PerSecond{10}, kFiberFatigue, Seconds{1e9}) >= 0);
}

TEST_CASE("fatigue rises with activation and with duty", "[law]") {
  auto const after = [](double activation, double duty) {
    return fatigued_after(0.1, {activation, duty}, kTiring, kFiberFatigue, Seconds{300});
  };
  CHECK(after(0.4, 0.5) < after(0.5, 0.5));
  CHECK(after(0.4, 0.5) < after(0.4, 0.6));
}

#include "agents/hippocampus/effect.h"

#include <catch2/catch.hpp>

#include "tests/unit/core/aborts.h"

using namespace myoaxis;

namespace {

constexpr EffectParams drive(double dependence, double half_activation) {
  return {Process::survival, EffectKind::drive, Number{dependence}, Number{half_activation}};
}

constexpr EffectParams gate(double dependence) {
  return {Process::survival, EffectKind::gate, Number{dependence}, Number{}};
}

/// The drive as its header states it.
double drive_twin(double fold, double b, double h) { return 1 + b * (fold * (1 + h) / (fold + h) - 1); }

}  // namespace

TEST_CASE("at rest no factor drives or gates anything", "[law]") {
  auto const b = GENERATE(-1.0, -0.3, 0.0, 0.4, 1.0);
  auto const h = GENERATE(0.1, 0.9);
  CHECK(drive_factor(1, drive(b, h)) == 1);
  if (b >= 0) CHECK(gate_factor(1, gate(b)) == 1);
  CHECK(combined(1, 1) == 1);
}

TEST_CASE("a drive is the law of its header", "[law]") {
  auto const b = GENERATE(-0.3, 0.4, 1.0);
  auto const h = GENERATE(0.1, 1.0, 3.0);
  auto const fold = GENERATE(0.0, 0.2, 1.5, 40.0);
  CAPTURE(b, h, fold);
  CHECK(drive_factor(fold, drive(b, h)) == Approx(drive_twin(fold, b, h)).epsilon(1e-13).margin(1e-14));
}

TEST_CASE("without the factor the independent share of the rate is left", "[law]") {
  CHECK(drive_factor(0, drive(0.4, 2)) == Approx(0.6).epsilon(1e-14));
  CHECK(drive_factor(0, drive(1, 2)) == Approx(0).margin(1e-14));
  CHECK(drive_factor(0, drive(-0.3, 2)) == Approx(1.3).epsilon(1e-14));
}

TEST_CASE("a drive saturates at its largest factor and is halfway up at the half-activation", "[law]") {
  CHECK(drive_factor(1e9, drive(0.4, 2)) == Approx(1.8).epsilon(1e-8));
  // fold 2 = h: the fraction is half of 1 + h = 3, so 1 + 0.4 (1.5 - 1) = 1.2
  CHECK(drive_factor(2, drive(0.4, 2)) == Approx(1.2).epsilon(1e-14));
}

TEST_CASE("a drive rises with the fold, an inhibition falls, and neither is negative", "[law]") {
  for (double fold = 0.1; fold < 10; fold += 0.1) {
    CHECK(drive_factor(fold, drive(0.4, 2)) > drive_factor(fold - 0.1, drive(0.4, 2)));
    CHECK(drive_factor(fold, drive(-0.9, 1.1)) < drive_factor(fold - 0.1, drive(-0.9, 1.1)));
    CHECK(drive_factor(fold, drive(-0.9, 1.1)) > 0);
  }
}

TEST_CASE("a gate closes as its factor is lost and opens no further than at rest", "[law]") {
  CHECK(gate_factor(0, gate(1)) == 0);
  CHECK(gate_factor(0.5, gate(1)) == 0.5);
  CHECK(gate_factor(0, gate(0.7)) == Approx(0.3).epsilon(1e-14));
  CHECK(gate_factor(5, gate(0.7)) == 1);
  CHECK(gate_factor(0, gate(0)) == 1);
}

TEST_CASE("gates multiply the rise and never the baseline", "[law]") {
  CHECK(combined(1.8, 0) == 1);
  CHECK(combined(1.8, 0.5) == Approx(1.4).epsilon(1e-14));
  CHECK(combined(1.8, 1) == Approx(1.8).epsilon(1e-14));
  auto const gates = GENERATE(0.0, 0.5, 1.0);
  CHECK(combined(1, gates) == 1);
  CHECK(combined(0.6, gates) == 0.6);
}

TEST_CASE("blocking the gate abolishes the effect of running and spares the rate at rest", "[law]") {
  auto const driven = drive_factor(2, drive(0.4, 2));
  auto const blocked = gate_factor(0, gate(1));
  CHECK(combined(driven, gate_factor(1.2, gate(1))) == Approx(1.2).epsilon(1e-14));
  CHECK(combined(driven, blocked) == 1);
  CHECK(combined(1, blocked) == 1);
}

TEST_CASE("an effect that could turn a rate negative is not possible", "[law]") {
  CHECK(is_possible(drive(0.4, 2)));
  CHECK(is_possible(drive(-1, 0.99)));
  CHECK(is_possible(drive(1, 100)));
  CHECK_FALSE(is_possible(drive(-1, 1)));
  CHECK_FALSE(is_possible(drive(-0.5, 2)));
  CHECK_FALSE(is_possible(drive(1.01, 2)));
  CHECK_FALSE(is_possible(drive(-1.01, 0.5)));
  CHECK_FALSE(is_possible(drive(0.4, 0)));
  CHECK(is_possible(gate(0)));
  CHECK(is_possible(gate(1)));
  CHECK_FALSE(is_possible(gate(-0.1)));
  CHECK_FALSE(is_possible(gate(1.1)));
}

#ifdef MYOAXIS_CONTRACTS
TEST_CASE("folds, kinds and parameters of an effect are what they must be") {
  CHECK(aborts([] { drive_factor(-0.1, drive(0.4, 2)); }));
  CHECK(aborts([] { drive_factor(1, gate(0.4)); }));
  CHECK(aborts([] { drive_factor(1, drive(-1, 1)); }));
  CHECK(aborts([] { gate_factor(-0.1, gate(0.4)); }));
  CHECK(aborts([] { gate_factor(1, drive(0.4, 2)); }));
  CHECK(aborts([] { combined(-0.1, 1); }));
  CHECK(aborts([] { combined(1, 1.1); }));
}
#endif

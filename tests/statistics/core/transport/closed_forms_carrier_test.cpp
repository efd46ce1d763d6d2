/// Reversible Michaelis-Menten exchange between two compartments, by the law of the barrier's carriers and
/// the midpoint rule, against the exact solution.
#include <catch2/catch.hpp>
#include <cmath>

#include "agents/body/carrier.h"
#include "core/transport/field.h"

using namespace myoaxis;

namespace {

constexpr double kBloodVolume = 0.02, kTissueVolume = 0.05;  // m^3
constexpr double kTissue = 50;                               // kg
constexpr double kBloodBegin = 12, kTissueBegin = 0.5;       // mol/m^3
/// What drives the exchange in the linear part, and the carrier itself.
constexpr CarrierSides kRest{MolesPerCubicMeter{1}, MolesPerCubicMeter{1}};
constexpr CarrierParams kCarrier{MolesPerKilogramSecond{3e-5}, MolesPerCubicMeter{4}};

struct Sides {
  double blood, tissue;  // mol/m^3
};

/// The same two equations without any split: with b + t fixed they are one, dt/dt' = V k (b - t)/((k + b)(k +
/// t)), here by classical Runge-Kutta steps so short that halving them changes nothing in the first 12
/// digits.
Sides exact_carrier(double seconds, CarrierParams const& carrier, int steps = 40'000) {
  auto const total = kBloodBegin * kBloodVolume + kTissueBegin * kTissueVolume;
  auto const slope = [&](double tissue) {
    auto const blood = (total - tissue * kTissueVolume) / kBloodVolume;
    auto const v = carrier.maximal.value(), k = carrier.half_saturation.value();
    return kTissue * v * (blood / (k + blood) - tissue / (k + tissue)) / kTissueVolume;
  };
  auto const h = seconds / steps;
  auto tissue = kTissueBegin;
  for (int i = 0; i < steps; ++i) {
    auto const a = slope(tissue), b = slope(tissue + h / 2 * a), c = slope(tissue + h / 2 * b);
    tissue += h / 6 * (a + 2 * b + 2 * c + slope(tissue + h * c));
  }
  return {(total - tissue * kTissueVolume) / kBloodVolume, tissue};
}

/// The field, its linear part by the propagator and the rest by the midpoint rule, as the model does it.
Sides simulated(std::int64_t seconds, std::int64_t length) {
  Layout layout;
  auto const blood = layout.add_cell("blood", Representation::packets);
  auto const tissue = layout.add_cell("tissue", Representation::counts);
  Generator rates{layout};
  rates.add(blood, tissue,
            PerSecond{kTissue * carrier_permeability(kRest.blood, kCarrier).value() / kBloodVolume});
  rates.add(tissue, blood,
            PerSecond{kTissue * carrier_permeability(kRest.tissue, kCarrier).value() / kTissueVolume});
  auto const step = make_propagators(rates, std::span{&length, 1}).at(length);
  auto const flows = [&](std::span<double const> content) {
    CarrierSides const now{MolesPerCubicMeter{content[0] / kBloodVolume},
                           MolesPerCubicMeter{content[1] / kTissueVolume}};
    auto const remainder = kTissue * carrier_remainder(now, kRest, kCarrier).value();
    return std::vector<FieldFlow>{{blood, -remainder}, {tissue, remainder}};
  };
  auto field =
      make_field(layout, std::vector<double>{kBloodBegin * kBloodVolume, kTissueBegin * kTissueVolume}, 0);
  for (std::int64_t t = 0; t < seconds; t += length) {
    advance_field(field, "lactate", layout, step, Step{Tick{t}, length},
                  midpoint_flows(field, layout, step, {}, flows));
  }
  return {field.content[0] / kBloodVolume, field.content[1] / kTissueVolume};
}

}  // namespace

TEST_CASE("the reference of the carrier is exact to twelve digits", "[law]") {
  for (auto const seconds : {64.0, 128.0}) {
    auto const fine = exact_carrier(seconds, kCarrier), coarse = exact_carrier(seconds, kCarrier, 20'000);
    CHECK(std::abs(fine.blood - coarse.blood) < 1e-12 * fine.blood);
    CHECK(std::abs(fine.tissue - coarse.tissue) < 1e-12 * fine.tissue);
  }
}

TEST_CASE("reversible exchange by a carrier converges to the exact solution with order two", "[law]") {
  auto const reference = exact_carrier(128, kCarrier);
  double last = 0;
  for (auto const length : {32, 16, 8, 4, 2, 1}) {
    auto const error = simulated(128, length).tissue - reference.tissue;
    CAPTURE(length, error);
    if (length < 32) CHECK(std::log2(std::abs(last / error)) == Approx(2).margin(0.25));
    last = error;
  }
  CHECK(std::abs(last) < 5e-5 * reference.tissue);
}

TEST_CASE("a carrier two percent off is seen in the exchange", "[law]") {
  auto const found = simulated(128, 1);
  auto const expected = exact_carrier(128, kCarrier);
  CHECK(found.blood == Approx(expected.blood).epsilon(5e-5));
  CHECK(found.tissue == Approx(expected.tissue).epsilon(5e-5));
  auto faster = kCarrier, weaker = kCarrier;
  faster.maximal = MolesPerKilogramSecond{1.02 * 3e-5};
  weaker.half_saturation = MolesPerCubicMeter{1.02 * 4};
  for (auto const& wrong : {faster, weaker}) {
    auto const refused = exact_carrier(128, wrong);
    CHECK_FALSE(found.blood == Approx(refused.blood).epsilon(5e-5));
    CHECK_FALSE(found.tissue == Approx(refused.tissue).epsilon(5e-5));
  }
}

TEST_CASE("reversible exchange ends with equal concentrations on both sides", "[law]") {
  auto const end = simulated(16'384, 64);
  auto const even =
      (kBloodBegin * kBloodVolume + kTissueBegin * kTissueVolume) / (kBloodVolume + kTissueVolume);
  CHECK(end.blood == Approx(even).epsilon(1e-6));
  CHECK(end.tissue == Approx(even).epsilon(1e-6));
}

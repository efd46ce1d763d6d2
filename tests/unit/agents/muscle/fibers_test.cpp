#include "agents/muscle/fibers.h"

#include <catch2/catch.hpp>
#include <numeric>
#include <set>

#include "core/parallel.h"
#include "tests/support/experiments.h"

using namespace myoaxis;

namespace {

constexpr Luck kFiberLuck{11, 3};
constexpr Kilograms kMass{4.8e-3};

MotorPool const& fiber_pool() {
  static MotorPool const fiber_pool{test::mouse().motor_units};
  return fiber_pool;
}

Fibers make(std::size_t number, Luck luck = kFiberLuck) {
  return make_fibers(test::mouse().muscle, fiber_pool(), kMass, number, luck);
}

double sum(std::vector<double> const& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

}  // namespace

TEST_CASE("every unit has a fiber, and fibers follow the twitch forces", "[law]") {
  auto const number = GENERATE(std::size_t{120}, std::size_t{121}, std::size_t{1000}, std::size_t{100000});
  auto const per_unit = fibers_per_unit(fiber_pool(), number);
  CHECK(std::accumulate(per_unit.begin(), per_unit.end(), std::size_t{0}) == number);
  for (std::size_t i = 0; i < per_unit.size(); ++i) {
    auto const share =
        static_cast<double>(number - 120) * fiber_pool().twitch_force[i] / sum(fiber_pool().twitch_force);
    CHECK(per_unit[i] >= 1);
    CHECK(std::abs(static_cast<double>(per_unit[i]) - 1 - share) <= 1);
  }
}

TEST_CASE("the types' shares of the real fibers come out", "[law]") {
  auto const fibers = make(GENERATE(std::size_t{150}, std::size_t{1000}));
  auto const& types = test::mouse().muscle.types;
  std::vector<double> represented(types.size(), 0.0);
  for (std::size_t i = 0; i < fibers.size(); ++i) represented[fibers.type[i]] += fibers.represents[i];
  // Units are not split between types: each border is off by half of its unit, the largest of 2.6 % of the
  // fibers.
  for (std::size_t t = 0; t < types.size(); ++t) {
    CAPTURE(types[t].name);
    CHECK(represented[t] / sum(represented) == Approx(types[t].share.value()).margin(0.027));
  }
}

TEST_CASE("types follow the order of recruitment", "[law]") {
  auto const fibers = make(1000);
  CHECK(std::is_sorted(fibers.unit.begin(), fibers.unit.end()));
  CHECK(std::is_sorted(fibers.type.begin(), fibers.type.end()));
}

TEST_CASE("fibers stand for as many real ones whatever their number", "[law][conservation]") {
  auto const& muscle = test::mouse().muscle;
  double mean_area = 0;
  for (auto const& type : muscle.types) mean_area += type.share.value() * type.cross_section.value();
  auto const real = kMass.value() / (mean_area * muscle.fiber_length.value() * muscle.density.value());
  CHECK(sum(make(150).represents) == Approx(real).epsilon(1e-9));
  CHECK(sum(make(5000).represents) == Approx(real).epsilon(1e-9));
}

TEST_CASE("the fibers' masses sum to the muscle's within sampling error", "[statistical]") {
  auto const fibers = make(20000);
  double variance = 0;
  auto const variation = test::mouse().muscle.cross_section_variation.value();
  for (auto const mass : fibers.mass) variance += variation * variation * mass * mass;
  auto const total = sum(fibers.mass);
  // Types are assigned by whole units, which leaves up to half a unit at each of three borders: below 1 %.
  CHECK(std::abs(total - kMass.value()) < 5 * std::sqrt(variance) + 0.01 * kMass.value());
  for (std::size_t i = 0; i < fibers.size(); i += 97) {
    auto const& muscle = test::mouse().muscle;
    CHECK(fibers.mass[i] == Approx(fibers.represents[i] * fibers.cross_section[i] *
                                   muscle.fiber_length.value() * muscle.density.value())
                                .epsilon(1e-12));
  }
}

TEST_CASE("the simulated muscle has the mass that its resting sources were settled for", "[conservation]") {
  // Rates are per mass: fibers of another total mass would release another amount at rest.
  auto const fibers = make(1000);
  CHECK(sum(fibers.mass) == Approx(kMass.value()).epsilon(0.03));
}

TEST_CASE("cross-sections have the mean and the variation of their type", "[statistical]") {
  auto const fibers = make(20000);
  auto const& muscle = test::mouse().muscle;
  double total = 0;
  double squares = 0;
  double n = 0;
  for (std::size_t i = 0; i < fibers.size(); ++i) {
    auto const relative = fibers.cross_section[i] / muscle.types[fibers.type[i]].cross_section.value();
    total += relative;
    squares += relative * relative;
    ++n;
  }
  auto const mean = total / n;
  auto const error = muscle.cross_section_variation.value() / std::sqrt(n);
  CHECK(std::abs(mean - 1) < 5 * error);
  CHECK(std::abs(mean - 1.02) > 5 * error);
  CHECK(std::sqrt(squares / n - mean * mean) == Approx(muscle.cross_section_variation.value()).epsilon(0.05));
}

TEST_CASE("every fiber has an address of its own, the same in a larger set", "[reproducible]") {
  auto const small = make(1000);
  auto const large = make(2000);
  std::set<std::uint64_t> const keys{large.key.begin(), large.key.end()};
  CHECK(keys.size() == large.size());
  for (std::size_t i = 0; i < small.size(); ++i) {
    CHECK(small.key[i] == large.key[i]);
    CHECK(small.fatigability[i] == large.fatigability[i]);
  }
}

TEST_CASE("another subject has other fibers with the same addresses", "[reproducible]") {
  auto const one = make(200);
  auto const other = make(200, Luck{11, 4});
  CHECK(one.key == other.key);
  CHECK(one.cross_section != other.cross_section);
}

TEST_CASE("secretion capacities have the mass-weighted mean 1 and differ between factors", "[law]") {
  auto const fibers = make(1000);
  auto const one = make_secretion(fibers, 1, {0.7, 1.3, 1.3, 1.0}, Number{0.3}, kFiberLuck);
  auto const other = make_secretion(fibers, 2, {0.7, 1.3, 1.3, 1.0}, Number{0.3}, kFiberLuck);
  auto const weighted = std::inner_product(fibers.mass.begin(), fibers.mass.end(), one.capacity.begin(), 0.0);
  CHECK(weighted / sum(fibers.mass) == Approx(1).epsilon(1e-12));
  CHECK(one.capacity != other.capacity);
  CHECK(one.stage_1 == std::vector<double>(1000, 0.0));
  CHECK(one.response == std::vector<double>(1000, 0.0));
}

TEST_CASE("without variation capacities stand in the proportion of the types", "[law]") {
  auto const fibers = make(1000);
  auto const secretion = make_secretion(fibers, 1, {0.5, 1.0, 1.0, 2.0}, Number{0}, kFiberLuck);
  CHECK(secretion.capacity.back() / secretion.capacity.front() == Approx(4).epsilon(1e-12));
}

TEST_CASE("a unit's capacity is the mean of its fibers", "[law]") {
  auto fibers = make(500);
  auto units = rested_units(fiber_pool());
  std::vector<double> const activation(120, 0.8);
  advance_fatigue(fibers, units, fiber_pool(), activation, Fraction{0.5}, test::mouse().fatigue,
                  Fraction{0.5}, Seconds{100});
  std::vector<double> able(120, 0.0);
  std::vector<double> number(120, 0.0);
  for (std::size_t i = 0; i < fibers.size(); ++i) {
    CHECK(fibers.activation[i] == 0.4);
    CHECK(fibers.fatigued[i] > 0);
    able[fibers.unit[i]] += 1 - fibers.fatigued[i];
    number[fibers.unit[i]] += 1;
  }
  for (std::size_t u = 0; u < 120; ++u)
    CHECK(units.capacity[u] == Approx(able[u] / number[u]).epsilon(1e-14));
  CHECK(units.capacity.front() > units.capacity.back());
}

TEST_CASE("fatigue of the fibers is the same on one thread and on two", "[reproducible]") {
  auto const tired = [](int threads) {
    auto fibers = make(5000);
    auto units = rested_units(fiber_pool());
    Workers workers{threads};
    workers.run([&] {
      advance_fatigue(fibers, units, fiber_pool(), std::vector<double>(120, 0.6), Fraction{0.5},
                      test::mouse().fatigue, Fraction{0.5}, Seconds{8});
    });
    return std::pair{fibers.fatigued, units.capacity};
  };
  CHECK(tired(1) == tired(2));
}

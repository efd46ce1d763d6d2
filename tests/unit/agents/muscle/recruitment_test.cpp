#include "agents/muscle/recruitment.h"

#include <catch2/catch.hpp>

#include "agents/muscle/fatigue.h"
#include "tests/support/experiments.h"

using namespace myoaxis;

namespace {

MotorPool const& pool() {
  static MotorPool const pool{test::mouse().motor_units};
  return pool;
}

/// Force of a pool that is driven at `excitation` (1 at the first threshold), unit by unit.
double force_at(double excitation) {
  double force = 0;
  for (std::size_t i = 0; i < pool().params.count; ++i) {
    auto const rate = firing_rate(pool().params, excitation, pool().threshold[i], pool().peak_rate[i]);
    force += pool().twitch_force[i] * fusion(pool().params, pool().contraction_time[i] * rate);
  }
  return force / pool().maximal_force;
}

struct Hold {
  int endurance = 0;      // s until the target is missed by 1 %
  double excitation = 0;  // at the beginning
  double largest_excess = 0;
};

/// Holds `target` by an isometric contraction without recovery, every unit tiring as a whole, 1 s at a time.
Hold hold(double target, int longest) {
  FatigueParams const no_recovery{PerSecond{0}, Number{1}};
  auto units = rested_units(pool());
  Hold result;
  for (; result.endurance < longest; ++result.endurance) {
    auto const done = contract(pool(), units, {target, 1, 0}, Seconds{1});
    if (result.endurance == 0) result.excitation = done.excitation;
    if (done.force < 0.99 * target) break;
    result.largest_excess = std::max(result.largest_excess, done.force - target);
    for (std::size_t i = 0; i < units.capacity.size(); ++i) {
      auto const fatigued = fatigued_after(1 - units.capacity[i], {units.activation[i], 1.0},
                                           fatigue_rate(pool().params, i), no_recovery, Seconds{1});
      units.capacity[i] = 1 - fatigued;
    }
  }
  return result;
}

}  // namespace

TEST_CASE("a rested pool gives all of its force at maximal excitation", "[law]") {
  CHECK(force_at(maximal_excitation(pool().params)) == Approx(1).epsilon(1e-12));
  auto units = rested_units(pool());
  auto const done = contract(pool(), units, {1.0, 1, 0}, Seconds{1});
  CHECK(done.force == Approx(1).epsilon(1e-12));
  CHECK(done.excitation == Approx(1).epsilon(1e-12));
}

TEST_CASE("the controller meets the target with the least drive", "[law]") {
  auto const target = GENERATE(0.01, 0.1, 0.3, 0.5, 0.8, 0.99);
  auto units = rested_units(pool());
  auto const done = contract(pool(), units, {target, 1, 0}, Seconds{1});
  CAPTURE(target, done.force, done.excitation);
  CHECK(done.force >= target - 1e-12);
  // Less drive by the width of the search falls short of the target.
  CHECK(force_at(done.excitation * maximal_excitation(pool().params) - 1.1e-3) <= target);
}

TEST_CASE("the force at an excitation is the sum over the units that it recruits", "[law]") {
  auto units = rested_units(pool());
  auto const done = contract(pool(), units, {0.4, 1, 0}, Seconds{1});
  CHECK(done.force == Approx(force_at(done.excitation * maximal_excitation(pool().params))).epsilon(1e-9));
}

TEST_CASE("units are recruited in the order of their size", "[law]") {
  auto units = rested_units(pool());
  contract(pool(), units, {0.3, 1, 0}, Seconds{1});
  std::size_t active = 0;
  while (active < units.activation.size() && units.activation[active] > 0) ++active;
  CHECK(active > 0);
  CHECK(active < units.activation.size());
  for (auto i = active; i < units.activation.size(); ++i) {
    CHECK(units.activation[i] == 0);
    CHECK(units.force[i] == 0);
    CHECK(units.active_for[i] == 0);
  }
}

TEST_CASE("more force takes more drive", "[law]") {
  double before = 0;
  for (double target = 0.02; target < 1; target += 0.02) {
    auto units = rested_units(pool());
    auto const done = contract(pool(), units, {target, 1, 0}, Seconds{1});
    CHECK(done.excitation > before);
    before = done.excitation;
  }
}

TEST_CASE("a task without force silences the pool", "[law]") {
  auto units = rested_units(pool());
  contract(pool(), units, {0.5, 1, 0}, Seconds{1});
  auto const done = contract(pool(), units, {0, 1, 0}, Seconds{1});
  CHECK(done.force == 0);
  CHECK(done.excitation == 0);
  for (std::size_t i = 0; i < units.capacity.size(); ++i) {
    CHECK(units.activation[i] == 0);
    CHECK(units.active_for[i] == 0);
    CHECK(units.capacity[i] == 1);
  }
}

TEST_CASE("a pool too tired for its task gives what maximal drive yields", "[law]") {
  auto units = rested_units(pool());
  std::fill(units.capacity.begin(), units.capacity.end(), 0.3);
  auto const done = contract(pool(), units, {0.9, 1, 0}, Seconds{1});
  CHECK(done.excitation == Approx(1).epsilon(1e-12));
  CHECK(done.force < 0.4);
  CHECK(done.force > 0.2);
}

TEST_CASE("a sustained contraction holds its target and ends in task failure", "[law][verification]") {
  // The bounds give the order of magnitude and the fall of endurance with force, not a published value.
  auto const low = hold(0.2, 2000);
  auto const middle = hold(0.5, 2000);
  auto const high = hold(0.8, 2000);
  CAPTURE(low.endurance, middle.endurance, high.endurance, middle.largest_excess);
  CHECK(middle.endurance > 45);
  CHECK(middle.endurance < 200);
  CHECK(low.endurance > 1.5 * middle.endurance);
  CHECK(high.endurance < 0.7 * middle.endurance);
  CHECK(high.endurance > 5);
  // Beyond the target lies at most the jump of recruiting one more unit, the last giving 100 of the pool's
  // 2600 twitch forces and beginning far below its tetanus.
  CHECK(middle.largest_excess < 0.01);
}

TEST_CASE("a guess of the excitation changes it by no more than the tolerance", "[law]") {
  auto const guess = GENERATE(0.0, 0.1, 0.35, 0.9);
  auto alone = rested_units(pool());
  auto guessed = rested_units(pool());
  auto const exact = contract(pool(), alone, {0.3, 1, 0}, Seconds{1});
  auto const near = contract(pool(), guessed, {0.3, 1, guess}, Seconds{1});
  CHECK(near.excitation == Approx(exact.excitation).margin(1e-3));
  CHECK(near.force >= 0.3 - 1e-12);
}

TEST_CASE("the brain's largest drive limits force, and leaves no trace where it is not reached", "[law]") {
  auto free = rested_units(pool());
  auto limited = rested_units(pool());
  auto held = rested_units(pool());
  auto const whole = contract(pool(), free, {0.3, 1, 0}, Seconds{1});
  CHECK(contract(pool(), limited, {0.3, 0.9, 0}, Seconds{1}).excitation == whole.excitation);
  CHECK(limited.force == free.force);
  auto const less = contract(pool(), held, {0.3, whole.excitation / 2, 0}, Seconds{1});
  CHECK(less.excitation == Approx(whole.excitation / 2).epsilon(1e-12));
  CHECK(less.force < 0.3);
}

TEST_CASE("stronger units need less excitation, and their strength is what they can lift", "[law]") {
  auto weak = rested_units(pool());
  auto strong = rested_units(pool());
  std::fill(strong.strength.begin(), strong.strength.end(), 1.2);
  CHECK(strength_of(pool(), weak) == Approx(1).epsilon(1e-12));
  CHECK(strength_of(pool(), strong) == Approx(1.2).epsilon(1e-12));
  CHECK(contract(pool(), strong, {0.5, 1, 0}, Seconds{1}).excitation <
        contract(pool(), weak, {0.5, 1, 0}, Seconds{1}).excitation);
}

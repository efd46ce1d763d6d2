#include "agents/central/adherence.h"

#include <catch2/catch.hpp>

#include "tests/unit/core/aborts.h"

using namespace myoaxis;

namespace {

constexpr AdherenceParams with_base(double base) {
  return {Fraction{base}, Number{0.7}, Number{0.4}, Number{0.5}};
}

double done(double mood, double affect, double fatigue, double base = 0.8) {
  return adherence(mood, affect, fatigue, with_base(base)).value();
}

constexpr EffortParams kEffort{Number{0.1}, Number{0.2}, Fraction{0.5}};

double effort_at(double mood, double fatigue) { return effort(mood, fatigue, kEffort).value(); }

/// The law as its header states it.
double adherence_twin(double base, double shift) {
  auto const logit = std::log(base / (1 - base)) + shift;
  return 1 / (1 + std::exp(-logit));
}

}  // namespace

TEST_CASE("at rest a session is done with the base probability", "[law]") {
  auto const base = GENERATE(0.0, 0.01, 0.8, 0.99, 1.0);
  CHECK(done(0, 0, 0, base) == Approx(base).epsilon(1e-15));
}

TEST_CASE("adherence is logistic in mood, affect and fatigue", "[law]") {
  auto const base = GENERATE(0.05, 0.5, 0.99);
  // 0.7 x 1.2 - 0.4 x 0.3 - 0.5 x 0.9 = 0.27
  CHECK(done(1.2, -0.3, 0.9, base) == Approx(adherence_twin(base, 0.27)).epsilon(1e-13));
  CHECK(done(1, 0, 0, 0.5) == Approx(0.6681877721681662).epsilon(1e-12));  // 1 / (1 + e^-0.7)
}

TEST_CASE("a certain session is certain whatever the mood", "[law]") {
  auto const mood = GENERATE(-1e6, -3.0, 0.0, 3.0, 1e6);
  CHECK(done(mood, 0, 0, 1) == 1);
  CHECK(done(mood, 0, 0, 0) == 0);
}

TEST_CASE("extreme moods give probabilities", "[law]") {
  CHECK(done(1e6, 0, 0) == 1);
  CHECK(done(-1e6, 0, 0) == 0);
}

TEST_CASE("adherence rises with mood and affect and falls with fatigue", "[law]") {
  for (double x = 0.1; x <= 3; x += 0.1) {
    CHECK(done(x, 0, 0) > done(x - 0.1, 0, 0));
    CHECK(done(0, x, 0) > done(0, x - 0.1, 0));
    CHECK(done(0, 0, x) < done(0, 0, x - 0.1));
  }
}

TEST_CASE("effort is what was prescribed unless low mood or fatigue take from it", "[law]") {
  CHECK(effort_at(0, 0) == 1);
  CHECK(effort_at(2, 0) == 1);
  CHECK(effort_at(-1, 0) == Approx(0.9).epsilon(1e-14));
  CHECK(effort_at(0, 1.5) == Approx(0.7).epsilon(1e-14));
  CHECK(effort_at(1, 1.5) == Approx(0.8).epsilon(1e-14));
}

TEST_CASE("effort does not fall below its least", "[law]") {
  CHECK(effort_at(-10, 0) == 0.5);
  CHECK(effort_at(-3, 5) == 0.5);
}

#ifdef MYOAXIS_CONTRACTS
TEST_CASE("base probability and least effort are shares, and fatigue is not negative") {
  CHECK(aborts([] { done(0, 0, 0, 1.1); }));
  CHECK(aborts([] { done(0, 0, 0, -0.1); }));
  CHECK(aborts([] { done(0, 0, -0.1); }));
  CHECK(aborts([] { effort_at(0, -0.1); }));
  CHECK(aborts([] { effort(0, 0, {Number{0}, Number{0}, Fraction{1.1}}); }));
}
#endif

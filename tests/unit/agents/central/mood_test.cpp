#include "agents/central/mood.h"

#include <catch2/catch.hpp>

#include "tests/unit/core/aborts.h"

using namespace myoaxis;

namespace {

constexpr MoodParams kMood{Seconds{604800}, Number{0.5}, Number{0.2}, Number{0.8}, Number{0.3}};

double mood_after(double mood, MoodInputs const& inputs, double dt) {
  return advance_mood(mood, inputs, kMood, Seconds{dt});
}

}  // namespace

TEST_CASE("mood at rest stays at rest", "[law]") {
  CHECK(settled_mood({}, kMood) == 0);
  CHECK(mood_after(0, {}, 1e5) == 0);
}

TEST_CASE("pleasure and factors lift mood, fatigue and inflammation lower it", "[law]") {
  CHECK(settled_mood({1, 0, 1, 1}, kMood) == Approx(0.5).epsilon(1e-14));
  CHECK(settled_mood({0, 1, 1, 1}, kMood) == Approx(-0.2).epsilon(1e-14));
  CHECK(settled_mood({0, 0, 1.25, 1}, kMood) == Approx(0.2).epsilon(1e-14));
  CHECK(settled_mood({0, 0, 1, 2}, kMood) == Approx(-0.3).epsilon(1e-14));
  // 0.5 x 0.4 - 0.2 x 0.5 + 0.8 x 0.1 - 0.3 x 0.2 = 0.12
  CHECK(settled_mood({0.4, 0.5, 1.1, 1.2}, kMood) == Approx(0.12).epsilon(1e-13));
}

TEST_CASE("mood goes half of the way in its half-life and all of it in the end", "[law]") {
  CHECK(mood_after(0, {1, 0, 1, 1}, 604800) == Approx(0.25).epsilon(1e-14));
  CHECK(mood_after(-3, {1, 0, 1, 1}, 1e9) == Approx(0.5).epsilon(1e-14));
  CHECK(mood_after(0.7, {}, 604800) == 0.35);
  CHECK(mood_after(0.7, {1, 2, 3, 4}, 0) == Approx(0.7).epsilon(1e-14));
}

TEST_CASE("mood over two steps is that over one of their length", "[law]") {
  MoodInputs const inputs{0.4, 0.5, 1.1, 1.2};
  CHECK(mood_after(mood_after(-0.3, inputs, 3600), inputs, 86400) ==
        Approx(mood_after(-0.3, inputs, 90000)).epsilon(1e-14));
}

#ifdef MYOAXIS_CONTRACTS
TEST_CASE("general fatigue, factors and inflammation are not negative") {
  CHECK(aborts([] { settled_mood({0, -0.1, 1, 1}, kMood); }));
  CHECK(aborts([] { settled_mood({0, 0, -0.1, 1}, kMood); }));
  CHECK(aborts([] { settled_mood({0, 0, 1, -0.1}, kMood); }));
}
#endif

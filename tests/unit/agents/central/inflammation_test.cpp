#include "agents/central/inflammation.h"

#include <catch2/catch.hpp>

#include "tests/unit/core/aborts.h"

using namespace myoaxis;

namespace {

constexpr InflammationParams kInflammation{Seconds{7200}, Number{0.5}, Number{0.25}};

double after(double level, double factors, double dt) {
  return advance_inflammation(level, factors, kInflammation, Seconds{dt});
}

}  // namespace

TEST_CASE("inflammation rests at 1", "[law]") { CHECK(after(1, 1, 1e4) == 1); }

TEST_CASE("inflammation goes half of the way to its drives in its half-life", "[law]") {
  CHECK(after(1, 3, 7200) == 2);
  CHECK(after(3, 1, 7200) == 2);
  CHECK(after(1, 0, 7200) == 0.5);
  CHECK(after(5, 2, 1e8) == 2);
}

TEST_CASE("inflammation rises with the drives on it and is never negative", "[law]") {
  for (double m = 0.25; m <= 4; m += 0.25) CHECK(after(1, m, 600) > after(1, m - 0.25, 600));
  CHECK(after(0, 0, 600) == 0);
}

TEST_CASE("inflammation over two steps is that over one of their length", "[law]") {
  CHECK(after(after(1.5, 4, 900), 4, 86400) == Approx(after(1.5, 4, 87300)).epsilon(1e-14));
}

TEST_CASE("inflammation above rest suppresses by its power", "[law]") {
  CHECK(suppression(4, Number{0.5}) == Approx(0.5).epsilon(1e-14));
  CHECK(suppression(16, Number{0.25}) == Approx(0.5).epsilon(1e-14));
  CHECK(suppression(4, Number{0}) == 1);
  for (double level = 1.1; level < 5; level += 0.1)
    CHECK(suppression(level, Number{0.5}) < suppression(level - 0.1, Number{0.5}));
}

TEST_CASE("inflammation at or below rest neither harms nor helps", "[law]") {
  auto const level = GENERATE(0.0, 0.3, 1.0);
  CHECK(suppression(level, Number{0.5}) == 1);
}

#ifdef MYOAXIS_CONTRACTS
TEST_CASE("level, drives and exponent are not negative") {
  CHECK(aborts([] { after(-0.1, 1, 1); }));
  CHECK(aborts([] { after(1, -0.1, 1); }));
  CHECK(aborts([] { suppression(-0.1, Number{1}); }));
  CHECK(aborts([] { suppression(1, Number{-1}); }));
}
#endif

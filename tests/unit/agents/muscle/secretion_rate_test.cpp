#include "agents/muscle/secretion_rate.h"

#include <catch2/catch.hpp>

using namespace myoaxis;

namespace {

constexpr SecretionParams kSecretion{PerSecond{2}, PerSecond{10}, Fraction{0.5}, Number{2}, PerSecond{3}};

}  // namespace

TEST_CASE("a silent fiber secretes at its basal rate, times its capacity", "[law]") {
  CHECK(secretion_rate(Fraction{0}, 0, 1, kSecretion).value() == 2);
  CHECK(secretion_rate(Fraction{0}, 0, 1.5, kSecretion).value() == 3);
  CHECK(secretion_rate(Fraction{0.7}, 0.2, 0, kSecretion).value() == 0);
}

TEST_CASE("half of the evoked rate comes at the half-activation", "[law]") {
  CHECK(secretion_rate(Fraction{0.5}, 0, 1, kSecretion).value() == Approx(2 + 5).epsilon(1e-14));
  CHECK(secretion_rate(Fraction{1}, 0, 1, kSecretion).value() == Approx(2 + 10 / 1.25).epsilon(1e-14));
  CHECK(secretion_rate(Fraction{0.25}, 0, 1, kSecretion).value() ==
        Approx(2 + 10 * 0.0625 / 0.3125).epsilon(1e-14));
}

TEST_CASE("the transcribed part adds in proportion to the response", "[law]") {
  CHECK(secretion_rate(Fraction{0}, 0.4, 1, kSecretion).value() == Approx(2 + 1.2).epsilon(1e-14));
  CHECK(secretion_rate(Fraction{0.5}, 0.4, 2, kSecretion).value() ==
        Approx(2 * (2 + 5 + 1.2)).epsilon(1e-14));
}

TEST_CASE("secretion rises with activation, for shallow and for steep laws", "[law]") {
  auto params = kSecretion;
  params.hill = Number{GENERATE(0.5, 1.0, 4.0)};
  for (double a = 0.01; a <= 1; a += 0.01) {
    CHECK(secretion_rate(Fraction{a}, 0, 1, params) > secretion_rate(Fraction{a - 0.01}, 0, 1, params));
  }
}

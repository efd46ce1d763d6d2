#include "agents/body/aerobic_capacity.h"

#include <catch2/catch.hpp>

using namespace myoaxis;

namespace {

constexpr Seconds kOneHour{3600};
CapacityParams const kAerobic{Number{0.9}, Number{0.01}, Seconds{10 * 86400.0}, Seconds{14 * 86400.0}};

AerobicCapacity after(double uptake, int hours) {
  AerobicCapacity capacity;
  for (int i = 0; i < hours; ++i) {
    capacity.taken_up = uptake * kOneHour.value();
    advance_aerobic(capacity, kAerobic, Seconds{3 * 86400.0}, kOneHour);
  }
  return capacity;
}

}  // namespace

TEST_CASE("constant training leads to the saturating rise of VO2max", "[law]") {
  auto const settled = after(0.02, 24 * 365);
  CHECK(settled.mean_uptake == Approx(0.02).epsilon(1e-9));
  CHECK(settled.rise == Approx(0.9 * 2 / 3).epsilon(1e-6));
  CHECK(settled.taken_up == 0);
}

TEST_CASE("without training VO2max stays, and what was gained fades with its half-life", "[law]") {
  CHECK(after(0, 100).rise == 0);
  AerobicCapacity trained{0, 0, 0.4};
  advance_aerobic(trained, kAerobic, Seconds{3 * 86400.0}, Seconds{14 * 86400.0});
  CHECK(trained.rise == Approx(0.2).epsilon(1e-12));
}

TEST_CASE("more training gives more, with diminishing returns", "[law]") {
  auto const little = after(0.005, 2000).rise;
  auto const twice = after(0.01, 2000).rise;
  CHECK(twice > little);
  CHECK(twice < 2 * little);
}

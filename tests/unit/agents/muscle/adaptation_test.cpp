#include "agents/muscle/adaptation.h"

#include <catch2/catch.hpp>

#include "tests/support/times.h"
#include "tests/unit/core/aborts.h"

using namespace myoaxis;
using test::kDays;

namespace {

constexpr CapacityParams kTrainability{Number{1.2}, Number{0.004}, Seconds{7 * kDays}, Seconds{14 * kDays}};

double average(double before, double activity, double dt) {
  return advance_average(before, activity, Seconds{3 * kDays}, Seconds{dt});
}

double capacity(double rise, double target, double dt) {
  return advance_capacity(rise, target, kTrainability, Seconds{dt});
}

double tension_of(double activation, double threshold) {
  return tension(Fraction{activation}, Fraction{threshold}).value();
}

}  // namespace

TEST_CASE("the average forgets all but 1/e in its memory", "[law]") {
  CHECK(average(0.5, 0, 3 * kDays) == Approx(0.5 * std::exp(-1.0)).epsilon(1e-14));
  CHECK(average(0, 0.5, 3 * kDays) == Approx(0.5 * (1 - std::exp(-1.0))).epsilon(1e-14));
  CHECK(average(0.2, 0.2, 1e4) == 0.2);
  CHECK(average(0.9, 0.2, 1e9) == 0.2);
}

TEST_CASE("the average over days of a daily bout is the share of its time", "[law]") {
  double mean = 0;
  for (int day = 0; day < 60; ++day) {
    mean = average(mean, 0.2, 2400);
    mean = average(mean, 0, kDays - 2400);
  }
  // 0.2 x 40 min / 24 h = 0.0056, here in the trough before the next bout: below the mean by about half a
  // day.
  CHECK(mean == Approx(0.2 * 2400 / kDays).epsilon(0.2));
  CHECK(mean < 0.2 * 2400 / kDays);
}

TEST_CASE("the average and the capacity over two steps are those over one of their length", "[law]") {
  CHECK(average(average(0.1, 0.3, 15), 0.3, 9000) == Approx(average(0.1, 0.3, 9015)).epsilon(1e-14));
  auto const target = GENERATE(0.0, 0.2, 0.9);
  CHECK(capacity(capacity(0.3, target, 900), target, 50 * kDays) ==
        Approx(capacity(0.3, target, 50 * kDays + 900)).epsilon(1e-14).margin(1e-15));
}

TEST_CASE("the target of a capacity saturates in the mean activity", "[law]") {
  CHECK(capacity_target(0, kTrainability) == 0);
  CHECK(capacity_target(0.004, kTrainability) == Approx(0.6).epsilon(1e-14));
  CHECK(capacity_target(0.012, kTrainability) == Approx(0.9).epsilon(1e-14));
  CHECK(capacity_target(1e6, kTrainability) == Approx(1.2).epsilon(1e-8));
  for (double a = 0.001; a < 0.1; a += 0.001)
    CHECK(capacity_target(a, kTrainability) > capacity_target(a - 0.001, kTrainability));
}

TEST_CASE("a capacity rises with one half-life and is lost with another", "[law]") {
  CHECK(capacity(0, 0.8, 7 * kDays) == 0.4);
  CHECK(capacity(0.8, 0, 14 * kDays) == 0.4);
  CHECK(capacity(0.8, 0, 7 * kDays) == Approx(0.8 / std::sqrt(2.0)).epsilon(1e-14));
}

TEST_CASE("a capacity comes to its target and never passes it", "[law]") {
  CHECK(capacity(0.5, 0.5, 1e6) == 0.5);
  for (double days = 1; days < 1000; days *= 2) {
    CHECK(capacity(0.1, 0.8, days * kDays) <= 0.8);
    CHECK(capacity(0.8, 0.1, days * kDays) >= 0.1);
  }
  CHECK(capacity(0.1, 0.8, 1e10) == 0.8);
}

TEST_CASE("activation is tension only above the threshold, and full activation is full tension", "[law]") {
  CHECK(tension_of(0.3, 0.5) == 0);
  CHECK(tension_of(0.5, 0.5) == 0);
  CHECK(tension_of(0.75, 0.5) == 0.5);
  CHECK(tension_of(1, 0.5) == 1);
  CHECK(tension_of(0.3, 0) == 0.3);
}

#ifdef MYOAXIS_CONTRACTS
TEST_CASE("activities, thresholds and times are where they can be") {
  CHECK(aborts([] { average(-0.1, 0, 1); }));
  CHECK(aborts([] { advance_average(0, 0, Seconds{0}, Seconds{1}); }));
  CHECK(aborts([] { capacity_target(-0.1, kTrainability); }));
  CHECK(aborts([] { tension_of(1.1, 0); }));
  CHECK(aborts([] { tension_of(0.5, 1); }));
}
#endif

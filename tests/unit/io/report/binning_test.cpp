#include "io/report/binning.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

namespace myoaxis::report {

namespace {
using Values = std::vector<double>;
}  // namespace

TEST_CASE("a row is worth what of it lies in a bin") {
  TimeBins const bins{0, 10, 2};
  auto const means = binned(bins, 0, Values{5, 15, 20}, Values{1, 3, 5});
  CHECK(means[0] == Approx(2));
  CHECK(means[1] == Approx(4));
}

TEST_CASE("rows of a run that sets out from a saved state begin there, not at its baseline") {
  Values const ends{3600, 7200};
  CHECK(begin_of_later_rows(-14 * kDay, ends) == 0);
  CHECK(begin_of_later_rows(-14 * kDay, Values{2 * kDay + 600, 2 * kDay + 1200}) == 2 * kDay);
  CHECK(begin_of_later_rows(0, Values{600, 4200}) == 0);
  CHECK(begin_of_later_rows(-14 * kDay, Values{kDay}) == 0);
  CHECK(begin_of_later_rows(-14 * kDay, {}) == -14 * kDay);
  TimeBins const bins{-14 * kDay, kDay, 15};
  auto const means = binned(bins, begin_of_later_rows(-14 * kDay, ends), ends, Values{1, 2});
  CHECK(std::isnan(means[13]));
  CHECK(means[14] == Approx(1.5));
}

TEST_CASE("bins are days up to 22 days and weeks beyond") {
  CHECK(bins_along(-kDay, 21 * kDay).width == kDay);
  CHECK(bins_along(-kDay, 22 * kDay).width == 7 * kDay);
  CHECK(bins_along(-kDay, 22 * kDay).first == -7 * kDay);
}

}  // namespace myoaxis::report

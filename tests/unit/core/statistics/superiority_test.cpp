#include "core/statistics/superiority.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "tests/unit/core/statistics/sleep.h"

using namespace myoaxis;
using test::kDrug1;
using test::kDrug2;
using Values = std::vector<double>;

TEST_CASE("superiority of pairs is the share of wins, ties by halves", "[law]") {
  auto const sleep = superiority_of_pairs(kDrug1, kDrug2);  // no win, one tie
  CHECK(sleep.value == Approx(0.05));
  CHECK(superiority_of_pairs(kDrug2, kDrug1).value == Approx(0.95));
  CHECK(superiority_of_pairs(Values{1, 2, 3, 9}, Values{0, 2, 4, 5}).value == Approx(2.5 / 4));
}

TEST_CASE("its interval of pairs is Wilson's", "[law]") {
  // Darwin's maize: 13 of 15 pairs. scipy 1.10: stats.binomtest(13, 15).proportion_ci(method="wilson").
  Values const maize{49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};
  auto const plants = superiority_of_pairs(maize, Values(15, 0.0));
  CHECK(plants.value == Approx(13.0 / 15));
  CHECK(plants.interval.low == Approx(0.6211801717).epsilon(1e-8));
  CHECK(plants.interval.high == Approx(0.9626387409).epsilon(1e-8));
  // Three of three is no certainty: 3 / (3 + 1.96^2).
  auto const three = superiority_of_pairs(Values{1, 2, 3}, Values{0, 0, 0});
  CHECK(three.interval.low == Approx(0.4385029682));
  CHECK(three.interval.high == Approx(1));
}

TEST_CASE("superiority of groups is U by its maximum", "[law]") {
  // scipy 1.10: stats.mannwhitneyu(drug1, drug2).statistic / 100.
  auto const sleep = superiority_of_groups(kDrug1, kDrug2);
  CHECK(sleep.value == Approx(0.255));
  // The equation in the header, solved by scipy.optimize.brentq.
  CHECK(sleep.interval.low == Approx(0.1059121753).epsilon(1e-8));
  CHECK(sleep.interval.high == Approx(0.5141551551).epsilon(1e-8));
  auto const back = superiority_of_groups(kDrug2, kDrug1);
  CHECK(back.interval.low == Approx(1 - sleep.interval.high));
}

TEST_CASE("groups that do not overlap still have an interval", "[law]") {
  auto const three = superiority_of_groups(Values{4, 5, 6}, Values{1, 2, 3});
  CHECK(three.value == 1);
  CHECK(three.interval.low == Approx(0.5010187608));
  CHECK(three.interval.high == 1);
  auto const below = superiority_of_groups(Values{1, 2, 3}, Values{4, 5, 6});
  CHECK(below.interval.low == 0);
  CHECK(below.interval.high == Approx(1 - 0.5010187608));
}

TEST_CASE("equal values are above by half, single ones not told", "[law]") {
  CHECK(superiority_of_pairs(Values{2, 2}, Values{2, 2}).value == 0.5);
  CHECK(superiority_of_groups(Values{2, 2}, Values{2, 2, 2}).value == 0.5);
  CHECK(std::isnan(superiority_of_pairs(Values{2}, Values{1}).value));
  CHECK(std::isnan(superiority_of_groups(Values{2}, Values{1, 2}).value));
  CHECK(std::isnan(superiority_of_groups(Values{2, 1}, Values{}).interval.low));
}

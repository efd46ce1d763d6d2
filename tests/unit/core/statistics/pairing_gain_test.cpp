#include "core/statistics/pairing_gain.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace myoaxis;
using Values = std::vector<double>;

TEST_CASE("pairing gains what independent runs would take more", "[law]") {
  // By hand: 1 + 4 over 1. Uncorrelated pairs gain nothing, opposite ones lose.
  CHECK(pairing_gain(Values{1, 2, 3}, Values{2, 4, 6}).value == Approx(5));
  CHECK(pairing_gain(Values{1, 1, -1, -1}, Values{1, -1, 1, -1}).value == Approx(1));
  CHECK(pairing_gain(Values{1, 2, 3}, Values{3, 2, 1}).value == Approx(0.5));
}

TEST_CASE("its interval is Pitman's of two correlated variances", "[law]") {
  // scipy 1.10: the ratios h for which the correlation of S - sqrt(h) D and S + sqrt(h) D is just significant
  // at 5 % (Student's t, n - 2), by scipy.optimize.brentq; (h + 1) / 2.
  Values const drug1{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
  Values const drug2{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
  auto const sleep = pairing_gain(drug1, drug2);
  CHECK(sleep.value == Approx(4.7654230317));
  CHECK(sleep.interval.low == Approx(1.4829565439));
  CHECK(sleep.interval.high == Approx(19.0092960144));
  Values const crossed{23.5,  12,     21,    22, 19.125, 21.5, 22.125, 20.375,
                       18.25, 21.625, 23.25, 21, 22.125, 23,   12};
  Values const selfed{17.375, 20.375, 20,    20, 18.375, 18.625, 18.625, 15.25,
                      16.5,   18,     16.25, 18, 12.75,  15.5,   18};
  auto const maize = pairing_gain(crossed, selfed);
  CHECK(maize.value == Approx(0.7768054711));
  CHECK(maize.interval.low == Approx(0.6046135343));
  CHECK(maize.interval.high == Approx(1.2324221418));
}

TEST_CASE("pairs that share all of their luck gain without bound", "[law]") {
  auto const gain = pairing_gain(Values{1.1, 2.3, 3.2}, Values{0.1, 1.3, 2.2});
  CHECK(std::isinf(gain.value));
  CHECK(std::isnan(gain.interval.low));
}

TEST_CASE("gain is not told where nothing varies or little is known", "[law]") {
  CHECK(std::isnan(pairing_gain(Values{2, 2, 2}, Values{1, 1, 1}).value));
  CHECK(std::isnan(pairing_gain(Values{2}, Values{1}).value));
  CHECK(std::isnan(pairing_gain(Values{}, Values{}).value));
  auto const two = pairing_gain(Values{1, 3}, Values{1, 2});
  CHECK(two.value == Approx(5));
  CHECK(std::isnan(two.interval.low));
}

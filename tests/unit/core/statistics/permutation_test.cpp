#include "core/statistics/permutation.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace myoaxis;
using Values = std::vector<double>;

TEST_CASE("p of few rearrangements is exact", "[law]") {
  // Of 20 ways to choose three of six, the two extreme ones are as far apart.
  CHECK(label_permutation_p(Values{1, 2, 3}, Values{4, 5, 6}, 1) == Approx(2.0 / 20));
  CHECK(label_permutation_p(Values{4, 5, 6}, Values{1, 2, 3}, 1) == Approx(2.0 / 20));
  // Of 8 ways to set signs: all plus and all minus; with 1, 2, -3 the sum is 0 and nothing is closer.
  CHECK(sign_flip_p(Values{1, 2, 3}, 1) == Approx(2.0 / 8));
  CHECK(sign_flip_p(Values{1, 2, -3}, 1) == 1);
}

TEST_CASE("the smallest p of n pairs is that of two rearrangements", "[law]") {
  for (std::size_t n = 1; n <= 14; ++n)
    CHECK(sign_flip_p(Values(n, 1.5), 1) == Approx(std::ldexp(2.0, -static_cast<int>(n))));
}

TEST_CASE("sums that differ by rounding count as equal", "[law]") {
  // 0.1 + 0.2 - 0.3 is not 0 in binary, and its mirror image must count like itself.
  CHECK(sign_flip_p(Values{0.1, 0.2, 0.3, 0.3 - 0.1 - 0.2}, 1) == Approx(4.0 / 16));
  CHECK(label_permutation_p(Values{1e9 + 0.1, 1e9 + 0.3}, Values{1e9 + 0.2, 1e9 + 0.2}, 1) == 1);
  CHECK(label_permutation_p(Values{0.1, 0.1}, Values{0.1, 0.1, 0.1}, 1) == 1);
}

TEST_CASE("p of many rearrangements is Fisher's for Darwin's plants", "[law]") {
  // Fisher 1935, The Design of Experiments, section 21: differences in height (1/8 inch) of 15 pairs of
  // maize; 863 of the 32768 sums are as great as the 314 seen, so two-sided 1726 / 32768 = 0.0527.
  Values const plants{49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};
  auto const exact = 1726.0 / 32768;
  auto const standard_error = std::sqrt(exact * (1 - exact) / kMostRearrangements);
  for (std::uint64_t key = 1; key <= 3; ++key) {
    auto const p = sign_flip_p(plants, key);
    CHECK(std::abs(p - exact) < 5 * standard_error);
    CHECK(std::abs(p - exact / 2) > 5 * standard_error);
  }
}

TEST_CASE("drawn labels give the p of all labels", "[law]") {
  // 10 against 10: 184756 ways, so they are drawn. Ranks 1 to 20, the arm has the sum 132 of expected 105:
  // Wilcoxon's exact two-sided p (scipy.stats.mannwhitneyu).
  Values const arm{3, 7, 10, 12, 13, 14, 16, 18, 19, 20}, reference{1, 2, 4, 5, 6, 8, 9, 11, 15, 17};
  auto const p = label_permutation_p(arm, reference, 4);
  auto const exact = 0.0432571;
  CHECK(std::abs(p - exact) < 5 * std::sqrt(exact * (1 - exact) / kMostRearrangements));
}

TEST_CASE("drawn rearrangements depend on their address alone", "[reproducible]") {
  Values differences;
  for (int i = 0; i < 80; ++i) differences.push_back(std::sin(i) + 0.1);
  CHECK(sign_flip_p(differences, 1) == sign_flip_p(differences, 1));
  CHECK(sign_flip_p(differences, 1) != sign_flip_p(differences, 2));
}

TEST_CASE("p of draws is never 0", "[law]") {
  CHECK(sign_flip_p(Values(70, 1.0), 1) == Approx(1.0 / (kMostRearrangements + 1)));
}

TEST_CASE("groups too large for their number of labelings to fit a double have a p", "[law]") {
  Values arm, reference;
  for (int i = 0; i < 600; ++i) {
    arm.push_back(i + 1000);
    reference.push_back(i);
  }
  CHECK(label_permutation_p(arm, reference, 1) == Approx(1.0 / (kMostRearrangements + 1)));
}

TEST_CASE("the smallest p that there can be is that of arms far apart", "[law]") {
  Values const low{1, 2, 3, 4}, high{101, 102, 103, 104, 105};
  for (std::size_t n = 1; n <= 4; ++n) {
    Values const ours(high.begin(), high.begin() + static_cast<std::ptrdiff_t>(n));
    Values const theirs(low.begin(), low.begin() + static_cast<std::ptrdiff_t>(n));
    CHECK(least_sign_flip_p(n) == Approx(sign_flip_p(ours, 1)));
    CHECK(least_label_permutation_p(n, n) == Approx(label_permutation_p(ours, theirs, 1)));
  }
  CHECK(least_label_permutation_p(5, 4) == Approx(label_permutation_p(high, low, 1)));
  CHECK(least_label_permutation_p(3, 3) == Approx(2.0 / 20));
  CHECK(least_sign_flip_p(70) == Approx(sign_flip_p(Values(70, 1.0), 1)));
  CHECK(least_label_permutation_p(600, 600) == Approx(1.0 / (kMostRearrangements + 1)));
}

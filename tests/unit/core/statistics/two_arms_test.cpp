#include "core/statistics/two_arms.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "tests/unit/core/statistics/sleep.h"

using namespace myoaxis;
using test::kDrug1;
using test::kDrug2;

namespace {

/// One replicate a value, with seeds from `first_seed` on.
std::vector<Replicate> runs(std::vector<double> const& values, std::uint64_t first_seed = 1) {
  std::vector<Replicate> all;
  for (auto const value : values) all.push_back({Luck{first_seed + all.size(), 0}, value});
  return all;
}

TwoArms paired(std::vector<double> const& arm, std::vector<double> const& reference) {
  return compare_two_arms(runs(arm), runs(reference), {1});
}

TwoArms unpaired(std::vector<double> const& arm, std::vector<double> const& reference) {
  return compare_two_arms(runs(arm), runs(reference, 1000), {1});
}

/// `n` values, an even number, with exactly this mean and standard deviation.
std::vector<double> values_with(double mean, double deviation, std::size_t n) {
  std::vector<double> values;
  auto const step = deviation * std::sqrt(static_cast<double>(n - 1) / static_cast<double>(n));
  for (std::size_t i = 0; i < n; ++i) values.push_back(i % 2 == 0 ? mean + step : mean - step);
  return values;
}

}  // namespace

TEST_CASE("pairs of the sleep data have the interval that R prints", "[law]") {
  auto const result = paired(kDrug1, kDrug2);
  CHECK(result.pairing == Pairing::paired);
  CHECK(result.n == 10);
  CHECK(result.mean == Approx(0.75));
  CHECK(result.reference_mean == Approx(2.33));
  CHECK(result.difference == Approx(-1.58));
  CHECK(result.low == Approx(-2.4598858).epsilon(1e-7));
  CHECK(result.high == Approx(-0.7001142).epsilon(1e-7));
}

TEST_CASE("groups of the sleep data have the Welch interval that R prints", "[law]") {
  auto const result = unpaired(kDrug1, kDrug2);
  CHECK(result.pairing == Pairing::unpaired);
  CHECK(result.difference == Approx(-1.58));
  CHECK(result.low == Approx(-3.3654832).epsilon(1e-7));
  CHECK(result.high == Approx(0.2054832).epsilon(1e-6));
}

TEST_CASE("permutation p of the sleep data are those of an independent program", "[law]") {
  // scipy 1.10, stats.permutation_test: all 1024 sign flips; for the groups 184756 labelings, of which 20000
  // are drawn here: standard error 0.0019.
  CHECK(paired(kDrug1, kDrug2).p == Approx(4.0 / 1024));
  CHECK(std::abs(unpaired(kDrug1, kDrug2).p - 0.0814480) < 5 * 0.0019);
}

TEST_CASE("unpaired g is the one of a textbook", "[law]") {
  // Borenstein et al. 2009, Introduction to Meta-Analysis, chapter 4: d = 0.5970, g = 0.5924.
  auto const result = unpaired(values_with(103, 5.5, 50), values_with(100, 4.5, 50));
  CHECK(result.difference == Approx(3.0));
  CHECK(result.hedges_g == Approx(0.5924).margin(5e-5));
}

TEST_CASE("paired g is the difference by the mean spread, less the bias of small samples", "[law]") {
  // By hand: s^2 = (1 + 4) / 2, r = 1, nu = 2, J = Gamma(1) / (1 Gamma(1/2)) = 1 / sqrt(pi).
  auto const result = paired({11, 12, 13}, {2, 4, 6});
  CHECK(result.hedges_g == Approx(8 / std::sqrt(2.5) / std::sqrt(std::acos(-1.0))));
  // r = 0, nu = 6, J = Gamma(3) / (sqrt(3) Gamma(5/2)) = 2 / (sqrt(3) 1.3293404).
  auto const uncorrelated = paired({1, 1, -1, -1}, {6, 4, 6, 4});
  CHECK(uncorrelated.hedges_g == Approx(-5 / std::sqrt(4.0 / 3) * 2 / (std::sqrt(3.0) * 1.3293403881791370)));
}

TEST_CASE("swapping the arms changes the sign and nothing else", "[law]") {
  auto const make = GENERATE(paired, unpaired);
  auto const forth = make(kDrug1, kDrug2), back = make(kDrug2, kDrug1);
  CHECK(forth.difference == -back.difference);
  CHECK(forth.low == Approx(-back.high));
  CHECK(forth.hedges_g == Approx(-back.hedges_g));
  CHECK(forth.p == Approx(back.p).margin(0.01));
}

TEST_CASE("pairs are matched by seed and subject, whatever the order", "[reproducible]") {
  auto arm = runs(kDrug1);
  auto const reference = runs(kDrug2);
  auto const first = compare_two_arms(arm, reference, {1});
  std::reverse(arm.begin(), arm.end());
  auto const second = compare_two_arms(arm, reference, {1});
  CHECK(first.difference == second.difference);
  CHECK(first.low == second.low);
  CHECK(first.p == second.p);
}

TEST_CASE("arms are paired when two lucks, or all of one of them, are in both", "[law]") {
  auto const reference = runs({1, 2, 3, 4});
  CHECK(pairing_of(runs({1, 2}), reference) == Pairing::paired);
  CHECK(pairing_of(runs({1, 2}, 4), reference) == Pairing::unpaired);
  CHECK(pairing_of(runs({1, 2, 3}, 3), reference) == Pairing::paired);
  CHECK(pairing_of(runs({1}, 4), reference) == Pairing::paired);
  CHECK(pairing_of(reference, runs({1}, 4)) == Pairing::paired);
  CHECK(pairing_of(runs({1}, 5), reference) == Pairing::unpaired);
  CHECK(pairing_of(std::vector<Replicate>{{Luck{1, 1}, 0}}, reference) == Pairing::unpaired);
  // The reference's mean is that of the partners.
  CHECK(compare_two_arms(runs({1, 2}), reference, {1}).reference_mean == 1.5);
}

TEST_CASE("a run that is missing in either arm costs its pair and no other one", "[law]") {
  auto reference = runs(kDrug2);
  reference.erase(reference.begin() + 6);
  auto const result = compare_two_arms(runs(kDrug1), reference, {1});
  CHECK(result.pairing == Pairing::paired);
  CHECK(result.n == 9);
  CHECK(result.without_partner == 1);
  CHECK(result.left_out == 0);
  auto ours = runs(kDrug1);
  ours.erase(ours.begin() + 6);
  auto const same = compare_two_arms(ours, reference, {1});
  CHECK(same.without_partner == 0);
  CHECK(result.low == same.low);
  CHECK(result.high == same.high);
  CHECK(result.p == same.p);
}

TEST_CASE("a run without a value is left out, with its partner, and counted", "[law]") {
  auto const pairs = paired({1, kUnknown, 3, 4, 7}, {0, 1, kUnknown, 2, 3});
  CHECK(pairs.left_out == 2);
  CHECK(pairs.n == 3);
  CHECK(pairs.mean == 4);
  CHECK(pairs.difference == Approx(7.0 / 3));
  auto const groups = unpaired({1, kUnknown, 3}, {0, 1, 2, kUnknown});
  CHECK(groups.left_out == 2);
  CHECK(groups.n == 2);
  CHECK(groups.n_reference == 3);
  CHECK(groups.difference == 1);
}

TEST_CASE("a single run has a difference and nothing more", "[law]") {
  auto const make = GENERATE(paired, unpaired);
  auto const result = make({3}, {1});
  CHECK(result.difference == 2);
  for (auto const value : {result.low, result.high, result.hedges_g, result.p}) CHECK(std::isnan(value));
}

TEST_CASE("one run beside several has no interval either", "[law]") {
  auto const result = unpaired({3}, {1, 2, 3});
  CHECK(result.difference == 1);
  for (auto const value : {result.low, result.high, result.hedges_g, result.p}) CHECK(std::isnan(value));
}

TEST_CASE("without any value all is unknown", "[law]") {
  auto const make = GENERATE(paired, unpaired);
  auto const result = make({kUnknown, kUnknown}, {kUnknown, kUnknown});
  CHECK(result.n == 0);
  for (auto const value : {result.mean, result.difference, result.low, result.hedges_g, result.p})
    CHECK(std::isnan(value));
}

TEST_CASE("equal values have an interval without width", "[law]") {
  auto const make = GENERATE(paired, unpaired);
  auto const result = make({0.1, 0.1, 0.1, 0.1, 0.1, 0.1}, {0.1, 0.1, 0.1, 0.1, 0.1, 0.1});
  CHECK(result.difference == 0);
  CHECK(result.low == 0);
  CHECK(result.high == 0);
  CHECK(result.p == 1);
  CHECK(std::isnan(result.hedges_g));
}

TEST_CASE("two pairs have an interval but no g", "[law]") {
  auto const result = paired({3, 5}, {1, 2});
  CHECK(result.low < 2.5);
  CHECK(std::isnan(result.hedges_g));
}

TEST_CASE("a comparison has everything that five and more runs tell", "[law]") {
  auto const pairs = paired(kDrug1, kDrug2);
  CHECK(pairs.superiority.value == Approx(0.05));
  CHECK(pairs.pairing_gain.value == Approx(4.7654230317));
  CHECK(pairs.needed.for_power == 8);
  CHECK(pairs.bootstrap.low < pairs.difference);
  CHECK(pairs.bootstrap.high > pairs.difference);
  auto const groups = unpaired(kDrug1, kDrug2);
  CHECK(groups.superiority.value == Approx(0.255));
  CHECK(std::isnan(groups.pairing_gain.value));
  CHECK(groups.needed.for_power == 26);
  CHECK(groups.bootstrap.low == Approx(-3.381).margin(0.07));
}

TEST_CASE("what too few runs do not tell is unknown, not 0", "[law]") {
  for (auto const& result :
       {paired({3}, {1}), unpaired({3}, {1, 2, 3}), paired({kUnknown, kUnknown}, {1, 2})}) {
    for (auto const value : {result.bootstrap.low, result.superiority.value, result.pairing_gain.value,
                             result.needed.for_interval, result.needed.for_power})
      CHECK(std::isnan(value));
  }
}

TEST_CASE("equal values have a difference without doubt and without effect size", "[law]") {
  for (auto const make : {paired, unpaired}) {
    auto const result = make({3, 3, 3, 3, 3}, {1, 1, 1, 1, 1});
    CHECK(result.low == 2);
    CHECK(result.bootstrap.low == 2);
    CHECK(result.bootstrap.high == 2);
    CHECK(result.superiority.value == 1);
    for (auto const value : {result.hedges_g, result.pairing_gain.value, result.needed.for_power})
      CHECK(std::isnan(value));
  }
}

TEST_CASE("no bootstrap is done when it is not asked for", "[law]") {
  CHECK(std::isnan(compare_two_arms(runs(kDrug1), runs(kDrug2), {1, 0}).bootstrap.low));
}

TEST_CASE("a mean leaves out what is not a number", "[law]") {
  CHECK(mean_of(runs({1, kUnknown, 3})) == 2);
  CHECK(std::isnan(mean_of(runs({kUnknown}))));
}

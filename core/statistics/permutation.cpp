#include "core/statistics/permutation.h"

#include <algorithm>
#include <boost/random/uniform_int_distribution.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "core/contracts.h"
#include "core/draws.h"
#include "core/statistics/moments.h"

namespace myoaxis {
namespace {

/// Counts the rearrangements whose sum is as far from 0 as the one seen, or farther. Sums that differ by
/// rounding only count as equal.
class Tally {
 public:
  Tally(double seen, double total_size) : least_{std::abs(seen) - 1e-12 * total_size} {}
  void add(double sum) {
    ++all_;
    if (std::abs(sum) >= least_) ++extreme_;
  }
  double exact_p() const { return extreme_ / all_; }
  double sampled_p() const { return (extreme_ + 1) / (all_ + 1); }

 private:
  double least_;
  double all_ = 0;
  double extreme_ = 0;
};

Draws draws_of(std::uint64_t key, int rearrangement) {
  return Draws{Luck{}, Purpose::permutation, key, rearrangement};
}

double total_size(std::span<double const> values) {
  return std::accumulate(values.begin(), values.end(), 0.0,
                         [](double sum, double value) { return sum + std::abs(value); });
}

/// Bit i of `signs` set: the i-th value counts negatively.
double flipped_sum(std::span<double const> values, std::uint32_t signs) {
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) sum += (signs >> i & 1u) != 0 ? -values[i] : values[i];
  return sum;
}

double randomly_flipped_sum(std::span<double const> values, Draws draws) {
  double sum = 0;
  std::uint64_t signs = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    signs = i % 64 == 0 ? draws() : signs >> 1;
    sum += (signs & 1u) != 0 ? -values[i] : values[i];
  }
  return sum;
}

/// Sum over `chosen` values drawn without replacement; `values` is a copy that may be shuffled.
double random_subset_sum(std::vector<double> values, std::size_t chosen, Draws draws) {
  double sum = 0;
  for (std::size_t i = 0; i < chosen; ++i) {
    boost::random::uniform_int_distribution<std::size_t> position{i, values.size() - 1};
    std::swap(values[i], values[position(draws)]);
    sum += values[i];
  }
  return sum;
}

/// How many subsets of `chosen` of `n` values there are; infinite where they are too many to go through, so
/// that it never leaves the range of a double.
double number_of_subsets(std::size_t n, std::size_t chosen) {
  auto const fewer = std::min(chosen, n - chosen);
  double subsets = 1;
  for (std::size_t i = 1; i <= fewer; ++i) {
    subsets = subsets * static_cast<double>(n - fewer + i) / static_cast<double>(i);
    if (subsets > kMostRearrangements) return std::numeric_limits<double>::infinity();
  }
  return subsets;
}

void add_all_subsets(Tally& tally, std::span<double const> values, std::size_t chosen) {
  std::vector<char> in_arm(values.size(), 0);
  std::fill_n(in_arm.begin(), chosen, char{1});
  do {
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) sum += in_arm[i] != 0 ? values[i] : 0;
    tally.add(sum);
  } while (std::prev_permutation(in_arm.begin(), in_arm.end()));
}

/// The values of both groups, the arm's first, about their common mean. Then the sum of a subset is
/// proportional to the difference of means that it stands for. Taken relative to the first value before, so
/// that the rounding is that of the deviations.
std::vector<double> centered(std::span<double const> arm, std::span<double const> reference) {
  std::vector<double> values{arm.begin(), arm.end()};
  values.insert(values.end(), reference.begin(), reference.end());
  auto const first = values.front();
  for (auto& value : values) value -= first;
  auto const mean = sum_of(values) / static_cast<double>(values.size());
  for (auto& value : values) value -= mean;
  return values;
}

}  // namespace

double sign_flip_p(std::span<double const> differences, std::uint64_t key) {
  EXPECTS(!differences.empty());
  Tally tally{sum_of(differences), total_size(differences)};
  if (std::ldexp(1.0, static_cast<int>(differences.size())) <= kMostRearrangements) {
    for (std::uint32_t signs = 0; signs < 1u << differences.size(); ++signs)
      tally.add(flipped_sum(differences, signs));
    return tally.exact_p();
  }
  for (int i = 0; i < kMostRearrangements; ++i)
    tally.add(randomly_flipped_sum(differences, draws_of(key, i)));
  return tally.sampled_p();
}

double least_sign_flip_p(std::size_t pairs) {
  auto const flips = std::ldexp(1.0, static_cast<int>(std::min<std::size_t>(pairs, 1000)));
  return flips <= kMostRearrangements ? std::min(1.0, 2 / flips) : 1.0 / (kMostRearrangements + 1);
}

double least_label_permutation_p(std::size_t arm, std::size_t reference) {
  auto const labelings = number_of_subsets(arm + reference, arm);
  if (labelings > kMostRearrangements) return 1.0 / (kMostRearrangements + 1);
  return std::min(1.0, (arm == reference ? 2 : 1) / labelings);
}

double label_permutation_p(std::span<double const> arm, std::span<double const> reference,
                           std::uint64_t key) {
  EXPECTS(!arm.empty() && !reference.empty());
  auto const values = centered(arm, reference);
  Tally tally{sum_of(std::span{values}.first(arm.size())), total_size(values)};
  if (number_of_subsets(values.size(), arm.size()) <= kMostRearrangements) {
    add_all_subsets(tally, values, arm.size());
    return tally.exact_p();
  }
  for (int i = 0; i < kMostRearrangements; ++i)
    tally.add(random_subset_sum(values, arm.size(), draws_of(key, i)));
  return tally.sampled_p();
}

}  // namespace myoaxis

/// Bounds of statistical tests: each comes from a standard error and one error probability, never from
/// trying.
///
/// Every check allows |Z| <= 5 or what is as rare, a probability of 6e-7. So the whole suite, with some
/// thousand checks of fixed seeds, had a chance below 1e-3 of failing for no reason when it was written.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "core/statistics/interval.h"

namespace myoaxis {

inline constexpr double kZ = 5;

struct Moments {
  double count = 0;
  double mean = 0;
  double variance = 0;
  double fourth = 0;  // central
  double mean_error() const { return std::sqrt(variance / count); }
  double variance_error() const { return std::sqrt((fourth - variance * variance) / count); }
};

template <class T>
Moments moments_of(std::vector<T> const& values) {
  Moments moments{.count = static_cast<double>(values.size())};
  // Shifted by the first value: counts near 2^40 would lose their variance otherwise.
  auto const first = values.front();
  double shift = 0;
  for (auto const value : values) shift += static_cast<double>(value - first) / moments.count;
  for (auto const value : values) {
    auto const square = std::pow(static_cast<double>(value - first) - shift, 2);
    moments.variance += square / (moments.count - 1);
    moments.fourth += square * square / moments.count;
  }
  moments.mean = static_cast<double>(first) + shift;
  return moments;
}

/// |estimate - expected| in standard errors.
inline double deviation(double estimate, double expected, double standard_error) {
  return std::abs(estimate - expected) / standard_error;
}

inline bool holds(Interval const& interval, double truth) {
  return interval.low <= truth && truth <= interval.high;
}

/// Bound of a chi-square of `freedom` degrees that is as rare as Z > 5 (Wilson and Hilferty 1931).
inline double chi_square_bound(double freedom) {
  auto const spread = 2 / (9 * freedom);
  return freedom * std::pow(1 - spread + kZ * std::sqrt(spread), 3);
}

struct ChiSquare {
  double value = 0;
  double freedom = -1;
  bool within_bound() const { return value < chi_square_bound(freedom); }
};

/// Pearson's chi-square of counts against probabilities (which sum to 1). Neighbors are pooled until they
/// expect at least 10; the last pool takes the rest.
inline ChiSquare chi_square(std::span<double const> observed, std::span<double const> probabilities) {
  double total = 0;
  for (auto const count : observed) total += count;
  ChiSquare result;
  double seen = 0, expected = 0, expected_left = total;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    seen += observed[i];
    expected += total * probabilities[i];
    auto const is_last = i + 1 == observed.size();
    if (!is_last && (expected < 10 || expected_left - expected < 10)) continue;
    result.value += std::pow(seen - expected, 2) / expected;
    result.freedom += 1;
    expected_left -= expected;
    seen = expected = 0;
  }
  return result;
}

/// Kolmogorov's distance between a sample and a distribution function, times sqrt(n).
template <class Distribution>
double kolmogorov_distance(std::vector<double> sample, Distribution distribution) {
  std::sort(sample.begin(), sample.end());
  auto const n = static_cast<double>(sample.size());
  double distance = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    auto const probability = distribution(sample[i]);
    auto const rank = static_cast<double>(i);
    distance = std::max({distance, probability - rank / n, (rank + 1) / n - probability});
  }
  return distance * std::sqrt(n);
}

/// Bound of that distance: 2 exp(-2 d^2) = 6e-7 (Massart 1990).
inline constexpr double kKolmogorovBound = 2.74;

}  // namespace myoaxis

/// Sums, means and variances of a few values, without loss of digits where the values are far from 0.
#pragma once

#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>

#include "core/contracts.h"
#include "core/statistics/interval.h"

namespace myoaxis {

inline double sum_of(std::span<double const> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

inline double count_of(std::span<double const> values) { return static_cast<double>(values.size()); }

/// NaN of no values. Taken relative to the first value, so that the mean of equal values is that value to the
/// last bit.
inline double mean_of(std::span<double const> values) {
  if (values.empty()) return kUnknown;
  double sum = 0;
  for (auto const value : values) sum += value - values.front();
  return values.front() + sum / count_of(values);
}

/// Sum of the products of deviations from the means, by n - 1. NaN of fewer than two values.
inline double covariance_of(std::span<double const> a, std::span<double const> b) {
  EXPECTS(a.size() == b.size());
  if (a.size() < 2) return kUnknown;
  auto const mean_a = mean_of(a), mean_b = mean_of(b);
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - mean_a) * (b[i] - mean_b);
  return sum / (count_of(a) - 1);
}

inline double variance_of(std::span<double const> values) { return covariance_of(values, values); }

/// Degrees of freedom of the error of a difference of two means with the squared errors `e1` and `e2`, of
/// `n1` and `n2` values: Satterthwaite 1946, Welch 1947.
inline double welch_freedom(double e1, double n1, double e2, double n2) {
  return (e1 + e2) * (e1 + e2) / (e1 * e1 / (n1 - 1) + e2 * e2 / (n2 - 1));
}

}  // namespace myoaxis

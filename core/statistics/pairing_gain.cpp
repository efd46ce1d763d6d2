#include "core/statistics/pairing_gain.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "core/statistics/moments.h"

namespace myoaxis {
namespace {

/// Interval of var S / var D.
Interval pitman_morgan(double variance_sums, double variance_differences, double covariance, double n) {
  auto const r_squared = std::min(1.0, covariance * covariance / (variance_sums * variance_differences));
  auto const t = quantile(complement(boost::math::students_t{n - 2}, kTail));
  auto const k = 1 + 2 * (1 - r_squared) * t * t / (n - 2);
  auto const spread = k + std::sqrt(k * k - 1);
  auto const ratio = variance_sums / variance_differences;
  return {ratio / spread,
          ratio * spread};  // K - sqrt(K^2 - 1) = 1 / (K + sqrt(K^2 - 1)), without cancellation
}

}  // namespace

Estimate pairing_gain(std::span<double const> arm, std::span<double const> reference) {
  std::vector<double> sums, differences;
  for (std::size_t i = 0; i < arm.size(); ++i) {
    sums.push_back(arm[i] + reference[i]);
    differences.push_back(arm[i] - reference[i]);
  }
  auto const apart = variance_of(arm) + variance_of(reference);
  auto const together = variance_of(differences);
  if (!(apart > 0)) return {};
  // Differences that are equal but for rounding: the pairs share all of their luck.
  if (together <= 1e-24 * apart) return {std::numeric_limits<double>::infinity(), {}};
  auto const ratio = apart / together;
  auto const variance_sums = variance_of(sums);
  if (arm.size() < 3 || !(variance_sums > 0)) return {ratio, {}};
  auto const [low, high] =
      pitman_morgan(variance_sums, together, covariance_of(sums, differences), count_of(arm));
  return {ratio, {(low + 1) / 2, (high + 1) / 2}};
}

}  // namespace myoaxis

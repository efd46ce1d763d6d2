#include "core/statistics/superiority.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <cstdint>

#include "core/contracts.h"
#include "core/statistics/moments.h"

namespace myoaxis {
namespace {

double standard_quantile() { return quantile(complement(boost::math::normal{}, kTail)); }

/// 1 for a win, 1/2 for a tie.
double win(double ours, double theirs) { return ours > theirs ? 1 : ours == theirs ? 0.5 : 0; }

Interval wilson_interval(double share, double n) {
  auto const z = standard_quantile();
  auto const center = (share + z * z / (2 * n)) / (1 + z * z / n);
  auto const half = z / (1 + z * z / n) * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  return {std::max(0.0, center - half), std::min(1.0, center + half)};
}

/// Variance of the share when its true value is `share`.
double hanley_mcneil_variance(double share, double n1, double n2) {
  auto const others = (n1 + n2) / 2 - 1;
  return share * (1 - share) * (1 + others * (1 - share) / (2 - share) + others * share / (1 + share)) /
         (n1 * n2);
}

/// The share between the one seen and `bound` (0 or 1) that is `z` standard errors away from it.
double farthest_share(double seen, double bound, double n1, double n2) {
  auto const z = standard_quantile();
  auto const excess = [&](double share) {
    return std::abs(share - seen) - z * std::sqrt(std::max(0.0, hanley_mcneil_variance(share, n1, n2)));
  };
  if (seen == bound) return bound;
  auto const start = seen + 1e-9 * (bound - seen);  // at 0 and 1 the one seen is a solution itself
  std::uintmax_t iterations = 100;
  auto const [low, high] =
      boost::math::tools::toms748_solve(excess, std::min(start, bound), std::max(start, bound),
                                        boost::math::tools::eps_tolerance<double>{40}, iterations);
  return (low + high) / 2;
}

}  // namespace

Estimate superiority_of_pairs(std::span<double const> arm, std::span<double const> reference) {
  EXPECTS(arm.size() == reference.size());
  if (arm.size() < 2) return {};
  double wins = 0;
  for (std::size_t i = 0; i < arm.size(); ++i) wins += win(arm[i], reference[i]);
  auto const share = wins / count_of(arm);
  return {share, wilson_interval(share, count_of(arm))};
}

Estimate superiority_of_groups(std::span<double const> arm, std::span<double const> reference) {
  if (std::min(arm.size(), reference.size()) < 2) return {};
  double wins = 0;
  for (auto const ours : arm) {
    for (auto const theirs : reference) wins += win(ours, theirs);
  }
  auto const n1 = count_of(arm), n2 = count_of(reference);
  auto const share = wins / (n1 * n2);
  return {share, {farthest_share(share, 0, n1, n2), farthest_share(share, 1, n1, n2)}};
}

}  // namespace myoaxis

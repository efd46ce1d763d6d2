/// What pairing saves: how many times more runs independent arms would take for the same precision.
///
///     (s1^2 + s2^2) / s_d^2
///
/// is the variance of the difference of runs that share nothing over that of the difference within pairs;
/// 1 when pairs are no more alike than other runs, below 1 when they are less.
///
/// Interval: with the sums S and the differences D of the pairs the ratio is (var S / var D + 1) / 2, and the
/// ratio of two correlated variances has an exact interval when the pairs are bivariate normal (Pitman 1939,
/// Biometrika 31:9; Morgan 1939, Biometrika 31:13). With F the ratio seen, r the correlation of S and D, and
/// K = 1 + 2 (1 - r^2) t^2 / (n - 2), t the 97.5 % point of Student's t with n - 2 degrees of freedom:
///
///     F (K -+ sqrt(K^2 - 1)).
///
/// With three pairs it is nearly without bounds, as it should. It is exact for normal pairs only; heavy tails
/// make it too narrow, by how much is not measured.
#pragma once

#include <span>

#include "core/statistics/interval.h"

namespace myoaxis {

/// Values of one index are a pair. NaN when no run differs from another and for fewer than two pairs; without
/// interval for two. Infinite when the difference is the same in each pair.
Estimate pairing_gain(std::span<double const> arm, std::span<double const> reference);

}  // namespace myoaxis

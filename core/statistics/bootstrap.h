/// Interval of a difference that takes no distribution for granted: the values themselves are drawn again.
///
/// Each resample draws n of the n differences of pairs, or n1 of the n1 and n2 of the n2 values of the arms,
/// with replacement, and gives t* = (d* - d) / e*, its difference about the one seen in units of its own
/// standard error (the studentized bootstrap: Efron & Tibshirani 1993, An Introduction to the Bootstrap,
/// section 12.5). With e the standard error of the values themselves,
///
///     pairs    d - t*_(0.975) e  to  d - t*_(0.025) e       (equal tails)
///     groups   d -+ |t*|_(0.95) e                           (symmetric: Hall 1988, J. R. Stat. Soc. B 50:35)
///
/// Both choices are measured: core/statistics/README.md has the coverage beside that of Student's t, of BCa
/// (Efron 1987) and of percentiles, which are far too narrow below 24 values.
///
/// Draws are addressed by `key` and the number of the resample: the same values in the same order give the
/// same interval.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/statistics/interval.h"

namespace myoaxis {

inline constexpr int kResamples = 9'999;  // so that the quantiles are resamples themselves, no. 250 and 9750

/// With four pairs the interval is two to three times as wide as Student's, with three it has no end.
inline constexpr std::size_t kLeastForBootstrap = 5;

/// Of the mean of the differences of pairs. NaN for fewer than `kLeastForBootstrap`, and where the resamples
/// give it no end, as when most differences are equal.
Interval bootstrap_of_pairs(std::span<double const> differences, std::uint64_t key,
                            int resamples = kResamples);

/// Of the difference of the means, arm minus reference. NaN likewise; each group needs that many values.
Interval bootstrap_of_groups(std::span<double const> arm, std::span<double const> reference,
                             std::uint64_t key, int resamples = kResamples);

}  // namespace myoaxis

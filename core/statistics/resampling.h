/// How sure a number is that was computed from a few independent observations: by drawing them again, with
/// replacement (the bootstrap of Efron 1979, Ann. Stat. 7:1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/statistics/interval.h"

namespace myoaxis {

inline constexpr int kObservationResamples = 2000;

/// 95 % intervals of some numbers that `statistics` computes from observations, which it is given by their
/// numbers (0 ... n - 1, each any number of times, n of them).
///
/// The percentiles are those of Hesterberg (2015, Am. Stat. 69:371), wider than 2.5 and 97.5 so that of a
/// mean of few observations the interval has the width of Student's t:
///
///     a = Phi(-sqrt(n / (n - 1)) t_{.975, n-1})
///
/// Resamples for which a number is NaN do not count for it. No interval has ends other than NaN for n < 2.
/// `key` addresses the draws.
std::vector<Interval> resampling_intervals(
    std::size_t n, std::uint64_t key,
    std::function<std::vector<double>(std::span<std::size_t const>)> const& statistics);

}  // namespace myoaxis

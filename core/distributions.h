/// The distributions that the model draws from: Boost.Random's, on addressed draws.
///
/// Counts are 64-bit integers and never replaced by a Gaussian. Golden tests pin the values, so that a new
/// Boost cannot change results silently.
#pragma once

#include <cstdint>
#include <span>

#include "core/draws.h"
#include "core/quantity.h"

namespace myoaxis {

/// Poisson count of the given mean (>= 0).
std::int64_t sample_poisson(Draws& draws, double mean);

/// Number of successes in `n` (>= 0) trials of probability `p` (0..1).
///
/// Below p = 2^-26 the Poisson limit is drawn: it differs from the binomial by at most p in total variation
/// (Le Cam 1960), whereas 1 - p, on which the library's sampler rests, has lost as many digits by then.
std::int64_t sample_binomial(Draws& draws, std::int64_t n, double p);

/// Distributes `n` over the outcomes in proportion to `weights` (>= 0, not all 0 unless n is 0), by
/// conditional binomials; writes the counts to `counts`, of equal length.
void sample_multinomial(Draws& draws, std::int64_t n, std::span<double const> weights,
                        std::span<std::int64_t> counts);

/// Exponential variate of mean 1.
double sample_exponential(Draws& draws);

/// Gamma variate of mean 1 and the given shape (> 0).
double sample_unit_gamma(Draws& draws, double shape);

/// Lognormal variate of mean 1 and the given coefficient of variation (>= 0).
double sample_unit_lognormal(Draws& draws, double variation);

}  // namespace myoaxis

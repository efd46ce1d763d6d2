#include "core/distributions.h"

#include <algorithm>
#include <boost/random/binomial_distribution.hpp>
#include <boost/random/exponential_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <cmath>
#include <vector>

namespace myoaxis {

std::int64_t sample_poisson(Draws& draws, double mean) {
  EXPECTS(mean >= 0 && std::isfinite(mean));
  if (mean <= 0) return 0;
  return boost::random::poisson_distribution<std::int64_t, double>{mean}(draws);
}

std::int64_t sample_binomial(Draws& draws, std::int64_t n, double p) {
  constexpr double poisson_limit = 0x1.0p-26;
  EXPECTS(n >= 0 && p >= 0 && p <= 1);
  if (n == 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p < poisson_limit) return std::min(n, sample_poisson(draws, static_cast<double>(n) * p));
  return boost::random::binomial_distribution<std::int64_t, double>{n, p}(draws);
}

void sample_multinomial(Draws& draws, std::int64_t n, std::span<double const> weights,
                        std::span<std::int64_t> counts) {
  EXPECTS(weights.size() == counts.size() && !weights.empty());
  if (n == 0) {
    std::fill(counts.begin(), counts.end(), std::int64_t{0});
    return;
  }
  // The likeliest outcome comes last and takes what is left: rare outcomes then keep their relative
  // precision, which 1 - p of a nearly certain one would have lost.
  auto const last =
      static_cast<std::size_t>(std::max_element(weights.begin(), weights.end()) - weights.begin());
  EXPECTS(weights[last] > 0);
  std::vector<double> from_here(weights.size());
  auto remaining = weights[last];
  for (std::size_t i = weights.size(); i-- > 0;) {
    if (i != last) remaining += weights[i];
    from_here[i] = remaining;
  }
  auto left = n;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    counts[i] = i == last ? 0 : sample_binomial(draws, left, weights[i] / from_here[i]);
    left -= counts[i];
  }
  counts[last] = left;
}

double sample_exponential(Draws& draws) { return boost::random::exponential_distribution<double>{}(draws); }

double sample_unit_gamma(Draws& draws, double shape) {
  EXPECTS(shape > 0);
  return boost::random::gamma_distribution<double>{shape, 1 / shape}(draws);
}

double sample_unit_lognormal(Draws& draws, double variation) {
  EXPECTS(variation >= 0);
  auto const variance = std::log1p(variation * variation);
  auto const normal = boost::random::normal_distribution<double>{}(draws);
  return std::exp(std::sqrt(variance) * normal - variance / 2);
}

}  // namespace myoaxis

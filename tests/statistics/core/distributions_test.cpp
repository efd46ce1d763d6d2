#include "core/distributions.h"

#include <boost/random/binomial_distribution.hpp>
#include <catch2/catch.hpp>
#include <numeric>

#include "tests/statistics/bounds.h"

using namespace myoaxis;

namespace {

constexpr std::int64_t kMany = std::int64_t{1} << 40;

/// `size` independent samples, each from its own address, as the model draws them.
template <class Sample>
auto samples(std::size_t size, std::uint64_t seed, Sample sample) {
  std::vector<decltype(sample(std::declval<Draws&>()))> values(size);
  DrawKey const key{Luck{seed, 0}, Purpose::crossing};
  for (std::size_t i = 0; i < size; ++i) {
    Draws draws{key, i, 0};
    values[i] = sample(draws);
  }
  return values;
}

/// Probabilities of the counts low .. high, the ends taking the tails, from the ratio of neighbors
/// p(k + 1) / p(k) = (a - b k) / (k + 1): a = mean, b = 0 for Poisson; a = n odds, b = odds for binomial.
std::vector<double> count_law(std::int64_t low, std::int64_t high, std::int64_t mode, double a, double b) {
  auto const wide = 4 * (high - low) + 40;
  auto const begin = std::max<std::int64_t>(0, low - wide), end = high + wide;
  std::vector<double> law(static_cast<std::size_t>(end - begin + 1));
  auto const at = [&](std::int64_t k) -> double& { return law[static_cast<std::size_t>(k - begin)]; };
  auto const ratio = [&](std::int64_t k) {
    return std::max(0.0, (a - b * static_cast<double>(k)) / static_cast<double>(k + 1));
  };
  at(mode) = 1;
  for (auto k = mode; k < end; ++k) at(k + 1) = at(k) * ratio(k);
  for (auto k = mode; k > begin; --k) at(k - 1) = ratio(k - 1) > 0 ? at(k) / ratio(k - 1) : 0;
  auto const total = std::accumulate(law.begin(), law.end(), 0.0);
  std::vector<double> cut(static_cast<std::size_t>(high - low + 1), 0.0);
  for (auto k = begin; k <= end; ++k)
    cut[static_cast<std::size_t>(std::clamp(k, low, high) - low)] += at(k) / total;
  return cut;
}

struct CountLaw {
  double mean, variance, fourth;  // fourth: central
  double a, b;
};

CountLaw poisson_law(double mean) { return {mean, mean, mean * (1 + 3 * mean), mean, 0}; }

CountLaw binomial_law(double n, double p) {
  auto const variance = n * p * (1 - p);
  auto const odds = p / (1 - p);
  return {n * p, variance, variance * (1 + 3 * (n - 2) * p * (1 - p)), n * odds, odds};
}

/// Mean, variance and chi-square of `values` against a law.
void check_law(std::vector<std::int64_t> const& values, CountLaw const& law) {
  auto const found = moments_of(values);
  auto const mean_error = std::sqrt(law.variance / found.count);
  auto const variance_error = std::sqrt((law.fourth - law.variance * law.variance) / found.count);
  CAPTURE(law.mean, found.mean, law.variance, found.variance);
  CHECK(deviation(found.mean, law.mean, mean_error) < kZ);
  CHECK(deviation(found.variance, law.variance, variance_error) < kZ);
  auto const [least, most] = std::minmax_element(values.begin(), values.end());
  std::vector<double> observed(static_cast<std::size_t>(*most - *least + 1), 0.0);
  for (auto const value : values) ++observed[static_cast<std::size_t>(value - *least)];
  if (observed.size() < 2) return;
  auto const mode = std::clamp(static_cast<std::int64_t>(law.mean), *least, *most);
  auto const fit = chi_square(observed, count_law(*least, *most, mode, law.a, law.b));
  CAPTURE(fit.value, fit.freedom);
  CHECK(fit.within_bound());
}

}  // namespace

TEST_CASE("Poisson counts follow their law", "[statistical]") {
  auto const mean = GENERATE(0.3, 5.0, 9.9, 10.1, 50.0, 1e6);
  auto const seed = GENERATE(1u, 2u);
  constexpr std::size_t size = 300'000;
  auto const values = samples(size, seed, [&](Draws& draws) { return sample_poisson(draws, mean); });
  CAPTURE(mean, seed);
  check_law(values, poisson_law(mean));
  // The test can fail: 2 % off is seen (and at a mean of 0.3, 4 %).
  auto const off = mean < 1 ? 1.04 : 1.02;
  CHECK(deviation(moments_of(values).mean, off * mean, std::sqrt(mean / size)) > kZ);
}

TEST_CASE("binomial counts follow their law", "[statistical]") {
  struct Trials {
    std::int64_t n;
    double p;
  };
  auto const trials =
      GENERATE(Trials{1, 0.3}, Trials{10, 0.5}, Trials{20, 0.97}, Trials{1000, 0.004}, Trials{1000, 0.3},
               Trials{1'000'000, 0.5}, Trials{100'000'000, 2e-8}, Trials{kMany, 0.37 / 0x1.0p40},
               Trials{kMany, 5e-9}, Trials{kMany, 0x1.0p-26 * 0.999}, Trials{kMany, 0x1.0p-26 * 1.001});
  constexpr std::size_t size = 200'000;
  auto const values =
      samples(size, 3, [&](Draws& draws) { return sample_binomial(draws, trials.n, trials.p); });
  CAPTURE(trials.n, trials.p);
  auto const law = binomial_law(static_cast<double>(trials.n), trials.p);
  check_law(values, law);
  CHECK(deviation(moments_of(values).mean, 1.05 * law.mean, std::sqrt(law.variance / size)) > kZ);
}

TEST_CASE("failures of a nearly sure event are counted exactly", "[statistical]") {
  constexpr double failure = 1e-9;
  constexpr double p = 1 - failure;
  auto const values =
      samples(100'000, 4, [](Draws& draws) { return kMany - sample_binomial(draws, kMany, p); });
  check_law(values, binomial_law(0x1.0p40, 1 - p));
}

TEST_CASE("the library's binomial fails for 1e16 trials, ours does not", "[statistical]") {
  constexpr std::int64_t n = 10'000'000'000'000'000;
  constexpr double mean = 0.37, p = mean / 1e16;
  constexpr std::size_t size = 200'000;
  auto const ours = samples(size, 5, [](Draws& draws) { return sample_binomial(draws, n, p); });
  check_law(ours, poisson_law(mean));
  CHECK(deviation(moments_of(ours).mean, 1.04 * mean, std::sqrt(mean / size)) > kZ);
  boost::random::binomial_distribution<std::int64_t, double> library{n, p};
  auto const theirs = samples(size, 5, [&](Draws& draws) { return library(draws); });
  // Should this fail, the library has been mended, and the limit in sample_binomial may be thought over.
  CHECK(deviation(moments_of(theirs).mean, mean, std::sqrt(mean / size)) > kZ);
}

TEST_CASE("the marginals of a multinomial are binomial, their covariances negative", "[statistical]") {
  std::vector<double> const weights{1e-3, 2, 0, 7, 1, 1e-12};
  auto const total = std::accumulate(weights.begin(), weights.end(), 0.0);
  constexpr std::int64_t n = 5000;
  constexpr std::size_t size = 100'000;
  auto const drawn = samples(size, 6, [&](Draws& draws) {
    std::vector<std::int64_t> counts(weights.size());
    sample_multinomial(draws, n, weights, counts);
    return counts;
  });
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] < 1e-9) continue;
    std::vector<std::int64_t> marginal(size);
    for (std::size_t k = 0; k < size; ++k) marginal[k] = drawn[k][i];
    CAPTURE(i);
    check_law(marginal, binomial_law(static_cast<double>(n), weights[i] / total));
  }
  std::vector<double> products(size);
  auto const p1 = weights[1] / total, p4 = weights[4] / total;
  for (std::size_t k = 0; k < size; ++k) {
    products[k] = (static_cast<double>(drawn[k][1]) - n * p1) * (static_cast<double>(drawn[k][4]) - n * p4);
  }
  auto const covariance = moments_of(products);
  CHECK(deviation(covariance.mean, -n * p1 * p4, covariance.mean_error()) < kZ);
  CHECK(deviation(covariance.mean, 0, covariance.mean_error()) > kZ);
}

TEST_CASE("a multinomial keeps rare outcomes among 2^40", "[statistical]") {
  std::vector<double> const weights{1, 3e-12, 1, 5e-12};
  auto const drawn = samples(200'000, 7, [&](Draws& draws) {
    std::vector<std::int64_t> counts(weights.size());
    sample_multinomial(draws, kMany, weights, counts);
    return counts;
  });
  for (std::size_t const i : {1u, 3u}) {
    std::vector<std::int64_t> rare(drawn.size());
    for (std::size_t k = 0; k < drawn.size(); ++k) rare[k] = drawn[k][i];
    CAPTURE(i);
    check_law(rare, binomial_law(0x1.0p40, weights[i] / 2));
  }
}

TEST_CASE("exponential variates have mean 1 and their distribution", "[statistical]") {
  auto const seed = GENERATE(1u, 2u, 3u);
  auto const values = samples(100'000, seed, sample_exponential);
  auto const found = moments_of(values);
  CHECK(deviation(found.mean, 1, 1 / std::sqrt(found.count)) < kZ);
  CHECK(deviation(found.variance, 1, std::sqrt(8 / found.count)) < kZ);
  CHECK(kolmogorov_distance(values, [](double x) { return -std::expm1(-x); }) < kKolmogorovBound);
  CHECK(kolmogorov_distance(values, [](double x) { return -std::expm1(-1.05 * x); }) > kKolmogorovBound);
}

TEST_CASE("gamma variates have mean 1 and variance 1 / shape", "[statistical]") {
  auto const shape = GENERATE(0.5, 1.0, 4.0, 100.0);
  auto const values = samples(200'000, 8, [&](Draws& draws) { return sample_unit_gamma(draws, shape); });
  auto const found = moments_of(values);
  CAPTURE(shape);
  CHECK(deviation(found.mean, 1, std::sqrt(1 / shape / found.count)) < kZ);
  // Excess kurtosis 6 / shape.
  CHECK(deviation(found.variance, 1 / shape, std::sqrt((2 + 6 / shape) / found.count) / shape) < kZ);
  CHECK(deviation(found.mean, 1.02, std::sqrt(1 / shape / found.count)) > kZ);
}

TEST_CASE("gamma variates of shape 2 and 1/2 have their distributions", "[statistical]") {
  auto const erlang = samples(100'000, 9, [](Draws& draws) { return sample_unit_gamma(draws, 2); });
  CHECK(kolmogorov_distance(erlang, [](double x) { return 1 - std::exp(-2 * x) * (1 + 2 * x); }) <
        kKolmogorovBound);
  auto const squares = samples(100'000, 10, [](Draws& draws) { return sample_unit_gamma(draws, 0.5); });
  CHECK(kolmogorov_distance(squares, [](double x) { return std::erf(std::sqrt(x / 2)); }) < kKolmogorovBound);
}

TEST_CASE("lognormal variates have mean 1 and the given variation", "[statistical]") {
  auto const variation = GENERATE(0.05, 0.3, 1.0);
  auto const values =
      samples(200'000, 11, [&](Draws& draws) { return sample_unit_lognormal(draws, variation); });
  auto const found = moments_of(values);
  auto const variance = variation * variation;
  auto const log_variance = std::log1p(variance);
  auto const w = 1 + variance;  // fourth central moment: variance^2 (w^4 + 2 w^3 + 3 w^2 - 3)
  auto const fourth = variance * variance * (std::pow(w, 4) + 2 * std::pow(w, 3) + 3 * w * w - 3);
  CAPTURE(variation);
  CHECK(deviation(found.mean, 1, std::sqrt(variance / found.count)) < kZ);
  CHECK(deviation(found.mean, 1.02, std::sqrt(variance / found.count)) > kZ);
  CHECK(deviation(found.variance, variance, std::sqrt((fourth - variance * variance) / found.count)) < kZ);
  auto const normal = [&](double x) { return (std::log(x) + log_variance / 2) / std::sqrt(log_variance); };
  CHECK(kolmogorov_distance(values, [&](double x) { return 0.5 * std::erfc(-normal(x) / std::sqrt(2.0)); }) <
        kKolmogorovBound);
}

TEST_CASE("numbers of the unit interval are uniform over entities and over events", "[statistical]") {
  auto const over_entities = samples(200'000, 12, unit_interval);
  std::vector<double> over_events(200'000);
  for (std::size_t i = 0; i < over_events.size(); ++i) {
    Draws draws{Luck{12, 0}, Purpose::crossing, 1, static_cast<std::int64_t>(i)};
    over_events[i] = unit_interval(draws);
  }
  CHECK(kolmogorov_distance(over_entities, [](double x) { return x; }) < kKolmogorovBound);
  CHECK(kolmogorov_distance(over_events, [](double x) { return x; }) < kKolmogorovBound);
}

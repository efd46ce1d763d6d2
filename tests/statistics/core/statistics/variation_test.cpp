#include "core/statistics/variation.h"

#include <array>
#include <boost/math/distributions/lognormal.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "core/address.h"
#include "tests/statistics/bounds.h"

using namespace myoaxis;

namespace {

constexpr std::size_t kScoredSubjects = 20'000;

/// Scores of two traits in many subjects, with the correlation of a copula.
std::array<std::vector<double>, 2> scores(std::uint64_t seed, double coefficient) {
  GaussianCopula const copula{2, std::vector<Correlation>{{0, 1, coefficient}}};
  std::array<std::vector<double>, 2> result;
  for (std::uint64_t subject = 0; subject < kScoredSubjects; ++subject) {
    Luck const luck{seed, subject};
    auto const pair = copula.correlated(
        std::vector{subject_score(luck, name_key("a")), subject_score(luck, name_key("b"))});
    result[0].push_back(pair[0]);
    result[1].push_back(pair[1]);
  }
  return result;
}

double correlation_of(std::vector<double> const& a, std::vector<double> const& b) {
  auto const of_a = moments_of(a), of_b = moments_of(b);
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - of_a.mean) * (b[i] - of_b.mean);
  return sum / (of_a.count - 1) / std::sqrt(of_a.variance * of_b.variance);
}

std::vector<double> ranks_of(std::vector<double> const& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](auto i, auto j) { return values[i] < values[j]; });
  std::vector<double> ranks(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) ranks[order[i]] = static_cast<double>(i);
  return ranks;
}

}  // namespace

TEST_CASE("traits of subjects have the mean, the spread and the law asked for", "[statistical]") {
  auto const seed = GENERATE(1u, 2u, 3u);
  constexpr double variation = 0.3;
  auto const marginal = fit_marginal({MarginalShape::lognormal, 1, variation, 1e-2, 1e2});
  REQUIRE(marginal);
  auto const independent = scores(seed, 0);
  std::vector<double> values;
  for (auto const score : independent[0]) values.push_back(marginal->at(score));
  auto const moments = moments_of(values);
  CHECK(deviation(moments.mean, 1, moments.mean_error()) < kZ);
  CHECK(deviation(moments.variance, variation * variation, moments.variance_error()) < kZ);
  CHECK(deviation(moments.mean, 1.02, moments.mean_error()) > kZ);  // 2 % off would be seen
  auto const log_variance = std::log(1 + variation * variation);
  boost::math::lognormal const law{-log_variance / 2, std::sqrt(log_variance)};
  CHECK(kolmogorov_distance(values, [&](double x) { return cdf(law, x); }) < kKolmogorovBound);
}

TEST_CASE("two traits are correlated as asked for, whatever their distributions", "[statistical]") {
  auto const seed = GENERATE(1u, 2u, 3u);
  auto const coefficient = GENERATE(-0.6, 0.0, 0.4, 0.9);
  CAPTURE(seed, coefficient);
  auto const pairs = scores(seed, coefficient);
  // Standard errors by the delta method: of Pearson's r of normal scores, (1 - r^2) / sqrt(n).
  auto const root = std::sqrt(static_cast<double>(kScoredSubjects));
  auto const error = (1 - coefficient * coefficient) / root;
  auto const found = correlation_of(pairs[0], pairs[1]);
  CHECK(deviation(found, coefficient, error) < kZ);
  CHECK(deviation(found, coefficient + 0.06, error) > kZ);

  auto const first = fit_marginal({MarginalShape::lognormal, 1, 0.4, 0.4, 2.5});
  auto const second = fit_marginal({MarginalShape::logit_normal, 0.5, 0.28, 0.15, 0.85});
  REQUIRE((first && second));
  std::vector<double> a, b;
  for (auto const score : pairs[0]) a.push_back(first->at(score));
  for (auto const score : pairs[1]) b.push_back(second->at(score));
  auto const spearman = 6 / 3.14159265358979 * std::asin(coefficient / 2);
  // Its standard error is at most that of no correlation, 1 / sqrt(n), for normal scores.
  CHECK(deviation(correlation_of(ranks_of(a), ranks_of(b)), spearman, 1 / root) < kZ);

  // Logarithms of lognormals without limits near are as correlated as the scores.
  auto const wide = fit_marginal({MarginalShape::lognormal, 1, 0.4, 1e-3, 1e3});
  std::vector<double> log_a, log_b;
  for (auto const score : pairs[0]) log_a.push_back(std::log(wide->at(score)));
  for (auto const score : pairs[1]) log_b.push_back(std::log(wide->at(score)));
  CHECK(deviation(correlation_of(log_a, log_b), coefficient, error) < kZ);
}

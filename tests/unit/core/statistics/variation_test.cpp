#include "core/statistics/variation.h"

#include <boost/math/distributions/normal.hpp>
#include <catch2/catch.hpp>
#include <cmath>

#include "core/address.h"

using namespace myoaxis;

namespace {

boost::math::normal const kNormal;

struct Sums {
  double mean = 0;
  double variation = 0;
  double least = 1e300;
  double most = 0;
};

/// Moments by the midpoint rule over the shares of a population, another way than the fit goes.
Sums marginal_moments(Marginal const& marginal) {
  constexpr int n = 200'000;
  Sums sums;
  double squares = 0;
  for (int i = 0; i < n; ++i) {
    auto const x = marginal.at(quantile(kNormal, (i + 0.5) / n));
    sums.mean += x / n;
    squares += x * x / n;
    sums.least = std::min(sums.least, x);
    sums.most = std::max(sums.most, x);
  }
  sums.variation = std::sqrt(squares - sums.mean * sums.mean) / sums.mean;
  return sums;
}

}  // namespace

TEST_CASE("a marginal has its mean and variation within its limits") {
  auto const params = GENERATE(MarginalParams{MarginalShape::lognormal, 1, 0.3, 0.4, 2.5},
                               MarginalParams{MarginalShape::lognormal, 1, 0.07, 0.7, 1.4},
                               MarginalParams{MarginalShape::lognormal, 1, 0.5, 0.3, 4},
                               MarginalParams{MarginalShape::normal, 1, 0.4, 0.1, 1.9},
                               MarginalParams{MarginalShape::normal, 1, 0.4, 0, 3},
                               MarginalParams{MarginalShape::logit_normal, 0.5, 0.28, 0.15, 0.85},
                               MarginalParams{MarginalShape::logit_normal, 0.065, 0.3, 0.01, 0.5},
                               MarginalParams{MarginalShape::logit_normal, 0.99, 0.004, 0.9, 0.9999});
  CAPTURE(static_cast<int>(params.shape), params.mean, params.variation);
  auto const marginal = fit_marginal(params);
  REQUIRE(marginal);
  auto const sums = marginal_moments(*marginal);
  CHECK(sums.mean == Approx(params.mean).epsilon(1e-5));
  CHECK(sums.variation == Approx(params.variation).epsilon(1e-3));
  CHECK(sums.least >= params.low);
  CHECK(sums.most <= params.high);
  CHECK(marginal->at(-40) == Approx(params.low));
  CHECK(marginal->at(40) == Approx(params.high));
}

TEST_CASE("a lognormal with far limits is the lognormal of its moments") {
  auto const marginal = fit_marginal({MarginalShape::lognormal, 1, 0.25, 1e-3, 1e3});
  REQUIRE(marginal);
  auto const variance = std::log(1 + 0.25 * 0.25);  // of the logarithm
  for (auto const score : {-3.0, -1.0, 0.0, 0.5, 2.5}) {
    CHECK(marginal->at(score) == Approx(std::exp(-variance / 2 + std::sqrt(variance) * score)).epsilon(1e-6));
  }
}

TEST_CASE("a trait that does not vary is its mean in every subject") {
  auto const marginal = fit_marginal({MarginalShape::normal, 1, 0, 0.5, 2});
  REQUIRE(marginal);
  for (auto const score : {-5.0, 0.0, 5.0}) CHECK(marginal->at(score) == 1);
}

TEST_CASE("limits leave room for so much variation and no more") {
  MarginalParams params{MarginalShape::lognormal, 1, 0, 0.8, 1.25};
  auto const largest = largest_variation(params);
  CHECK(largest > 0.08);
  CHECK(largest < 0.13);  // evenly spread over the limits: .45 / sqrt(12)
  params.variation = 0.98 * largest;
  CHECK(fit_marginal(params));
  params.variation = 1.02 * largest;
  CHECK_FALSE(fit_marginal(params));
}

TEST_CASE("correlated scores have unit variance and the correlations asked for") {
  std::vector<Correlation> const correlations{{0, 2, 0.6}, {2, 3, -0.5}, {0, 3, 0.1}};
  GaussianCopula const copula{5, correlations};
  // Column j of the linear map is what a unit score of trait j becomes; map times its transpose: covariance.
  std::vector<std::vector<double>> columns;
  for (std::size_t j = 0; j < 5; ++j) {
    std::vector<double> unit(5, 0.0);
    unit[j] = 1;
    columns.push_back(copula.correlated(unit));
  }
  for (std::size_t a = 0; a < 5; ++a) {
    for (std::size_t b = 0; b < 5; ++b) {
      double covariance = 0;
      for (auto const& column : columns) covariance += column[a] * column[b];
      double wanted = a == b ? 1 : 0;
      for (auto const& c : correlations) {
        if ((c.first == a && c.second == b) || (c.first == b && c.second == a)) wanted = c.coefficient;
      }
      CAPTURE(a, b);
      CHECK(covariance == Approx(wanted).margin(1e-14));
    }
  }
}

TEST_CASE("a trait without correlations moves no other trait's score") {
  std::vector<Correlation> const correlations{{0, 1, 0.7}, {1, 2, 0.3}};
  auto const without = GaussianCopula{3, correlations}.correlated(std::vector{0.3, -1.2, 0.8});
  auto shifted = correlations;
  for (auto& correlation : shifted) ++correlation.first, ++correlation.second;
  auto const with = GaussianCopula{4, shifted}.correlated(std::vector{2.2, 0.3, -1.2, 0.8});
  CHECK(with[0] == 2.2);
  for (std::size_t i = 0; i < 3; ++i) CHECK(with[i + 1] == without[i]);
}

TEST_CASE("correlations that no scores can have are found, with the pair that does most to it") {
  std::vector<Correlation> const contradictory{{0, 1, 0.9}, {0, 2, 0.8}, {1, 2, -0.9}, {3, 4, 0.5}};
  auto const found = find_contradiction(5, contradictory);
  REQUIRE(found);
  CHECK(found->correlation == 2);
  CHECK(found->smallest_eigenvalue < -0.5);
  CHECK_FALSE(find_contradiction(5, std::vector<Correlation>{{0, 1, 0.9}, {0, 2, 0.8}, {1, 2, 0.9}}));
  CHECK(find_contradiction(2, std::vector<Correlation>{{0, 1, 1.0}}));  // two names for one trait
  CHECK_FALSE(find_contradiction(0, {}));
  CHECK_FALSE(find_contradiction(3, {}));
}

TEST_CASE("a score belongs to seed, subject and trait", "[reproducible]") {
  auto const mass = name_key("body_mass");
  CHECK(subject_score({7, 1}, mass) == subject_score({7, 1}, mass));
  CHECK(subject_score({7, 1}, mass) != subject_score({7, 2}, mass));
  CHECK(subject_score({7, 1}, mass) != subject_score({8, 1}, mass));
  CHECK(subject_score({7, 1}, mass) != subject_score({7, 1}, name_key("hematocrit")));
}

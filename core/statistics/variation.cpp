#include "core/statistics/variation.h"

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/contracts.h"

namespace myoaxis {
namespace {

boost::math::normal const kNormal;

/// Beyond this many standard deviations a normal distribution has nothing (1e-19).
constexpr double kFar = 9;

/// A smallest eigenvalue below it counts as 0: coefficients are not known to more digits.
constexpr double kLeastEigenvalue = 1e-9;

double transformed(MarginalShape shape, double y) {
  switch (shape) {
    case MarginalShape::lognormal:
      return std::exp(y);
    case MarginalShape::logit_normal:
      return 1 / (1 + std::exp(-y));
    case MarginalShape::normal:
      break;
  }
  return y;
}

double untransformed(MarginalShape shape, double x) {
  switch (shape) {
    case MarginalShape::lognormal:
      return std::log(x);
    case MarginalShape::logit_normal:
      return std::log(x / (1 - x));
    case MarginalShape::normal:
      break;
  }
  return x;
}

bool is_possible(MarginalParams const& p) {
  auto const inside = p.low < p.mean && p.mean < p.high && p.variation >= 0 && p.mean > 0;
  if (p.shape == MarginalShape::normal) return inside;
  return inside && p.low > 0 && (p.shape == MarginalShape::lognormal || p.high < 1);
}

}  // namespace

/// Searches location and scale of Y.
class MarginalFit {
 public:
  explicit MarginalFit(MarginalParams const& params)
      : params_{params},
        low_{untransformed(params.shape, params.low)},
        high_{untransformed(params.shape, params.high)} {}

  /// The variation at this scale, with the location at which the mean is right; nothing when that lies
  /// outside of the limits.
  std::optional<double> variation_at(double scale) {
    auto const excess = [&](double location) { return raw_moment(location, scale, 1) / params_.mean - 1; };
    auto const below = excess(low_), above = excess(high_);
    if (below > 0 || above < 0) return std::nullopt;
    std::uintmax_t iterations = 100;
    auto const [from, to] = boost::math::tools::toms748_solve(
        excess, low_, high_, below, above, boost::math::tools::eps_tolerance<double>{48}, iterations);
    location_ = from + (to - from) / 2;
    scale_ = scale;
    auto const mean = raw_moment(location_, scale, 1);
    auto const square = [&](double x) { return (x - mean) * (x - mean); };
    return std::sqrt(expectation(square, location_, scale)) / mean;
  }

  /// Moves the scale until the variation is as asked for, or as near as the limits allow. Returns that
  /// variation.
  double solve() {
    double low = std::log(1e-9 * (high_ - low_)), high = std::log(10 * (high_ - low_));
    double reached = 0;
    for (int i = 0; i < 60; ++i) {
      auto const middle = low + (high - low) / 2;
      auto const variation = variation_at(std::exp(middle));
      if (variation && *variation <= params_.variation) {
        low = middle;
        reached = *variation;
      } else {
        high = middle;
      }
    }
    variation_at(std::exp(low));  // the last one inside
    return reached;
  }

  Marginal marginal() const {
    Marginal result;
    result.params_ = params_;
    result.location_ = location_;
    result.scale_ = scale_;
    result.below_ = cdf(kNormal, (low_ - location_) / scale_);
    result.upto_ = cdf(kNormal, (high_ - location_) / scale_);
    return result;
  }

  static Marginal constant(MarginalParams const& params) {
    Marginal result;
    result.params_ = params;
    return result;
  }

 private:
  /// Mean of f(x) under the truncated distribution.
  template <class F>
  double expectation(F f, double location, double scale) const {
    auto const from = std::max((low_ - location) / scale, -kFar);
    auto const to = std::min((high_ - location) / scale, kFar);
    using Quadrature = boost::math::quadrature::gauss_kronrod<double, 61>;
    auto const weight = [](double t) { return std::exp(-t * t / 2); };
    auto const weighted = [&](double t) {
      return f(transformed(params_.shape, location + scale * t)) * weight(t);
    };
    return Quadrature::integrate(weighted, from, to, 0) / Quadrature::integrate(weight, from, to, 0);
  }

  double raw_moment(double location, double scale, int power) const {
    return expectation([&](double x) { return std::pow(x, power); }, location, scale);
  }

  MarginalParams params_;
  double low_;
  double high_;
  double location_ = 0;
  double scale_ = 0;
};

double Marginal::at(double score) const {
  if (params_.variation == 0) return params_.mean;
  auto const share = below_ + cdf(kNormal, score) * (upto_ - below_);
  if (share <= 0) return params_.low;
  if (share >= 1) return params_.high;
  auto const x = transformed(params_.shape, location_ + scale_ * quantile(kNormal, share));
  return std::clamp(x, params_.low, params_.high);
}

std::optional<Marginal> fit_marginal(MarginalParams const& params) {
  EXPECTS(is_possible(params));
  if (params.variation == 0) return MarginalFit::constant(params);
  MarginalFit fit{params};
  if (std::abs(fit.solve() / params.variation - 1) > 1e-6) return std::nullopt;
  return fit.marginal();
}

double largest_variation(MarginalParams params) {
  EXPECTS(is_possible(params));
  params.variation = 1e9;  // of no distribution within limits
  return MarginalFit{params}.solve();
}

namespace {

Eigen::MatrixXd matrix_of(std::vector<std::size_t> const& traits, std::span<Correlation const> correlations) {
  auto const size = static_cast<Eigen::Index>(traits.size());
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(size, size);
  auto const row_of = [&](std::size_t trait) {
    return std::find(traits.begin(), traits.end(), trait) - traits.begin();
  };
  for (auto const& correlation : correlations) {
    auto const row = row_of(correlation.first), column = row_of(correlation.second);
    if (row == size || column == size) continue;
    matrix(row, column) = matrix(column, row) = correlation.coefficient;
  }
  return matrix;
}

/// Traits that hang together by correlations, each group in the order of the traits.
std::vector<std::vector<std::size_t>> groups_of(std::size_t traits,
                                                std::span<Correlation const> correlations) {
  std::vector<std::size_t> label(traits);
  std::iota(label.begin(), label.end(), std::size_t{0});
  for (auto const& correlation : correlations) {
    auto const from = label[correlation.second], to = label[correlation.first];
    std::replace(label.begin(), label.end(), std::max(from, to), std::min(from, to));
  }
  std::vector<std::vector<std::size_t>> groups(traits);
  for (std::size_t i = 0; i < traits; ++i) groups[label[i]].push_back(i);
  std::erase_if(groups, [](auto const& group) { return group.empty(); });
  return groups;
}

}  // namespace

std::optional<Contradiction> find_contradiction(std::size_t traits,
                                                std::span<Correlation const> correlations) {
  std::vector<std::size_t> all(traits);
  std::iota(all.begin(), all.end(), std::size_t{0});
  if (traits == 0) return std::nullopt;
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> const solver{matrix_of(all, correlations)};
  auto const smallest = solver.eigenvalues()(0);
  if (smallest > kLeastEigenvalue) return std::nullopt;
  // The eigenvalue is 1 + 2 sum of r v_i v_j over the pairs, so the pair with the lowest term does most to
  // it.
  auto const vector = solver.eigenvectors().col(0);
  auto const term = [&](Correlation const& c) {
    return c.coefficient * vector(static_cast<Eigen::Index>(c.first)) *
           vector(static_cast<Eigen::Index>(c.second));
  };
  auto const worst = std::min_element(correlations.begin(), correlations.end(),
                                      [&](auto const& a, auto const& b) { return term(a) < term(b); });
  return Contradiction{static_cast<std::size_t>(worst - correlations.begin()), smallest};
}

GaussianCopula::GaussianCopula(std::size_t traits, std::span<Correlation const> correlations)
    : terms_(traits) {
  // Group by group, so that a trait outside of a group does not even change the rounding within.
  for (auto const& group : groups_of(traits, correlations)) {
    Eigen::LLT<Eigen::MatrixXd> const factor{matrix_of(group, correlations)};
    EXPECTS(factor.info() == Eigen::Success);
    Eigen::MatrixXd const lower = factor.matrixL();
    for (std::size_t i = 0; i < group.size(); ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        terms_[group[i]].push_back(
            {group[j], lower(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j))});
      }
    }
  }
}

std::vector<double> GaussianCopula::correlated(std::span<double const> independent) const {
  EXPECTS(independent.size() == terms_.size());
  std::vector<double> scores;
  for (auto const& terms : terms_) {
    double score = 0;
    for (auto const& term : terms) score += term.weight * independent[term.trait];
    scores.push_back(score);
  }
  return scores;
}

double subject_score(Luck luck, std::uint64_t trait_key) {
  Draws draws{luck, Purpose::subject_variation, trait_key, 0};
  auto const middle = (static_cast<double>(draws() >> 11) + 0.5) * 0x1.0p-53;  // never 0 or 1
  return quantile(kNormal, middle);
}

}  // namespace myoaxis

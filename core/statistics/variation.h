/// How subjects differ: distributions of a trait within limits, correlated with those of other traits.
///
/// A trait of a subject is x = F^-1(Phi(z)), with F its distribution and z a standard normal score; scores of
/// different traits are correlated (a Gaussian copula: Sklar 1959; Nelsen 2006, An Introduction to Copulas).
/// So a trait keeps its distribution whatever it is correlated with. The independent score of a trait is
/// addressed by subject and name of the trait (Purpose::subject_variation): a trait that is added moves no
/// other's, unless they are correlated, when those after it take a part of its score.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/draws.h"

namespace myoaxis {

/// T(Y) with Y normally distributed: exp(Y), Y itself, 1 / (1 + exp(-Y)). The last is for fractions.
enum class MarginalShape : std::uint8_t { lognormal, normal, logit_normal };

/// What a distribution is to be, after its tails were cut at `low` and `high`.
struct MarginalParams {
  MarginalShape shape = MarginalShape::lognormal;
  double mean = 1;
  double variation = 0;  // standard deviation over mean
  double low = 0;        // above 0 for a lognormal, and above 0 with `high` below 1 for a logit-normal
  double high = 0;
};

/// A distribution of one trait, of Y between T^-1(low) and T^-1(high).
class Marginal {
 public:
  /// The trait of the subject with this standard normal score; it rises with the score.
  double at(double score) const;

 private:
  friend class MarginalFit;
  MarginalParams params_;
  double location_ = 0;  // mean and standard deviation of Y before its tails were cut
  double scale_ = 0;
  double below_ = 0;  // share of Y below the limits, and below the upper one
  double upto_ = 1;
};

/// The distribution whose mean and variation are as given when its tails are cut: location and scale of Y are
/// solved for (to about 1e-9). Nothing when it would have its peak outside of the limits: they leave no room
/// for so much variation. Needs low < mean < high.
std::optional<Marginal> fit_marginal(MarginalParams const& params);

/// The largest variation that `fit_marginal` finds room for (to about 1e-6).
double largest_variation(MarginalParams params);

/// Correlation of the scores of two traits, by their number. For lognormals without limits it is that of
/// their logarithms. Spearman's rank correlation of any two traits is 6/pi asin(r/2).
struct Correlation {
  std::size_t first = 0;
  std::size_t second = 0;
  double coefficient = 0;
};

/// A set of correlations that no scores can have: its matrix is not positive definite.
struct Contradiction {
  std::size_t correlation = 0;     // the one that does most to it
  double smallest_eigenvalue = 0;  // not above 0 (by a margin for rounding)
};

std::optional<Contradiction> find_contradiction(std::size_t traits,
                                                std::span<Correlation const> correlations);

/// Turns independent scores into correlated ones.
class GaussianCopula {
 public:
  GaussianCopula() = default;
  /// The correlations must not contradict each other; each pair at most once.
  GaussianCopula(std::size_t traits, std::span<Correlation const> correlations);

  /// One score a trait. One without correlations is passed on; one with them depends on those before it that
  /// it is (also by way of others) correlated with, and on no other.
  std::vector<double> correlated(std::span<double const> independent) const;

 private:
  struct Term {
    std::size_t trait = 0;
    double weight = 0;
  };
  std::vector<std::vector<Term>> terms_;  // of each trait
};

/// The independent standard normal score of a subject for the trait with this key.
double subject_score(Luck luck, std::uint64_t trait_key);

}  // namespace myoaxis

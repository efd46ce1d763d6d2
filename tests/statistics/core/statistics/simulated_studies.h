/// Studies of two arms whose true difference is known, and intervals that the house did not choose.
#pragma once

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <cmath>
#include <vector>

#include "core/draws.h"
#include "core/statistics/moments.h"
#include "core/statistics/two_arms.h"

namespace myoaxis {

enum class Shape { normal, lognormal };  // lognormal: exp of a standard normal, skewness 6.2

/// Pairs: their differences have that shape. Groups: so have the reference and, twice as wide, the arm.
struct StudyKind {
  Pairing pairing = Pairing::paired;
  Shape shape = Shape::normal;
  std::size_t n = 6;

  double true_difference() const { return shape == Shape::normal ? 0 : std::exp(0.5); }
};

/// Of pairs: their differences, and nothing.
struct StudyValues {
  std::vector<double> first, second;

  double difference() const { return mean_of(first) - (second.empty() ? 0 : mean_of(second)); }
};

inline StudyValues simulated(StudyKind const& kind, std::uint64_t seed, int number) {
  Draws draws{Luck{seed}, Purpose::measurement, kind.n, number};
  boost::random::normal_distribution<double> normal;
  auto const value = [&] {
    auto const x = normal(draws);
    return kind.shape == Shape::normal ? x : std::exp(x);
  };
  StudyValues study;
  for (std::size_t i = 0; i < kind.n; ++i) {
    if (kind.pairing == Pairing::unpaired) study.second.push_back(value());
    study.first.push_back(kind.pairing == Pairing::unpaired ? 2 * value() : value());
  }
  return study;
}

/// Student's t or Welch's, as a textbook has it.
inline Interval student_interval(StudyValues const& study) {
  auto const& [first, second] = study;
  auto const n1 = count_of(first), n2 = count_of(second);
  auto const e1 = variance_of(first) / n1, e2 = second.empty() ? 0 : variance_of(second) / n2;
  auto const freedom = second.empty() ? n1 - 1 : welch_freedom(e1, n1, e2, n2);
  auto const t = quantile(complement(boost::math::students_t{freedom}, kTail));
  auto const half = t * std::sqrt(e1 + e2);
  return {study.difference() - half, study.difference() + half};
}

inline Interval bootstrap_interval(StudyValues const& study, int number, int resamples) {
  auto const key = static_cast<std::uint64_t>(number);
  return study.second.empty() ? bootstrap_of_pairs(study.first, key, resamples)
                              : bootstrap_of_groups(study.first, study.second, key, resamples);
}

/// Differences of means of resamples, sorted; `second` may be empty.
inline std::vector<double> resampled_differences(std::vector<double> const& first,
                                                 std::vector<double> const& second, int number,
                                                 int resamples) {
  Draws draws{Luck{77}, Purpose::measurement, 0, number};
  auto const mean_of_resample = [&](std::vector<double> const& values) {
    boost::random::uniform_int_distribution<std::size_t> row{0, values.empty() ? 0 : values.size() - 1};
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) sum += values[row(draws)];
    return values.empty() ? 0 : sum / count_of(values);
  };
  std::vector<double> differences;
  for (int i = 0; i < resamples; ++i) {
    auto const ours = mean_of_resample(first);
    differences.push_back(ours - mean_of_resample(second));
  }
  std::ranges::sort(differences);
  return differences;
}

/// Influence of each value on the difference, for the acceleration of BCa.
inline double acceleration(std::vector<double> const& first, std::vector<double> const& second) {
  double squares = 0, cubes = 0;
  auto const add = [&](std::vector<double> const& values, double sign) {
    for (auto const value : values) {
      auto const influence = sign * (value - mean_of(values)) / count_of(values);
      squares += influence * influence;
      cubes += influence * influence * influence;
    }
  };
  add(first, 1);
  add(second, -1);
  return cubes / (6 * std::pow(squares, 1.5));
}

struct RivalIntervals {
  Interval percentile, bca;
};

/// Percentile and BCa intervals (Efron 1987, J. Am. Stat. Assoc. 82:171).
inline RivalIntervals rivals_of(StudyValues const& study, int number, int resamples) {
  auto const sorted = resampled_differences(study.first, study.second, number, resamples);
  auto const seen = study.difference();
  auto const below = static_cast<double>(std::ranges::lower_bound(sorted, seen) - sorted.begin());
  boost::math::normal const normal;
  auto const bias = quantile(normal, std::clamp(below / resamples, 0.001, 0.999));
  auto const a = acceleration(study.first, study.second);
  auto const at = [&](double share) {
    auto const rank = std::lround(share * (resamples + 1));
    return sorted[static_cast<std::size_t>(std::clamp<long>(rank, 1, resamples) - 1)];
  };
  auto const adjusted = [&](double share) {
    auto const w = bias + quantile(normal, share);
    return at(cdf(normal, bias + w / (1 - a * w)));
  };
  return {{at(kTail), at(1 - kTail)}, {adjusted(kTail), adjusted(1 - kTail)}};
}

}  // namespace myoaxis

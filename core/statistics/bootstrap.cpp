#include "core/statistics/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/contracts.h"
#include "core/draws.h"
#include "core/statistics/moments.h"
#include "core/statistics/quantile.h"

namespace myoaxis {
namespace {

using Values = std::vector<double>;

/// Rows 0 .. n - 1 with replacement, two from each word. A row's probability is 1 / n to within 2^-32.
class RowSampler {
 public:
  explicit RowSampler(Draws draws) : draws_{draws} {}
  std::size_t operator()(std::size_t n) {
    word_ = is_half_used_ ? word_ >> 32 : draws_();
    is_half_used_ = !is_half_used_;
    return static_cast<std::size_t>(((word_ & 0xffffffffu) * n) >> 32);
  }

 private:
  Draws draws_;
  std::uint64_t word_ = 0;
  bool is_half_used_ = false;
};

struct MeanAndError {
  double mean = 0;
  double squared_error = 0;  // variance by the number of values
};

/// Of a resample of deviations from their mean.
MeanAndError resample(std::span<double const> deviations, RowSampler& sample_row) {
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < deviations.size(); ++i) {
    auto const value = deviations[sample_row(deviations.size())];
    sum += value;
    squares += value * value;
  }
  auto const n = count_of(deviations);
  auto const mean = sum / n;
  return {mean, std::max(0.0, squares - n * mean * mean) / (n - 1) / n};
}

Values deviations_of(std::span<double const> values) {
  auto const mean = mean_of(values);
  Values deviations{values.begin(), values.end()};
  for (auto& value : deviations) value -= mean;
  return deviations;
}

/// t*. A resample of equal values has no error: it is beyond all others, on its side.
double studentized(double difference, double squared_error, double rounding) {
  if (squared_error > rounding) return difference / std::sqrt(squared_error);
  if (difference * difference <= rounding) return 0;
  return std::copysign(std::numeric_limits<double>::infinity(), difference);
}

/// The t* of all resamples. `second` is subtracted and may be empty.
Values studentized_resamples(Values const& first, Values const& second, double squared_error,
                             std::uint64_t key, int resamples) {
  auto const rounding = 1e-12 * squared_error;
  Values ratios;
  for (int i = 0; i < resamples; ++i) {
    RowSampler sample_row{Draws{Luck{}, Purpose::bootstrap, key, i}};
    auto [mean, error] = resample(first, sample_row);
    if (!second.empty()) {
      auto const other = resample(second, sample_row);
      mean -= other.mean;
      error += other.squared_error;
    }
    ratios.push_back(studentized(mean, error, rounding));
  }
  return ratios;
}

Interval with_an_end(Interval interval) {
  return std::isfinite(interval.low) && std::isfinite(interval.high) ? interval : Interval{};
}

}  // namespace

Interval bootstrap_of_pairs(std::span<double const> differences, std::uint64_t key, int resamples) {
  EXPECTS(resamples > 0);
  if (differences.size() < kLeastForBootstrap) return {};
  auto const mean = mean_of(differences);
  auto const squared_error = variance_of(differences) / count_of(differences);
  if (squared_error == 0) return {mean, mean};
  auto const error = std::sqrt(squared_error);
  auto ratios = studentized_resamples(deviations_of(differences), {}, squared_error, key, resamples);
  auto const upper = quantile_of(ratios, 1 - kTail), lower = quantile_of(ratios, kTail);
  return with_an_end({mean - upper * error, mean - lower * error});
}

Interval bootstrap_of_groups(std::span<double const> arm, std::span<double const> reference,
                             std::uint64_t key, int resamples) {
  EXPECTS(resamples > 0);
  if (std::min(arm.size(), reference.size()) < kLeastForBootstrap) return {};
  auto const difference = mean_of(arm) - mean_of(reference);
  auto const squared_error = variance_of(arm) / count_of(arm) + variance_of(reference) / count_of(reference);
  if (squared_error == 0) return {difference, difference};
  auto ratios =
      studentized_resamples(deviations_of(arm), deviations_of(reference), squared_error, key, resamples);
  for (auto& ratio : ratios) ratio = std::abs(ratio);
  auto const half = quantile_of(ratios, 1 - 2 * kTail) * std::sqrt(squared_error);
  return with_an_end({difference - half, difference + half});
}

}  // namespace myoaxis

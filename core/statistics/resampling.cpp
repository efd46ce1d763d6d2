#include "core/statistics/resampling.h"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/draws.h"
#include "core/statistics/quantile.h"

namespace myoaxis {
namespace {

/// `a` of the header.
double expanded_tail(std::size_t n) {
  auto const freedom = static_cast<double>(n - 1);
  boost::math::students_t const student{freedom};
  auto const t = quantile(student, 0.975);
  return cdf(boost::math::normal{}, -std::sqrt((freedom + 1) / freedom) * t);
}

Interval interval_of(std::vector<double> values, double tail) {
  std::erase_if(values, [](double value) { return std::isnan(value); });
  if (values.empty()) return {kUnknown, kUnknown};
  return {quantile_of(values, tail), quantile_of(values, 1 - tail)};
}

}  // namespace

std::vector<Interval> resampling_intervals(
    std::size_t n, std::uint64_t key,
    std::function<std::vector<double>(std::span<std::size_t const>)> const& statistics) {
  std::vector<std::size_t> chosen(n);
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  std::vector<std::vector<double>> values(statistics(chosen).size());
  if (n < 2) return std::vector<Interval>(values.size(), {kUnknown, kUnknown});
  boost::random::uniform_int_distribution<std::size_t> any{0, n - 1};
  for (int i = 0; i < kObservationResamples; ++i) {
    Draws draws{Luck{}, Purpose::bootstrap, key, i};
    for (auto& one : chosen) one = any(draws);
    auto const numbers = statistics(chosen);
    for (std::size_t k = 0; k < numbers.size(); ++k) values[k].push_back(numbers[k]);
  }
  std::vector<Interval> intervals;
  for (auto const& of_one : values) intervals.push_back(interval_of(of_one, expanded_tail(n)));
  return intervals;
}

}  // namespace myoaxis

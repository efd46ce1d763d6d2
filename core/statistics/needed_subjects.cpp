#include "core/statistics/needed_subjects.h"

#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

#include "core/contracts.h"

namespace myoaxis {
namespace {

constexpr double kPower = 0.8;
constexpr double kMostExact = 10'000;
constexpr double kMost = 1e15;

double critical_t(double freedom) { return quantile(complement(boost::math::students_t{freedom}, kTail)); }

/// The smallest whole number from 2 on for which `is_enough`, which stays true from there on; where that is
/// above `kMostExact`, the one of the normal approximation.
template <class Condition>
double smallest(Condition&& is_enough, double approximation) {
  if (approximation > kMost) return std::numeric_limits<double>::infinity();
  if (!is_enough(kMostExact)) return std::ceil(approximation);
  double too_few = 1, enough = kMostExact;
  while (enough - too_few > 1) {
    auto const middle = std::floor((too_few + enough) / 2);
    (is_enough(middle) ? enough : too_few) = middle;
  }
  return enough;
}

}  // namespace

double small_sample_factor(double freedom) {
  return boost::math::tgamma_ratio(freedom / 2, (freedom - 1) / 2) / std::sqrt(freedom / 2);
}

double power_of_t_test(double effect, double n, double freedom_per_pair) {
  EXPECTS(n >= 2);
  auto const freedom = freedom_per_pair * (n - 1);
  auto const critical = critical_t(freedom);
  boost::math::non_central_t const statistic{freedom, std::abs(effect) * std::sqrt(n)};
  return cdf(complement(statistic, critical)) + cdf(statistic, -critical);
}

NeededSubjects needed_subjects(SeenDifference const& seen) {
  // Written so that NaN is refused, too.
  if (!(std::abs(seen.difference) > 0 && seen.variance > 0 && seen.freedom > 1)) return {};
  boost::math::normal const normal;
  auto const z = quantile(complement(normal, kTail));
  auto const effect = std::abs(seen.difference) / std::sqrt(seen.variance);
  auto const corrected = small_sample_factor(seen.freedom) * effect;
  auto const excludes_zero = [&](double n) {
    return effect * std::sqrt(n) > critical_t(seen.freedom_per_pair * (n - 1));
  };
  auto const has_power = [&](double n) {
    // Far beyond what is needed the distribution underflows, and the answer is plain.
    return corrected * std::sqrt(n) > critical_t(seen.freedom_per_pair * (n - 1)) + 10 ||
           power_of_t_test(corrected, n, seen.freedom_per_pair) >= kPower;
  };
  return {smallest(excludes_zero, std::pow(z / effect, 2)),
          smallest(has_power, std::pow((z + quantile(normal, kPower)) / corrected, 2))};
}

}  // namespace myoaxis

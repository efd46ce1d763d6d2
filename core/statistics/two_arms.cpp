#include "core/statistics/two_arms.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <compare>
#include <limits>
#include <utility>
#include <vector>

#include "core/contracts.h"
#include "core/statistics/permutation.h"

namespace myoaxis {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr double kTail = 0.025;  // on each side of a 95 % interval

using Values = std::vector<double>;

double count(Values const& values) { return static_cast<double>(values.size()); }

/// Taken relative to the first value, so that the mean of equal values is that value to the last bit.
double mean_of(Values const& values) {
  if (values.empty()) return kUnknown;
  double sum = 0;
  for (auto const value : values) sum += value - values.front();
  return values.front() + sum / count(values);
}

/// Sum of the products of deviations from the means, by the degrees of freedom.
double covariance_of(Values const& a, Values const& b) {
  if (a.size() < 2) return kUnknown;
  auto const mean_a = mean_of(a), mean_b = mean_of(b);
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - mean_a) * (b[i] - mean_b);
  return sum / (count(a) - 1);
}

double variance_of(Values const& values) { return covariance_of(values, values); }

/// J of the header: the factor that takes the bias off a standardized difference.
double small_sample_factor(double freedom) {
  return boost::math::tgamma_ratio(freedom / 2, (freedom - 1) / 2) / std::sqrt(freedom / 2);
}

double standardized(double difference, double variance, double freedom) {
  if (!(variance > 0)) return kUnknown;
  return small_sample_factor(freedom) * difference / std::sqrt(variance);
}

void set_interval(TwoArms& result, double variance_of_difference, double freedom) {
  auto half = kUnknown;
  if (variance_of_difference == 0) half = 0;  // a rule of the calendar, not a matter of luck
  if (variance_of_difference > 0) {
    boost::math::students_t const student{freedom};
    half = quantile(complement(student, kTail)) * std::sqrt(variance_of_difference);
  }
  result.low = result.difference - half;
  result.high = result.difference + half;
}

void compare_pairs(TwoArms& result, Values const& arm, Values const& reference, std::uint64_t key) {
  Values differences(arm.size());
  std::transform(arm.begin(), arm.end(), reference.begin(), differences.begin(), std::minus<>{});
  result.difference = mean_of(differences);
  set_interval(result, variance_of(differences) / count(differences), count(differences) - 1);
  if (differences.size() < 2) return;
  result.p = sign_flip_p(differences, key);
  if (differences.size() < 3) return;  // two points always lie on a line: r says nothing
  auto const v1 = variance_of(arm), v2 = variance_of(reference);
  auto const covariance = covariance_of(arm, reference);
  auto const r_squared = v1 * v2 > 0 ? std::min(1.0, covariance * covariance / (v1 * v2)) : 0;
  result.hedges_g =
      standardized(result.difference, (v1 + v2) / 2, 2 * (count(differences) - 1) / (1 + r_squared));
}

void compare_groups(TwoArms& result, Values const& arm, Values const& reference, std::uint64_t key) {
  result.difference = result.mean - result.reference_mean;
  auto const v1 = variance_of(arm), v2 = variance_of(reference);
  auto const n1 = count(arm), n2 = count(reference);
  auto const e1 = v1 / n1, e2 = v2 / n2;
  set_interval(result, e1 + e2, (e1 + e2) * (e1 + e2) / (e1 * e1 / (n1 - 1) + e2 * e2 / (n2 - 1)));
  if (arm.size() < 2 || reference.size() < 2) return;
  auto const freedom = n1 + n2 - 2;
  result.hedges_g = standardized(result.difference, ((n1 - 1) * v1 + (n2 - 1) * v2) / freedom, freedom);
  result.p = label_permutation_p(arm, reference, key);
}

std::vector<Replicate> sorted(std::span<Replicate const> replicates) {
  std::vector<Replicate> all{replicates.begin(), replicates.end()};
  std::ranges::sort(all, {}, [](Replicate const& one) { return std::pair{one.luck.seed, one.luck.subject}; });
  return all;
}

Replicate const* partner_of(Replicate const& one, std::span<Replicate const> others) {
  auto const found = std::ranges::find_if(others, [&](Replicate const& other) {
    return other.luck.seed == one.luck.seed && other.luck.subject == one.luck.subject;
  });
  return found == others.end() ? nullptr : &*found;
}

/// The values of both arms that enter the comparison: by pairs, row by row, or each arm for itself.
std::pair<Values, Values> usable_values(TwoArms& result, std::span<Replicate const> arm,
                                        std::span<Replicate const> reference) {
  Values ours, theirs;
  auto const keep = [&](double value, Values& values) {
    if (std::isnan(value))
      ++result.left_out;
    else
      values.push_back(value);
  };
  if (result.pairing == Pairing::unpaired) {
    for (auto const& one : sorted(arm)) keep(one.value, ours);
    for (auto const& one : sorted(reference)) keep(one.value, theirs);
    return {ours, theirs};
  }
  for (auto const& one : sorted(arm)) {
    auto const other = partner_of(one, reference)->value;
    keep(std::isnan(other) ? other : one.value, ours);
    if (!std::isnan(one.value) && !std::isnan(other)) theirs.push_back(other);
  }
  return {ours, theirs};
}

}  // namespace

Pairing pairing_of(std::span<Replicate const> arm, std::span<Replicate const> reference) {
  auto const all =
      std::ranges::all_of(arm, [&](Replicate const& one) { return partner_of(one, reference) != nullptr; });
  return all ? Pairing::paired : Pairing::unpaired;
}

TwoArms compare_two_arms(std::span<Replicate const> arm, std::span<Replicate const> reference,
                         std::uint64_t key) {
  TwoArms result;
  result.pairing = pairing_of(arm, reference);
  auto const [ours, theirs] = usable_values(result, arm, reference);
  result.n = ours.size();
  result.n_reference = theirs.size();
  result.mean = mean_of(ours);
  result.reference_mean = mean_of(theirs);
  result.hedges_g = result.p = kUnknown;
  if (result.pairing == Pairing::paired)
    compare_pairs(result, ours, theirs, key);
  else
    compare_groups(result, ours, theirs, key);
  return result;
}

}  // namespace myoaxis

#include "core/statistics/two_arms.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <compare>
#include <utility>
#include <vector>

#include "core/statistics/moments.h"
#include "core/statistics/permutation.h"

namespace myoaxis {
namespace {

using Values = std::vector<double>;

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

void compare_pairs(TwoArms& result, Values const& arm, Values const& reference,
                   Resampling const& resampling) {
  Values differences(arm.size());
  std::transform(arm.begin(), arm.end(), reference.begin(), differences.begin(), std::minus<>{});
  result.difference = mean_of(differences);
  auto const variance = variance_of(differences), freedom = count_of(differences) - 1;
  set_interval(result, variance / count_of(differences), freedom);
  if (differences.size() < 2) return;
  result.p = sign_flip_p(differences, resampling.key);
  result.superiority = superiority_of_pairs(arm, reference);
  result.pairing_gain = pairing_gain(arm, reference);
  result.needed = needed_subjects({result.difference, variance, freedom, 1});
  if (resampling.resamples > 0)
    result.bootstrap = bootstrap_of_pairs(differences, resampling.key, resampling.resamples);
  if (differences.size() < 3) return;  // two points always lie on a line: r says nothing
  auto const v1 = variance_of(arm), v2 = variance_of(reference);
  auto const covariance = covariance_of(arm, reference);
  auto const r_squared = v1 * v2 > 0 ? std::min(1.0, covariance * covariance / (v1 * v2)) : 0;
  result.hedges_g =
      standardized(result.difference, (v1 + v2) / 2, 2 * (count_of(differences) - 1) / (1 + r_squared));
}

void compare_groups(TwoArms& result, Values const& arm, Values const& reference,
                    Resampling const& resampling) {
  result.difference = result.mean - result.reference_mean;
  auto const v1 = variance_of(arm), v2 = variance_of(reference);
  auto const n1 = count_of(arm), n2 = count_of(reference);
  auto const e1 = v1 / n1, e2 = v2 / n2;
  auto const welch = welch_freedom(e1, n1, e2, n2);
  set_interval(result, e1 + e2, welch);
  if (arm.size() < 2 || reference.size() < 2) return;
  auto const freedom = n1 + n2 - 2;
  result.hedges_g = standardized(result.difference, ((n1 - 1) * v1 + (n2 - 1) * v2) / freedom, freedom);
  result.p = label_permutation_p(arm, reference, resampling.key);
  result.superiority = superiority_of_groups(arm, reference);
  result.needed = needed_subjects({result.difference, v1 + v2, welch, welch_freedom(v1, 2, v2, 2)});
  if (resampling.resamples > 0)
    result.bootstrap = bootstrap_of_groups(arm, reference, resampling.key, resampling.resamples);
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

/// Runs of the arm that have a partner; as many of the reference have one.
std::size_t pairs_of(std::span<Replicate const> arm, std::span<Replicate const> reference) {
  auto const pairs =
      std::ranges::count_if(arm, [&](Replicate const& one) { return partner_of(one, reference) != nullptr; });
  return static_cast<std::size_t>(pairs);
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
  result.without_partner = arm.size() + reference.size() - 2 * pairs_of(arm, reference);
  for (auto const& one : sorted(arm)) {
    auto const* partner = partner_of(one, reference);
    if (partner == nullptr) continue;
    auto const other = partner->value;
    keep(std::isnan(other) ? other : one.value, ours);
    if (!std::isnan(one.value) && !std::isnan(other)) theirs.push_back(other);
  }
  return {ours, theirs};
}

}  // namespace

Pairing pairing_of(std::span<Replicate const> arm, std::span<Replicate const> reference) {
  auto const pairs = pairs_of(arm, reference);
  auto const is_whole_arm = pairs > 0 && pairs == std::min(arm.size(), reference.size());
  return pairs >= 2 || is_whole_arm ? Pairing::paired : Pairing::unpaired;
}

double mean_of(std::span<Replicate const> replicates) {
  Values values;
  for (auto const& one : sorted(replicates)) {
    if (!std::isnan(one.value)) values.push_back(one.value);
  }
  return mean_of(values);
}

TwoArms compare_two_arms(std::span<Replicate const> arm, std::span<Replicate const> reference,
                         Resampling const& resampling) {
  TwoArms result;
  result.pairing = pairing_of(arm, reference);
  auto const [ours, theirs] = usable_values(result, arm, reference);
  result.n = ours.size();
  result.n_reference = theirs.size();
  result.mean = mean_of(ours);
  result.reference_mean = mean_of(theirs);
  result.hedges_g = result.p = kUnknown;
  if (result.pairing == Pairing::paired)
    compare_pairs(result, ours, theirs, resampling);
  else
    compare_groups(result, ours, theirs, resampling);
  return result;
}

}  // namespace myoaxis

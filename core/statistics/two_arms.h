/// How far an outcome of one arm of a study is from that of the reference arm, and how sure that is.
///
/// The run is the unit of replication. Runs of one luck (seed and subject) share their random draws between
/// arms, so the difference within such pairs has far less spread than the runs themselves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/draws.h"
#include "core/statistics/bootstrap.h"
#include "core/statistics/interval.h"
#include "core/statistics/needed_subjects.h"
#include "core/statistics/pairing_gain.h"
#include "core/statistics/superiority.h"

namespace myoaxis {

/// What one run came to, and whose luck it had. NaN: the run had no occasion for the outcome.
struct Replicate {
  Luck luck;
  double value = 0;
};

enum class Pairing { paired, unpaired };

/// Arm minus reference. What cannot be told from so few values is NaN: interval, g and p when a group has a
/// single value, g for two pairs, and g when no run differs from another. Each header named has more.
struct TwoArms {
  Pairing pairing = Pairing::unpaired;
  std::size_t n = 0;                // pairs, or values of the arm
  std::size_t n_reference = 0;      // the same number of pairs, or values of the reference
  std::size_t left_out = 0;         // pairs with a NaN in either run, or values that are NaN
  std::size_t without_partner = 0;  // of paired arms: runs of either that have none, and are left out too
  double mean = 0;
  double reference_mean = 0;  // over the same pairs
  double difference = 0;
  double low = 0;  // 95 % interval of the difference: Student's t, or Welch's
  double high = 0;
  Interval bootstrap;  // the same by resampling: bootstrap.h
  double hedges_g = 0;
  double p = 0;           // two-sided: permutation.h
  Estimate superiority;   // superiority.h
  Estimate pairing_gain;  // NaN of groups: pairing_gain.h
  NeededSubjects needed;  // needed_subjects.h
};

/// Paired when two or more lucks occur in both arms, whatever else is in either: a run that failed must not
/// cost the others their pairing. A single pair gives no interval, so it counts only when it is all that one
/// of the arms has. No luck occurs twice in an arm.
Pairing pairing_of(std::span<Replicate const> arm, std::span<Replicate const> reference);

/// Draws of permutations and resamples. `key` addresses them; the name of the outcome is a good one.
struct Resampling {
  std::uint64_t key = 0;
  int resamples = kResamples;  // 0: no bootstrap interval
};

/// Mean of the values that are not NaN; NaN where all are.
double mean_of(std::span<Replicate const> replicates);

/// Compares an outcome of two arms; the order of the replicates does not matter.
///
/// Interval: Student's t of the differences when paired, otherwise of the two means with the degrees of
/// freedom of Welch (1947) and Satterthwaite (1946). It takes the means for normally distributed.
///
/// Effect size, with s1 and s2 the standard deviations of the arms:
///
///     g = J(nu) difference / s,   J(nu) = Gamma(nu / 2) / (sqrt(nu / 2) Gamma((nu - 1) / 2))
///
/// where J takes the bias of small samples away (Hedges 1981). Unpaired: s is the pooled standard deviation
/// and nu = n1 + n2 - 2. Paired: s = sqrt((s1^2 + s2^2) / 2), so that g tells how far the arms are apart
/// relative to the spread between runs, whatever the pairing saves (g_av: Cumming 2012, Understanding The New
/// Statistics), and nu = 2 (n - 1) / (1 + r^2) with the correlation r of the pairs (Cousineau 2020, Quant.
/// Methods Psychol. 16:418).
TwoArms compare_two_arms(std::span<Replicate const> arm, std::span<Replicate const> reference,
                         Resampling const& resampling);

}  // namespace myoaxis

/// How many subjects would settle a difference, were it and the spread as they were seen.
///
/// n is the number of pairs (each subject lives through both arms), or of the runs of each of two equally
/// large arms. With V = s_d^2 of pairs, or s1^2 + s2^2 of groups, the error of the difference is sqrt(V / n),
/// with nu = n - 1 degrees of freedom, or nu = (n - 1) (s1^2 + s2^2)^2 / (s1^4 + s2^4) (Welch).
///
/// `for_interval`: the smallest n for which Student's 95 % interval about the difference seen excludes 0,
///
///     |d| > t_(0.975, nu) sqrt(V / n).
///
/// A new study of that size has about an even chance of the same. `for_power`: the smallest n for which the
/// two-sided t test at 5 % finds such a difference in 80 % of studies; the test statistic is noncentral t
/// with the noncentrality J d / sqrt(V / n) (Cohen 1988, Statistical Power Analysis, 2nd ed., chapter 2).
/// J (Hedges 1981) takes the bias off d / sqrt(V), which in small samples promises too much: twofold with
/// three pairs.
///
/// Both are estimates: they are as uncertain as the difference by its error.
#pragma once

#include "core/statistics/interval.h"

namespace myoaxis {

/// A difference as it was seen.
struct SeenDifference {
  double difference = 0;
  double variance = 0;          // V
  double freedom = 0;           // of the estimate of V
  double freedom_per_pair = 1;  // nu / (n - 1): 1 of pairs, 1 to 2 of groups
};

/// NaN where the question makes no sense: without a difference, without a spread, or where there are too few
/// values to tell.
struct NeededSubjects {
  double for_interval = kUnknown;
  double for_power = kUnknown;
};

/// Above 10 000 the t distribution is taken for the normal one. Infinite above 1e15.
NeededSubjects needed_subjects(SeenDifference const& seen);

/// J: the factor that takes the bias off a standardized difference with that many degrees of freedom.
double small_sample_factor(double freedom);

/// Power of the two-sided t test at 5 %: `effect` is d / sqrt(V), n at least 2.
double power_of_t_test(double effect, double n, double freedom_per_pair);

}  // namespace myoaxis

/// How often a run of the arm comes out above one of the reference: the effect size of common language.
///
///     pairs    P(x > y) + P(x = y) / 2      within a pair
///     groups   the same of any run of the arm and any of the reference, that is U / (n1 n2) of Mann &
///              Whitney (1947); A of Vargha & Delaney (2000, J. Educ. Behav. Stat. 25:101)
///
/// 0.5 when neither is above the other. Intervals, both defined where all runs of the arm are above:
///   pairs    of Wilson's score (1927, J. Am. Stat. Assoc. 22:209); ties make it too wide, never too narrow;
///   groups   the shares whose standard error, after Hanley & McNeil (1982, Radiology 143:29) with the mean
///            of both sizes for either, does not put them farther than 1.96 of it from the one seen (method 5
///            of Newcombe 2006, Stat. Med. 25:559).
#pragma once

#include <span>

#include "core/statistics/interval.h"

namespace myoaxis {

/// Values of one index are a pair. NaN for fewer than two pairs.
Estimate superiority_of_pairs(std::span<double const> arm, std::span<double const> reference);

/// NaN when a group has fewer than two values.
Estimate superiority_of_groups(std::span<double const> arm, std::span<double const> reference);

}  // namespace myoaxis

/// How often chance alone gives a difference as large as the one seen: p by rearranging the values.
///
/// All rearrangements are gone through when there are at most 20 000, which gives the exact p (Fisher 1935).
/// Otherwise that many are drawn, and the one seen counts as one more, so that p is never 0 and never too
/// small (Phipson & Smyth 2010, Stat. Appl. Genet. Mol. Biol. 9:39). Draws are addressed by `key` and the
/// number of the rearrangement: the same values give the same p.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace myoaxis {

inline constexpr int kMostRearrangements = 20'000;

/// Pairs: were the arms alike, each difference could as well have the other sign. Two-sided, of the mean.
double sign_flip_p(std::span<double const> differences, std::uint64_t key);

/// Groups: were they alike, each value could as well be of the other one. Two-sided, of the difference of
/// means; neither group is empty.
double label_permutation_p(std::span<double const> arm, std::span<double const> reference, std::uint64_t key);

/// The smallest p there can be, however far the arms are apart: 2^(1-n) of n pairs, whose signs all agree; of
/// groups one labeling of all, and two where they are of one size and can change places. One more than those
/// drawn, where not all are gone through.
double least_sign_flip_p(std::size_t pairs);
double least_label_permutation_p(std::size_t arm, std::size_t reference);

}  // namespace myoaxis

/// Many outcomes tested at once: p values raised so that false alarms among all of them stay rare.
#pragma once

#include <span>
#include <vector>

namespace myoaxis {

/// The p values adjusted by the step-down method of Holm (1979, Scand. J. Stat. 6:65): rejecting those below
/// 5 % gives a false alarm in at most 5 % of such families. NaN stays NaN and does not count.
std::vector<double> holm_adjusted(std::span<double const> p_values);

}  // namespace myoaxis

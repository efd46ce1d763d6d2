/// The numbers of a comparison as a person reads them: no more digits than are known.
#pragma once

#include <string>

#include "tools/comparison.h"

namespace myoaxis {

/// "A", ..., "Z", "AA", ...
std::string letter_of(std::size_t arm);

/// Four significant digits.
std::string mean_text(double value);

/// "+12.3 [+8.0, +16.6] *" with two digits of the interval's half width and a star when it excludes 0; the
/// arm's mean where the reference has no value; "-" where neither has.
std::string contrast_text(ArmContrast const& contrast, Interval const& interval);

std::string effect_text(double hedges_g);

/// "0.031"; "<0.001" below.
std::string p_text(double p);

/// "94 %".
std::string superiority_text(Estimate const& superiority);

/// "12x [3.1, 41]"; "inf" where the difference is the same in each pair.
std::string gain_text(Estimate const& pairing_gain);

/// "17"; ">9999" above.
std::string subjects_text(double subjects);

}  // namespace myoaxis

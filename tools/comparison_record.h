/// A comparison of arms for programs: JSON and CSV, a row an outcome and arm. Their fields are listed in
/// tools/COMPARE.md; later versions only add to them.
#pragma once

#include <string>

#include "tools/comparison.h"

namespace myoaxis {

/// What is not known is null, and so is what is infinite.
std::string comparison_json(Comparison const& comparison);

/// A header and a row an outcome and arm, with the fields of JSON; NaN and inf as such.
std::string comparison_csv(Comparison const& comparison);

}  // namespace myoaxis

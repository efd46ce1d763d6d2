/// A difference with its interval in words.
#pragma once

#include <string>

#include "io/report/study_data.h"

namespace myoaxis::report {

/// "+12.3 [+8.0, +16.6]", with as many places as tell two digits of the interval; "+12.3 (no interval)" for
/// a single subject; an en dash for none.
std::string contrast_text(Contrast const& contrast);

/// The same as a share of the reference's mean: "+12 % [+8, +17]"; empty where that means nothing, such as
/// for a mood around zero.
std::string relative_text(ComparedOutcome const& outcome, Contrast const& contrast);

/// The interval excludes zero.
bool is_settled(Contrast const& contrast);

}  // namespace myoaxis::report

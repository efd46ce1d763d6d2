/// What a sensitivity study found about one outcome, as a table for people.
#pragma once

#include <cstddef>
#include <string>

#include "io/batch/sensitivity_plan.h"

namespace myoaxis {

/// One row an input, the most influential first, with its effect or indices, their 95 % intervals and the
/// status of the parameter. `rows`: how many at most; how many more there are is said below. Ranges are cut
/// at `columns`.
std::string sensitivity_table(OutcomeSensitivity const& result, std::size_t rows, std::size_t columns);

}  // namespace myoaxis

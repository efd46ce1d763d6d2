/// A comparison of arms as a table for people.
#pragma once

#include <cstddef>
#include <string>

#include "tools/comparison.h"

namespace myoaxis {

/// One row an outcome, one column an arm: "+12.3 [+8.0, +16.6] *", with a star when the interval excludes 0.
/// Meanings are cut at `columns`.
std::string comparison_table(Comparison const& comparison, std::size_t columns);

}  // namespace myoaxis

/// The file that `--sensitivity` names: how much parameters move outcomes, from an analysis of their ranges.
#pragma once

#include <string>
#include <vector>

#include "io/report/study_data.h"

namespace myoaxis::report {

/// Reads {"indices": [{"parameter", "status", "outcome", "mu_star" or "total", "low", "high"}]}; low and high
/// may be missing or null, other keys are passed over. Throws FileError when the file cannot be read and
/// ConfigError, with the number of the entry, when it is not of this form.
std::vector<SensitivityIndex> read_sensitivity(std::string const& path);

}  // namespace myoaxis::report

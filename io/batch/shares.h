/// Shares of one whole, such as those of the organs in cardiac output, must sum to 1 also when one is varied.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/batch/setting.h"
#include "io/config/read_context.h"

namespace myoaxis {

/// Name of the whole that this parameter is a share of; nothing for what is no share. These are the shares
/// of organs in clearance ("factor.bdnf.clearance_share") and in flow, and those of the fiber types.
std::optional<std::string> whole_of(std::string_view key);

/// The parameters of `all` that share a whole with one of `keys`, these among them.
std::vector<Parameter> sharing_with(std::vector<std::string> const& keys, std::vector<Parameter> const& all);

/// Completes the settings so that each whole of which they set a share sums to 1: the shares that are not set
/// keep their proportions and take what is left. Where nothing is left for them, or all are set, they are 0
/// and those that are set are scaled. `shares`: what `sharing_with` gives.
void keep_sums(std::vector<Setting>& settings, std::vector<Parameter> const& shares);

}  // namespace myoaxis

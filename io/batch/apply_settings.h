/// Lays numbers that a batch gives over the tree of a complete experiment.
#pragma once

#include <toml++/toml.h>

#include <vector>

#include "io/batch/setting.h"

namespace myoaxis {

/// Puts each setting in place of the value of its key; range, status and source stay. `root` is the tree of a
/// document with its pieces. The keys must be parameters of it: those that reading it has listed.
void apply_settings(toml::table& root, std::vector<Setting> const& settings);

}  // namespace myoaxis

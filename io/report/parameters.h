/// Parameters with their provenance, as the resolved configuration in a results file has them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/report/study_data.h"

namespace myoaxis::report {

/// All parameters that have a status, in the order of their keys. `path` names the file in a ConfigError.
std::vector<ParameterRecord> read_parameters(std::string_view config_toml, std::string const& path);

/// Nobody has measured it, or nobody has looked it up: assumed, or recalled.
bool is_weak(std::string_view status);
bool is_weak(ParameterRecord const& parameter);

/// How strongly a process of the cells follows a factor's occupancy: factor.NAME.effect[i].dependence.
bool is_gain(ParameterRecord const& parameter);

/// What a parameter acts on, for a heading: "effects of factors on cells", "secretion", ...
std::string acts_on(std::string const& key);

}  // namespace myoaxis::report

/// Reads [factor.NAME]: what one factor is and how it behaves in the organism of the experiment.
#pragma once

#include <string>

#include "agents/experiment.h"
#include "io/config/section.h"

namespace myoaxis {

FactorParams read_factor(std::string const& key, Section section, OrganismParams const& organism);

/// Reports conversions whose product is no field of the experiment, or is converted itself.
void check_conversions(Section& root, std::vector<FactorParams> const& factors);

}  // namespace myoaxis

/// Reads [factor.NAME]: what one factor is and how it behaves in the organism of the experiment.
#pragma once

#include <string>

#include "agents/experiment.h"
#include "io/config/section.h"

namespace myoaxis {

FactorParams read_factor(std::string const& key, Section section, OrganismParams const& organism);

}  // namespace myoaxis

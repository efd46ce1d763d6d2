/// Reads [circulation]: how vessels are simulated, and measured networks.
#pragma once

#include "agents/experiment.h"
#include "io/config/section.h"

namespace myoaxis {

CirculationDesign read_circulation_design(std::optional<Section> section);

}  // namespace myoaxis

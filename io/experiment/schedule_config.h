/// Reads [schedule]: how long the experiment lasts and which sessions it holds.
#pragma once

#include "agents/experiment.h"
#include "io/config/section.h"

namespace myoaxis {

/// `modes` are those of the organism.
ScheduleParams read_schedule(Section section, std::map<std::string, ModeParams> const& modes);

}  // namespace myoaxis

/// Reads [schedule]: how long the experiment lasts and which sessions it holds.
#pragma once

#include "agents/experiment.h"
#include "io/config/section.h"

namespace myoaxis {

/// `modes` are those of the organism.
ScheduleParams read_schedule(Section section, std::map<std::string, ModeParams> const& modes);

/// Reports what does not hold in a schedule that was read without a problem, for an organism of this age on
/// day 0.
void check_schedule(Section& section, ScheduleParams const& schedule, Seconds age);

}  // namespace myoaxis

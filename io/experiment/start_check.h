/// Whether the state that an experiment sets out from can live on in it.
#pragma once

#include "agents/experiment.h"
#include "io/config/section.h"
#include "io/experiment/start_config.h"

namespace myoaxis {

/// Reports under `from` a state after the end of a valid experiment, or within sessions that this does not
/// have.
void check_start(Section& section, StartParams const& start, Experiment const& experiment);

}  // namespace myoaxis

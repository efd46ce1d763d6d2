/// How the outcomes of a run are called, known without a run.
#pragma once

#include <string>
#include <vector>

#include "agents/experiment.h"

namespace myoaxis {

/// The names of the outcomes that each run of the experiment has (agents/outcomes.h), in their order.
std::vector<std::string> outcome_names(Experiment const& experiment);

}  // namespace myoaxis

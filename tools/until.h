/// The option --until of the verbs that simulate.
#pragma once

#include <optional>
#include <string>

#include "agents/model.h"
#include "io/experiment/experiment_config.h"

namespace myoaxis {

/// The time that `text` means, nothing when it is empty. Throws UsageError unless it is after the beginning
/// of the experiment, which is the time of the state that it sets out from, if it does.
std::optional<Tick> until_option(std::string const& text, LoadedExperiment const& loaded, Model const& model);

}  // namespace myoaxis

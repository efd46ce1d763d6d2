/// The part of an experiment that is over before its schedule begins.
///
/// Experiments with the same baseline need it simulated once: each goes on from its end at day 0, to the very
/// state that it would have reached by itself.
#pragma once

#include <toml++/toml.h>

#include <optional>

#include "agents/experiment.h"

namespace myoaxis {

/// The experiment `root` (resolved; `experiment` is what it reads as) up to day 0: no sessions, and only what
/// the laboratory does before. Nothing when there is no baseline, or when an assay is read within it.
std::optional<toml::table> baseline_of(toml::table const& root, Experiment const& experiment);

/// A mode of the organism whose muscles are laid out as those of the experiment's sessions: the first by
/// name, so that arms that train the same muscles in other ways have one body. `sessions_of` stands in for an
/// experiment without sessions.
std::string mode_of_layout(Experiment const& experiment, Experiment const& sessions_of);

}  // namespace myoaxis

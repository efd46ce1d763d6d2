/// Reads [[intervention]] and [[assay]]: what the laboratory does to the subject, and what it measures.
#pragma once

#include <vector>

#include "agents/experiment.h"
#include "io/config/section.h"

namespace myoaxis {

/// The rest of the experiment has been read.
std::vector<InterventionParams> read_interventions(Section& root, Experiment const& experiment);
std::vector<AssayParams> read_assays(Section& root, Experiment const& experiment);

}  // namespace myoaxis

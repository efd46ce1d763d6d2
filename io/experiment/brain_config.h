/// Reads what [organism] says of the brain behind its barrier: fluids, neurogenic lineage, spines,
/// inflammation, labels.
#pragma once

#include "agents/experiment.h"
#include "io/config/section.h"

namespace myoaxis {

BrainParams read_brain(Section section);
LineageParams read_lineage(Section section);
SynapseParams read_synapses(Section section);
InflammationParams read_inflammation(Section section);
LabelParams read_label(Section section);

}  // namespace myoaxis

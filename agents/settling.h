/// How the organism came to be as it is when the run begins: its lineage and their spines have lived at rest.
#pragma once

#include "agents/hippocampus/neurons.h"
#include "agents/hippocampus/synapses.h"
#include "agents/model.h"

namespace myoaxis {

struct Hippocampus {
  Neurons neurons;
  Synapses synapses;  // of the old granule cells, then of the young ones
};

/// Stem cells alone are put in, early enough that every later stage has filled when the run begins; their
/// number is such that the pool has its size of that age then. A factor that is knocked out from birth has
/// been missing all the time.
Hippocampus settled_hippocampus(Model const& model);

/// Gives sites for spines to cells that have become immature neurons, and takes them from those that died.
void follow_lineage(Synapses& synapses, LineageEvents const& events);

}  // namespace myoaxis

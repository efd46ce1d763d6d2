/// Reads [organism]: body, circulation, muscle, motor units, brain and lineage of a species.
#pragma once

#include "agents/experiment.h"
#include "io/config/section.h"

namespace myoaxis {

OrganismParams read_organism(Section section);

}  // namespace myoaxis

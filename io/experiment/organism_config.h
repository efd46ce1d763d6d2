/// Reads [organism]: body, circulation, muscle, motor units, brain and lineage of a species.
#pragma once

#include "agents/experiment.h"
#include "io/config/section.h"

namespace myoaxis {

OrganismParams read_organism(Section section);

/// Reports what does not hold between the parts of an organism that was read without a problem: masses, and
/// flows at rest and at VO2max (they are linear in between).
void check_organism(Section& section, OrganismParams const& organism);

}  // namespace myoaxis

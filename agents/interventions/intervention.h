/// What an experimenter does to a subject besides training it: takes a factor away, blocks its receptors, or
/// infuses it.
#pragma once

#include <optional>
#include <string>

#include "core/clock.h"
#include "core/quantity.h"

namespace myoaxis {

enum class InterventionKind {
  knockout,  // no source releases the factor
  block,     // a share of its receptors in the brain is blocked
  infuse,    // the factor is released into a site at a constant rate
};

struct InterventionParams {
  InterventionKind kind = InterventionKind::knockout;
  std::string factor;
  std::string site;          // of an infusion: vein, artery, csf, or an organ's blood; "brain" for a block
  Fraction fraction{1.0};    // of the receptors that are blocked
  KilogramsPerSecond rate;   // of an infusion
  std::optional<Tick> from;  // nothing: from birth (knockout), or from the beginning of the run
  std::optional<Tick> to;    // nothing: to the end

  bool acts_at(Tick tick) const { return (!from || *from <= tick) && (!to || tick < *to); }
};

}  // namespace myoaxis

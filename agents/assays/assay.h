/// What a laboratory would measure in the course of an experiment.
#pragma once

#include <string>
#include <vector>

#include "core/clock.h"
#include "core/quantity.h"

namespace myoaxis {

enum class AssayKind {
  blood,     // levels of factors in plasma (or whole blood, for a factor that fills it)
  brdu,      // cells that carry a thymidine analog, after injections
  dcx,       // young neurons, by doublecortin
  capacity,  // maximal oxygen uptake and force
};

enum class BloodSite { artery, vein };

struct AssayParams {
  std::string name;
  AssayKind kind = AssayKind::blood;
  std::vector<std::string> factors;  // of blood; empty: all
  BloodSite site = BloodSite::vein;  // of blood
  std::vector<Tick> injections;      // of brdu
  std::vector<Tick> readings;        // ascending
  Fraction variation;                // coefficient of variation of a single measurement
};

}  // namespace myoaxis

/// What a laboratory would measure in the course of an experiment.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agents/factor.h"
#include "core/clock.h"
#include "core/quantity.h"

namespace myoaxis {

enum class AssayKind {
  blood,               // levels of factors in plasma (or whole blood, for a factor that fills it)
  brdu,                // cells that carry a thymidine analog, after injections
  dcx,                 // young neurons, by doublecortin
  capacity,            // maximal oxygen uptake and force
  av_flux,             // what an organ adds to blood or takes from it, by arterial and venous samples
  indicator_dilution,  // cardiac output and times of passage, by a bolus of a dye that stays in the vessels
  circulation_times,   // times of passage of blood
};

/// True for readings of blood that is drawn during a step, false for those of states at an instant.
constexpr bool draws_blood(AssayKind kind) { return kind == AssayKind::blood || kind == AssayKind::av_flux; }

enum class BloodSite { artery, vein };

/// A bolus and the record of its concentration.
struct BolusParams {
  Kilograms dose;
  Seconds duration;                      // of the record
  Seconds every;                         // between samples of it
  BloodSpace space = BloodSpace::blood;  // in which its concentration is shown

  /// Samples of the record, the first at the injection.
  std::size_t samples() const { return static_cast<std::size_t>(duration.value() / every.value() + 1.5); }
};

struct AssayParams {
  std::string name;
  AssayKind kind = AssayKind::blood;
  std::vector<std::string> factors;    // of blood and av_flux; empty: all
  BloodSite site = BloodSite::vein;    // of blood
  std::string organ;                   // of av_flux
  std::string from;                    // of indicator_dilution and circulation_times: where the way begins
  std::vector<std::string> sites;      // of these: where it is read
  BolusParams bolus;                   // of indicator_dilution
  std::optional<Intensity> intensity;  // of these: steady flows of this intensity, not those of the subject
  std::vector<Tick> injections;        // of brdu
  std::vector<Tick> readings;          // ascending
  Fraction variation;                  // coefficient of variation of a single measurement
};

}  // namespace myoaxis

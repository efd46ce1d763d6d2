/// What a stretch of exercise asks of the body, in the terms of the organs that must meet it.
///
///     aerobic work at intensity i:  oxygen i,      force i F_max
///     repetitions with a load l:    oxygen l c,    force l
///
/// i: share of maximal oxygen uptake before training, l: share of the one-repetition maximum of the day,
/// which is taken as the force of the rested working muscle and grows with it. F_max: force while
/// contracting, at VO2max; c: oxygen uptake while repeating at the whole one-repetition maximum; both of the
/// mode (configs/organisms/). Muscles contract for the mode's duty, a share of the cycle of movement.
/// Proportionality is an assumption, for rhythmic work in steady state.
#pragma once

#include <cstdint>
#include <optional>

#include "core/quantity.h"

namespace myoaxis {

/// What a mode of exercise asks of the body.
struct ModeParams {
  Fraction working_share;                    // of the muscle mass
  Fraction duty;                             // share of the cycle in which the muscles contract
  std::optional<Fraction> force_at_maximum;  // while contracting, at VO2max, over the maximal isometric force
  std::optional<Fraction> oxygen_cost;       // share of VO2max, while repeating at the 1RM
  std::int64_t repetition = 0;               // s, of one repetition; 0 when the mode has none
};

/// How hard a stretch of work is: an intensity of aerobic work, or a load to be lifted; both 0 is a pause.
struct Workload {
  Intensity intensity;
  RelativeLoad load;

  bool is_rest() const { return !(intensity.value() > 0) && !(load.value() > 0); }
};

struct Demand {
  Intensity oxygen;      // what circulation and organs respond to
  double force = 0;      // while contracting, relative to the maximum of the rested working muscle
  double duty = 0;       // share of time
  bool lifting = false;  // the force is relative to the muscle's strength of the day, else to the untrained
};

/// Demand of `workload` in a mode that has it (its params are there), `scale` (0..1) of it being done.
inline Demand demand_of(ModeParams const& mode, Workload const& workload, double scale = 1) {
  if (workload.is_rest()) return {};
  auto const oxygen = workload.load.value() > 0 ? workload.load.value() * mode.oxygen_cost->value()
                                                : workload.intensity.value();
  auto const force = workload.load.value() > 0 ? workload.load.value()
                                               : workload.intensity.value() * mode.force_at_maximum->value();
  return {Intensity{oxygen * scale}, force * scale, mode.duty.value(), workload.load.value() > 0};
}

}  // namespace myoaxis

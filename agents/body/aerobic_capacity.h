/// Maximal oxygen uptake over weeks: it rises with the oxygen uptake of training and fades without.
///
///     dU/dt = (u - U) / tau
///     x_t = g U / (U + U_h),      dx/dt = (x_t - x) ln2 / T,      VO2max / VO2max untrained = 1 + x
///
/// u: oxygen uptake of training (0 at rest, 1 at VO2max), U: its average over the memory tau, g: largest
/// rise, U_h: mean uptake of half of it, T: half-life, one of rise and one of fall. Heart, blood volume and
/// muscle are one here: VO2max follows what the whole body is asked for, so that lifting, which fills muscle
/// with mitochondria but hardly loads the heart, raises it little. Saturation in the mean uptake is an
/// assumption. Exact for constant u. Values: configs/organisms/.
#pragma once

#include <tuple>
#include <utility>

#include "agents/muscle/adaptation.h"
#include "core/state_visit.h"

namespace myoaxis {

struct AerobicCapacity {
  double taken_up = 0;     // oxygen uptake of training since the last adaptation, VO2max x s
  double mean_uptake = 0;  // share of VO2max
  double rise = 0;         // of VO2max, relative to untrained

  static constexpr auto members() {
    using A = AerobicCapacity;
    return std::tuple{
        member("taken_up", "s", "oxygen uptake of training since the last adaptation, of VO2max",
               &A::taken_up),
        member("mean_uptake", "1", "oxygen uptake of training, averaged over its memory, of VO2max",
               &A::mean_uptake),
        member("rise", "1", "rise of VO2max over the untrained one", &A::rise)};
  }
};

/// Adapts to what was taken up over the last `dt`.
inline void advance_aerobic(AerobicCapacity& capacity, CapacityParams const& params, Seconds memory,
                            Seconds dt) {
  auto const uptake = std::exchange(capacity.taken_up, 0.0) / dt.value();
  capacity.mean_uptake = advance_average(capacity.mean_uptake, uptake, memory, dt);
  capacity.rise = advance_capacity(capacity.rise, capacity_target(capacity.mean_uptake, params), params, dt);
}

}  // namespace myoaxis

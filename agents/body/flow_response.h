/// How fast the circulation follows the task: a first-order response, read off a ladder of a few states.
///
///     dx/dt = (u - x) / tau
///
/// u: intensity of the task, x: intensity that the flows correspond to (fractions of VO2max). One time
/// constant on and off, an assumption (configs/organisms/). Exact for constant u. Each step uses the state of
/// the ladder that is nearest to the mean of x, so that few propagators serve all steps.
#pragma once

#include <cmath>
#include <cstddef>

#include "core/quantity.h"

namespace myoaxis {

/// Advances `response` by `dt` towards `task`; returns its mean over the step.
inline Intensity advance_flow_response(double& response, Intensity task, Seconds time_constant, Seconds dt) {
  auto const steps = dt.value() / time_constant.value();
  auto const before = response;
  response = task.value() + (before - task.value()) * std::exp(-steps);
  return Intensity{task.value() - (response - before) / steps};
}

/// The states of flow that a run uses: equally spaced intensities from rest to the highest of the calendar.
struct FlowLadder {
  static constexpr std::size_t kMost = 8;
  Intensity highest;

  std::size_t size() const { return highest.value() > 0 ? kMost : 1; }
  Intensity intensity(std::size_t state) const {
    return Intensity{size() == 1 ? 0.0 : highest.value() * static_cast<double>(state) / (kMost - 1)};
  }
  std::size_t nearest(Intensity x) const {
    if (size() == 1) return 0;
    auto const state = std::lround(x.value() / highest.value() * (kMost - 1));
    return state < 0                                 ? 0
           : static_cast<std::size_t>(state) < kMost ? static_cast<std::size_t>(state)
                                                     : kMost - 1;
  }
};

}  // namespace myoaxis

/// The delayed response of a gene to activity: a chain of three stages, each of one third of the mean delay.
///
///     dx_1/dt = k (u - x_1),  dx_2/dt = k (x_1 - x_2),  dx_3/dt = k (x_2 - x_3),   k = 3 / delay
///
/// u: the activity (0..1), x_3: the response, which holds the integral of u and peaks after two thirds of the
/// delay. A linear chain is the least assumption that gives a response of hours to a bout of minutes; mRNA
/// after exercise rises and falls so [Rasmussen2009] [Mazo2022]. Exact for constant u, as is the mean over
/// the step.
#pragma once

#include <cmath>
#include <tuple>

#include "core/contracts.h"
#include "core/quantity.h"
#include "core/state_visit.h"

namespace myoaxis {

struct TranscriptionState {
  double first = 0;
  double second = 0;
  double third = 0;

  static constexpr auto members() {
    using T = TranscriptionState;
    return std::tuple{member("first", "1", "first stage of the response", &T::first),
                      member("second", "1", "second stage of the response", &T::second),
                      member("third", "1", "third stage, the response", &T::third)};
  }
};

/// Advances `state` by `dt` under constant `activity`; returns the mean response over the step.
inline double advance_transcription(TranscriptionState& state, double activity, Seconds delay, Seconds dt) {
  EXPECTS(delay.value() > 0 && dt.value() > 0);
  auto const kt = 3 / delay.value() * dt.value();
  auto const decay = std::exp(-kt);
  auto const before = state.first + state.second + state.third;
  auto const d1 = state.first - activity;
  auto const d2 = state.second - activity;
  auto const d3 = state.third - activity;
  state.first = activity + d1 * decay;
  state.second = activity + (d2 + kt * d1) * decay;
  state.third = activity + (d3 + kt * d2 + kt * kt / 2 * d1) * decay;
  // Each stage's mean is that of the stage before less its own change over kt.
  return activity - (state.first + state.second + state.third - before) / kt;
}

}  // namespace myoaxis

/// What settles or fades with a half-life, over a step of any length.
///
///     dx/dt = (target - x) ln2 / T          dx/dt = input - x ln2 / T
///
/// T: half-life. Both are exact while target and input are constant, so that steps of any split agree.
#pragma once

#include <cmath>
#include <numbers>

#include "core/contracts.h"
#include "core/quantity.h"

namespace myoaxis {

/// `value` after `dt` on its way to `target`: each half-life halves the distance.
inline double settled_after(double value, double target, Seconds half_life, Seconds dt) {
  EXPECTS(half_life.value() > 0 && dt.value() >= 0);
  return target + (value - target) * std::exp2(-dt.value() / half_life.value());
}

/// `value` after `dt` of fading while `input` adds to it.
inline double faded_after(double value, PerSecond input, Seconds half_life, Seconds dt) {
  EXPECTS(half_life.value() > 0 && dt.value() >= 0);
  auto const elapsed = dt.value() / half_life.value();
  auto const mean_life = half_life.value() / std::numbers::ln2;
  // expm1 keeps what a short step adds to a long-lived value.
  return value * std::exp2(-elapsed) + input.value() * mean_life * -std::expm1(-std::numbers::ln2 * elapsed);
}

}  // namespace myoaxis

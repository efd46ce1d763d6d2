/// Whether a planned session is done, and how hard: mood decides.
///
///     P = logistic(logit(b) + w_M M + w_A A - w_F F)             (0..1)
///     e = clamp(1 + v_M M - v_F F, e_low, 1)                     share of the prescribed intensity
///
/// b: adherence at rest (M = A = F = 0), M: mood, A: affect, F: general fatigue (mood.h, affect.h). b = 1 and
/// b = 0 are certain whatever the mood: an animal on a treadmill has no choice. Effort is at most what was
/// prescribed. Both forms are assumptions: that pleasure in exercise leads to adherence has long been
/// suspected [Ekkekakis2008], and is no measured dose-response. Valid within a few SD of rest.
#pragma once

#include <algorithm>
#include <cmath>

#include "core/contracts.h"
#include "core/quantity.h"

namespace myoaxis {

struct AdherenceParams {
  Fraction base;
  Number mood;     // change of the logit per SD
  Number affect;   // likewise
  Number fatigue;  // likewise, per unit
};

struct EffortParams {
  Number mood;     // relative change per SD
  Number fatigue;  // likewise, per unit
  Fraction low;
};

/// Probability that a planned session is done.
inline Fraction adherence(double mood, double affect, double fatigue, AdherenceParams const& p) {
  EXPECTS(p.base.value() >= 0 && p.base.value() <= 1 && fatigue >= 0);
  if (p.base.value() <= 0 || p.base.value() >= 1) return p.base;
  auto const shift = p.mood.value() * mood + p.affect.value() * affect - p.fatigue.value() * fatigue;
  // logistic(logit(b) + x) without the logarithm: at rest it gives back b.
  return Fraction{p.base.value() / (p.base.value() + (1 - p.base.value()) * std::exp(-shift))};
}

/// Share of the prescribed intensity that is done.
inline Fraction effort(double mood, double fatigue, EffortParams const& p) {
  EXPECTS(p.low.value() >= 0 && p.low.value() <= 1 && fatigue >= 0);
  return Fraction{std::clamp(1 + p.mood.value() * mood - p.fatigue.value() * fatigue, p.low.value(), 1.0)};
}

}  // namespace myoaxis

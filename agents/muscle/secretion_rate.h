/// Secretion of a myokine by one gram of fiber, saturating in the activation a (0..1) of the fiber:
///
///     r = c (r_0 + r_c a^n / (K^n + a^n) + r_t m)          [kg / kg / s]
///
/// r_0: basal, r_c: evoked by contraction at once, r_t m: after transcription, whose response m is that of
/// transcription_response.h; c: the fiber's capacity for this factor, mean 1. Form of the evoked part: Hill
/// 1910 [Hill1910]; that the parts add up is an assumption. Values and sources: configs/factors/.
#pragma once

#include <cmath>

#include "core/contracts.h"
#include "core/quantity.h"

namespace myoaxis {

struct SecretionParams {
  PerSecond basal;        // kg of factor per kg of muscle and second
  PerSecond contraction;  // likewise, at full activation
  Fraction half_activation;
  Number hill;
  PerSecond transcription;  // likewise, per unit of the transcription response
};

inline PerSecond secretion_rate(Fraction activation, double transcription_response, double capacity,
                                SecretionParams const& p) {
  EXPECTS(activation.value() >= 0 && activation.value() <= 1);
  // a^n / (K^n + a^n), as one power.
  auto const share = activation.value() > 0
                         ? 1 / (1 + std::pow(p.half_activation.value() / activation.value(), p.hill.value()))
                         : 0.0;
  auto const evoked = p.contraction.value() * share;
  return PerSecond{capacity * (p.basal.value() + evoked + p.transcription.value() * transcription_response)};
}

}  // namespace myoaxis

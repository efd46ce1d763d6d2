/// Conversion of one metabolite into another by an enzyme of a tissue that training can raise.
///
///     k = k_0 (1 + (f - 1) x)                                    [s^-1]
///
/// k_0: rate in untrained tissue, f: rate at full adaptation over that, x: share of full adaptation (0..1).
/// First order in the substrate: valid far below saturation. The case in point is kynurenine, which the
/// aminotransferases of trained muscle turn into kynurenic acid [Agudelo2014]; that they rise in proportion
/// to the adaptation is an assumption.
#pragma once

#include "core/contracts.h"
#include "core/quantity.h"

namespace myoaxis {

inline PerSecond conversion_rate(PerSecond untrained, Number trained_fold, Fraction adaptation) {
  EXPECTS(untrained.value() >= 0 && trained_fold.value() >= 0);
  EXPECTS(adaptation.value() >= 0 && adaptation.value() <= 1);
  return PerSecond{untrained.value() * (1 + (trained_fold.value() - 1) * adaptation.value())};
}

}  // namespace myoaxis

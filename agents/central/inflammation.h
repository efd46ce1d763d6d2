/// Inflammation of the brain (microglia and their cytokines, as one level) and how it suppresses
/// neurogenesis.
///
///     dI/dt = (m - I) ln2 / T                                    (1 at rest)
///     s(I) = max(1, I)^-n                                        factor on a rate
///
/// m: product of the drives of the factors that act on it (1 at rest), T: half-life, n: exponent of the
/// process (maturation, survival). Endotoxin strongly impairs neurogenesis, and anti-inflammatory drugs
/// restore it [Monje2003]; repeated endotoxin blocked differentiation, not proliferation [Wu2007]. Below rest
/// there is no benefit: indomethacin left the neurogenesis of old mice as it was [Boehme2014], and all
/// evidence of suppression is from levels above rest. The power law is an assumption. Exact for constant m.
#pragma once

#include <algorithm>
#include <cmath>

#include "core/contracts.h"
#include "core/half_life.h"
#include "core/quantity.h"

namespace myoaxis {

struct InflammationParams {
  Seconds half_life;
  Number maturation_exponent;
  Number survival_exponent;
};

inline double advance_inflammation(double level, double factors, InflammationParams const& p, Seconds dt) {
  EXPECTS(level >= 0 && factors >= 0);
  return settled_after(level, factors, p.half_life, dt);
}

/// Factor on a rate of the lineage: 1 at rest and below, falling above.
inline double suppression(double level, Number exponent) {
  EXPECTS(level >= 0 && exponent.value() >= 0);
  return std::pow(std::max(1.0, level), -exponent.value());
}

}  // namespace myoaxis

/// First-order clearance of a factor by the blood that passes an organ.
///
///     E = CL / Q,     k = n Q / V ((1 - E)^(-1/n) - 1)            [s^-1]
///
/// CL: clearance of the organ at rest, Q: its plasma flow at rest, V: its plasma volume, n: well-mixed stages
/// in series, E: extraction per pass, k: intrinsic rate in every stage, so that the n stages together extract
/// E. With k fixed, extraction falls when flow rises, as in the well-stirred model [Rowland1973]. Linear:
/// valid far below saturation. Clearance cannot exceed flow: CL < Q.
#pragma once

#include <cmath>

#include "core/contracts.h"
#include "core/quantity.h"

namespace myoaxis {

inline PerSecond clearance_rate(CubicMetersPerSecond clearance, CubicMetersPerSecond plasma_flow,
                                CubicMeters plasma_volume, std::size_t stages) {
  EXPECTS(clearance >= CubicMetersPerSecond{0} && clearance < plasma_flow && stages > 0);
  auto const n = static_cast<double>(stages);
  auto const extraction = clearance.value() / plasma_flow.value();
  return PerSecond{n * plasma_flow.value() / plasma_volume.value() * (std::pow(1 - extraction, -1 / n) - 1)};
}

}  // namespace myoaxis

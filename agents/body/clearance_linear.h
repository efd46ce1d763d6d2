/// First-order clearance of a factor by the blood that passes an organ.
///
///     E = CL / Q,     k:  s(k) = 1 - E            [s^-1]
///
/// CL: clearance of the organ at rest, Q: its plasma flow at rest, E: extraction per pass, k: intrinsic rate
/// of its walls in the mean of its blood, s(k): share that passes at that rate; for n equal well-mixed stages
/// of volume V together, s = (1 + k V / (n Q))^-n. With k fixed, extraction falls when flow rises, as
/// in the well-stirred model [Rowland1973]. Linear: valid far below saturation. Clearance cannot exceed flow:
/// CL < Q.
#pragma once

#include <boost/math/tools/toms748_solve.hpp>
#include <cstdint>

#include "core/contracts.h"
#include "core/quantity.h"

namespace myoaxis {

/// The rate at which `passed(rate)` of the flow is not cleared. `passed` falls from 1 towards 0.
template <class PassedShare>
PerSecond clearance_rate(CubicMetersPerSecond clearance, CubicMetersPerSecond plasma_flow,
                         CubicMeters plasma_volume, PassedShare&& passed) {
  EXPECTS(clearance >= CubicMetersPerSecond{0} && clearance < plasma_flow);
  auto const extraction = clearance.value() / plasma_flow.value();
  if (extraction == 0) return PerSecond{0};
  auto const missing = [&](double rate) { return passed(PerSecond{rate}) - (1 - extraction); };
  // That of one stage; a chain needs less, very unequal paths more.
  auto high = extraction / (1 - extraction) * plasma_flow.value() / plasma_volume.value();
  while (missing(high) > 0) high *= 2;
  std::uintmax_t rounds = 200;
  auto const [low, up] = boost::math::tools::toms748_solve(
      missing, 0.0, high, boost::math::tools::eps_tolerance<double>{50}, rounds);
  return PerSecond{(low + up) / 2};
}

}  // namespace myoaxis

/// Perceived exertion: how hard the work feels, on Borg's scale from 6 (rest) to 20 (maximal).
///
///     E = 6 + 14 min(1, u / u_max)
///
/// u: drive that the work takes, u_max: the largest drive of the moment (drive.h). The same work so feels
/// harder as muscles and brain tire, and 20 is reached when the task fails. That exertion is the sense of
/// one's own drive, and linear in it, is an assumption. An animal gives no rating: for it the number stands
/// for its closeness to refusing the task (a runner that stays on the shock grid), and is no observable.
#pragma once

#include "core/contracts.h"
#include "core/quantity.h"

namespace myoaxis {

inline Number perceived_exertion(Fraction drive, Fraction largest_drive) {
  EXPECTS(drive.value() >= 0 && largest_drive.value() >= 0);
  constexpr double rest = 6;
  constexpr double maximal = 20;
  if (drive.value() <= 0) return Number{rest};
  if (drive >= largest_drive) return Number{maximal};
  return Number{rest + (maximal - rest) * drive.value() / largest_drive.value()};
}

}  // namespace myoaxis

/// Central drive: how hard the brain can excite its muscles, which tired muscles and a tired brain lower.
///
///     u_max = max(floor, VA (1 - g (1 - c) - C))                 (0..1)
///     dC/dt = k u - C ln2 / T                                    (C: share of the drive that is lost)
///
/// c: force capacity of the working muscles (1 when fresh), g: loss of drive per unit of capacity lost, by
/// feedback of group III/IV afferents; C: central fatigue, u: drive, k: its rise at full drive, T: half-time
/// of its recovery, VA: voluntary activation of a fresh subject.
///
/// With the afferents blocked, cyclists drove their muscles 12 % harder and ended more fatigued (twitch force
/// -46 instead of -33 %) [Amann2009]; muscles fatigued beforehand by 20 or 36 % lowered the drive by up to
/// 23 % [Amann2008]. Both fit a loss that grows with fatigue, which is taken as linear: no critical threshold
/// of fatigue is built in, because one may arise from averaging over subjects [Neyroud2016]. That feedback
/// and central fatigue add up is an assumption. Valid for whole-body or large-muscle exercise. The state is
/// exact for constant u.
#pragma once

#include <algorithm>

#include "core/contracts.h"
#include "core/half_life.h"
#include "core/quantity.h"

namespace myoaxis {

struct CentralParams {
  Fraction voluntary_activation;
  Number afferent_gain;
  PerSecond central_gain;
  Seconds central_recovery;  // half-time
  Fraction floor;
};

/// `capacity`: force that the working muscles can still give over that of fresh ones.
inline Fraction largest_drive(Fraction capacity, double central_fatigue, CentralParams const& p) {
  EXPECTS(capacity.value() >= 0 && capacity.value() <= 1 && central_fatigue >= 0);
  EXPECTS(p.afferent_gain.value() >= 0 && p.voluntary_activation.value() <= 1 && p.floor.value() <= 1);
  auto const share_left = 1 - p.afferent_gain.value() * (1 - capacity.value()) - central_fatigue;
  return std::max(p.floor, Fraction{p.voluntary_activation.value() * share_left});
}

/// Central fatigue after `dt` of constant `drive` (0 at rest).
inline double advance_central_fatigue(double central_fatigue, Fraction drive, CentralParams const& p,
                                      Seconds dt) {
  EXPECTS(central_fatigue >= 0 && drive.value() >= 0 && drive.value() <= 1);
  return faded_after(central_fatigue, PerSecond{p.central_gain.value() * drive.value()}, p.central_recovery,
                     dt);
}

}  // namespace myoaxis

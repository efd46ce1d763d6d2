/// What became of the planned sessions: done or skipped, how hard, with which work and exertion.
#pragma once

#include <cstdint>
#include <optional>
#include <tuple>

#include "core/clock.h"
#include "core/state_visit.h"

namespace myoaxis {

/// The session that is under way, or the last one.
struct SessionState {
  std::optional<std::size_t> number;  // in the calendar
  bool attended = false;
  double effort = 1;         // share of the prescribed intensity
  double oxygen = 0;         // integral of the oxygen uptake, VO2max x s
  double impulse = 0;        // integral of the force of contraction x duty, s
  double missed = 0;         // the same of what was asked for and not given
  double worked = 0;         // s under load
  double exertion = 0;       // highest perceived exertion, Borg's 6 to 20
  double affect_before = 0;  // SD
  double mood_before = 0;    // SD

  static constexpr auto members() {
    using S = SessionState;
    return std::tuple{
        member("number", "1", "number in the calendar, -1 for none", &S::number),
        member("attended", "1", "1 when the subject did it", &S::attended),
        member("effort", "1", "share of the prescribed intensity", &S::effort),
        member("oxygen", "s", "oxygen uptake x time, of VO2max", &S::oxygen),
        member("impulse", "s", "force of contraction x duty x time", &S::impulse),
        member("missed", "s", "the same of what was asked for and not given", &S::missed),
        member("worked", "s", "time under load", &S::worked),
        member("exertion", "1", "highest perceived exertion, Borg's 6 to 20", &S::exertion),
        member("affect_before", "1", "affect at its begin, in SD of the resting score", &S::affect_before),
        member("mood_before", "1", "mood at its begin, in SD of the resting score", &S::mood_before)};
  }
};

}  // namespace myoaxis

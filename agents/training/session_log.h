/// What became of the planned sessions: done or skipped, how hard, with which work and exertion.
#pragma once

#include <cstdint>
#include <optional>

#include "core/clock.h"
#include "core/state_hash.h"

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
};

inline void add_to_hash(StateHash& hash, SessionState const& s) {
  hash.add(static_cast<std::int64_t>(s.number ? static_cast<std::int64_t>(*s.number) : -1));
  hash.add(std::int64_t{s.attended});
  for (auto const value :
       {s.effort, s.oxygen, s.impulse, s.missed, s.worked, s.exertion, s.affect_before, s.mood_before}) {
    hash.add(value);
  }
}

}  // namespace myoaxis

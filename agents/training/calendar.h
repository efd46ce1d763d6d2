/// A training regime in the terms of exercise science, and the calendar of sessions that it comes to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agents/training/demand.h"
#include "core/clock.h"
#include "core/quantity.h"
#include "core/step_plan.h"

namespace myoaxis {

/// A stretch of a session at one workload; none is a pause.
struct WorkInterval {
  std::int64_t seconds = 0;
  Workload workload;
};

/// How a regime's volume (the duration of its work) grows from week to week.
struct Progression {
  Number weekly_change;           // 0.05: + 5 % a week, compounded
  std::int64_t deload_every = 0;  // weeks; 0 for never
  Fraction deload_volume{1.0};    // volume of such a week, relative to what it would be
};

/// One kind of session and when it takes place: on days of the week, every so many seconds, or once.
struct SessionRule {
  std::string mode;
  std::vector<int> weekdays;           // 0 = Monday
  std::int64_t time_of_day = 0;        // s after 00:00, with weekdays
  std::optional<std::int64_t> period;  // s between starts, from the first time of day
  std::vector<Tick> at;                // single sessions
  std::vector<WorkInterval> work;
  Progression progression;
};

/// One stretch of work in absolute time.
struct Bout {
  Tick begin;
  Tick end;
  Workload workload;
};

struct Session {
  Tick begin;
  Tick end;
  std::string mode;
  std::vector<Bout> bouts;
};

/// Volume of week w (0, 1, ...) relative to the first: (1 + c)^w, times the deload volume in every n-th week.
double weekly_volume(Progression const& progression, std::int64_t week);

class Calendar {
 public:
  Calendar() = default;
  /// All sessions that begin in the `duration` seconds from day 0. Throws std::invalid_argument when two
  /// overlap.
  Calendar(std::vector<SessionRule> const& rules, std::int64_t duration);

  std::vector<Session> const& sessions() const { return sessions_; }
  /// What is asked for from `tick` on; nothing outside of bouts.
  Workload workload_at(Tick tick) const;
  /// Number of the session that `tick` lies in.
  std::optional<std::size_t> session_at(Tick tick) const;
  /// Time since the last session ended; nothing within a session and before the first.
  std::optional<std::int64_t> seconds_since_session(Tick tick) const;

  /// The phases of the step plan: sessions, and what follows them for `recovery` seconds.
  std::vector<Phase> phases(std::int64_t step_in_session, std::int64_t step_in_recovery,
                            std::int64_t recovery) const;
  /// Begin and end of every bout.
  std::vector<Tick> marks() const;

 private:
  std::vector<Session> sessions_;
};

}  // namespace myoaxis

/// Sessions that a saved state has behind it, and which of another schedule's they are.
///
/// A state remembers sessions by their number in the calendar that it lived by. Another schedule counts its
/// own sessions: one is the same only if it is at the same time and asks for the same work.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agents/training/calendar.h"

namespace myoaxis {

struct BegunSession {
  Tick end;
  std::uint64_t content = 0;  // fingerprint of when it is, what is done in it and how hard
  bool operator==(BegunSession const&) const = default;
};

/// All that have begun before `now`, by number.
std::vector<BegunSession> begun_sessions(Calendar const& calendar, Tick now);

/// The number of each in another calendar; nothing for one that it does not have.
std::vector<std::optional<std::size_t>> numbers_in(Calendar const& calendar,
                                                   std::vector<BegunSession> const& begun);

/// Why a state of `now` cannot live on by the calendar: it is within a session or recovers from it for
/// `recovery` seconds, and the calendar does not have that session; or the other way round. Nothing when it
/// can.
std::optional<std::string> misfit(Calendar const& calendar, std::vector<BegunSession> const& begun, Tick now,
                                  std::int64_t recovery);

}  // namespace myoaxis

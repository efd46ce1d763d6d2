#include "io/run/begun_sessions.h"

#include <fmt/core.h>

#include <algorithm>

#include "core/address.h"

namespace myoaxis {
namespace {

constexpr auto kSessionCure =
    "give both the same session at the same time, or set out from a state before it or rested from it";

BegunSession identity_of(Session const& session) {
  auto text = fmt::format("{} {} {}", session.mode, session.begin.seconds(), session.end.seconds());
  for (auto const& bout : session.bouts) {
    text += fmt::format(" {} {} {} {}", bout.begin.seconds(), bout.end.seconds(),
                        bout.workload.intensity.value(), bout.workload.load.value());
  }
  return {session.end, name_key(text)};
}

}  // namespace

std::vector<BegunSession> begun_sessions(Calendar const& calendar, Tick now) {
  std::vector<BegunSession> begun;
  for (auto const& session : calendar.sessions()) {
    if (session.begin < now) begun.push_back(identity_of(session));
  }
  return begun;
}

std::vector<std::optional<std::size_t>> numbers_in(Calendar const& calendar,
                                                   std::vector<BegunSession> const& begun) {
  std::vector<BegunSession> planned;
  for (auto const& session : calendar.sessions()) planned.push_back(identity_of(session));
  std::vector<std::optional<std::size_t>> numbers;
  for (auto const& session : begun) {
    auto const found = std::find(planned.begin(), planned.end(), session);
    numbers.emplace_back();
    if (found != planned.end()) numbers.back() = static_cast<std::size_t>(found - planned.begin());
  }
  return numbers;
}

std::optional<std::string> misfit(Calendar const& calendar, std::vector<BegunSession> const& begun, Tick now,
                                  std::int64_t recovery) {
  auto const numbers = numbers_in(calendar, begun);
  if (!begun.empty() && !numbers.back()) {
    auto const end = begun.back().end;
    if (now < end)
      return fmt::format("it is within a session, up to {}, that this schedule does not have ({})",
                         to_string(end), kSessionCure);
    // Steps are short and the circulation is followed only after sessions that the schedule has.
    if (now < end + recovery)
      return fmt::format("it recovers, up to {}, from a session that this schedule does not have ({})",
                         to_string(end + recovery), kSessionCure);
  }
  auto const here = calendar.session_at(now);
  if (!here || calendar.sessions()[*here].begin == now) return {};
  if (!numbers.empty() && numbers.back() == *here) return {};
  auto const& session = calendar.sessions()[*here];
  return fmt::format("it is not in the session that this schedule has from {} to {} ({})",
                     to_string(session.begin), to_string(session.end), kSessionCure);
}

}  // namespace myoaxis

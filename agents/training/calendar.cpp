#include "agents/training/calendar.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace myoaxis {
namespace {

Session session_at_start(SessionRule const& rule, Tick start) {
  auto const volume = weekly_volume(rule.progression, day_of(start) / 7);
  Session session{start, start, rule.mode, {}};
  for (auto const& work : rule.work) {
    auto const scale = work.workload.is_rest() ? 1.0 : volume;
    auto const seconds = std::max<std::int64_t>(1, std::llround(static_cast<double>(work.seconds) * scale));
    if (!work.workload.is_rest())
      session.bouts.push_back({session.end, session.end + seconds, work.workload});
    session.end = session.end + seconds;
  }
  return session;
}

std::vector<Tick> starts_of(SessionRule const& rule, std::int64_t duration) {
  std::vector<Tick> starts;
  for (auto const tick : rule.at) starts.push_back(tick);
  if (rule.period) {
    for (auto t = rule.time_of_day; t < duration; t += *rule.period) starts.emplace_back(t);
  }
  for (std::int64_t day = 0; day * kDay < duration; ++day) {
    auto const wanted = std::find(rule.weekdays.begin(), rule.weekdays.end(), weekday_of(day));
    if (wanted != rule.weekdays.end()) starts.emplace_back(day * kDay + rule.time_of_day);
  }
  std::erase_if(starts, [&](Tick start) { return start < Tick{0} || start.seconds() >= duration; });
  return starts;
}

/// Element of `sessions` that contains `tick`, or the end.
auto find_session(std::vector<Session> const& sessions, Tick tick) {
  auto const after = std::upper_bound(sessions.begin(), sessions.end(), tick,
                                      [](Tick t, Session const& session) { return t < session.begin; });
  if (after == sessions.begin() || std::prev(after)->end <= tick) return sessions.end();
  return std::prev(after);
}

}  // namespace

double weekly_volume(Progression const& progression, std::int64_t week) {
  auto const growth = std::pow(1 + progression.weekly_change.value(), static_cast<double>(week));
  auto const deload = progression.deload_every > 0 && (week + 1) % progression.deload_every == 0;
  return growth * (deload ? progression.deload_volume.value() : 1.0);
}

Calendar::Calendar(std::vector<SessionRule> const& rules, std::int64_t duration) {
  for (auto const& rule : rules) {
    for (auto const start : starts_of(rule, duration)) sessions_.push_back(session_at_start(rule, start));
  }
  std::stable_sort(sessions_.begin(), sessions_.end(),
                   [](Session const& a, Session const& b) { return a.begin < b.begin; });
  for (std::size_t i = 1; i < sessions_.size(); ++i) {
    if (sessions_[i].begin >= sessions_[i - 1].end) continue;
    throw std::invalid_argument{fmt::format("the session at {} begins before the one at {} has ended ({})",
                                            to_string(sessions_[i].begin), to_string(sessions_[i - 1].begin),
                                            to_string(sessions_[i - 1].end))};
  }
}

Workload Calendar::workload_at(Tick tick) const {
  auto const session = find_session(sessions_, tick);
  if (session == sessions_.end()) return {};
  for (auto const& bout : session->bouts) {
    if (bout.begin <= tick && tick < bout.end) return bout.workload;
  }
  return {};
}

std::optional<std::size_t> Calendar::session_at(Tick tick) const {
  auto const session = find_session(sessions_, tick);
  if (session == sessions_.end()) return {};
  return static_cast<std::size_t>(session - sessions_.begin());
}

std::optional<std::int64_t> Calendar::seconds_since_session(Tick tick) const {
  auto const after = std::upper_bound(sessions_.begin(), sessions_.end(), tick,
                                      [](Tick t, Session const& session) { return t < session.begin; });
  if (after == sessions_.begin() || std::prev(after)->end > tick) return {};
  return tick - std::prev(after)->end;
}

std::vector<Phase> Calendar::phases(std::int64_t step_in_session, std::int64_t step_in_recovery,
                                    std::int64_t recovery) const {
  std::vector<Phase> phases;
  for (std::size_t i = 0; i < sessions_.size(); ++i) {
    phases.push_back({sessions_[i].begin, sessions_[i].end, step_in_session});
    auto end = sessions_[i].end + recovery;
    if (i + 1 < sessions_.size()) end = std::min(end, sessions_[i + 1].begin);
    if (end > sessions_[i].end) phases.push_back({sessions_[i].end, end, step_in_recovery});
  }
  return phases;
}

std::vector<Tick> Calendar::marks() const {
  std::vector<Tick> marks;
  for (auto const& session : sessions_) {
    for (auto const& bout : session.bouts) {
      marks.push_back(bout.begin);
      marks.push_back(bout.end);
    }
  }
  return marks;
}

}  // namespace myoaxis

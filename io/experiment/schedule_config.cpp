#include "io/experiment/schedule_config.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "core/units.h"
#include "io/experiment/time_text.h"

namespace myoaxis {
namespace {

constexpr Limits kIntensity{.low = 0, .high = 1};
constexpr Limits kLoad{.low = 0, .high = 1, .low_open = true};
constexpr std::array<std::string_view, 1> kPeriods{"week"};
constexpr std::int64_t kLongest = 100 * 366 * kDay;

/// Longer times are refused as well, by `check_lengths`, in words that a person writes.
Limits duration_limits(double low) { return at_least(low); }

void check_aerobic(Section& section, ModeParams const& mode, Intensity intensity) {
  if (mode.force_at_maximum || !(intensity.value() > 0)) return;
  section.fail(
      "this mode has no aerobic work (its force_at_maximum is not given); use sets, repetitions, load");
}

/// { sets, repetitions, load, rest }: sets of repetitions with a load, with pauses between the sets.
void read_sets(Section& section, ModeParams const& mode, std::vector<WorkInterval>& work) {
  auto const sets = section.integer("sets", 1, 1000, "number of sets");
  auto const repetitions = section.integer("repetitions", 1, 1000, "repetitions of each");
  auto const load = section.quantity<RelativeLoad>("load", kLoad, "share of the one-repetition maximum");
  auto const rest =
      read_whole_seconds_or(section, "rest", 0, "0 s", duration_limits(0), "pause between sets");
  if (!mode.oxygen_cost) {
    section.fail(
        "this mode has no repetitions (its oxygen_cost and repetition are not given); use duration, "
        "intensity");
  }
  for (std::int64_t i = 0; i < sets; ++i) {
    work.push_back({repetitions * std::max<std::int64_t>(1, mode.repetition), {Intensity{0}, load}});
    if (rest > 0 && i + 1 < sets) work.push_back({rest, {}});
  }
}

/// { duration, intensity } is one stretch; { repeat, work, at, rest } stands for repeated stretches with
/// pauses between them; sets are of repetitions.
void read_work(Section section, ModeParams const& mode, std::vector<WorkInterval>& work) {
  if (section.has("sets")) {
    read_sets(section, mode, work);
  } else if (section.has("repeat")) {
    auto const repeat = section.integer("repeat", 1, 1000, "number of intervals");
    auto const seconds = read_whole_seconds(section, "work", duration_limits(1), "duration of one interval");
    auto const intensity = section.quantity<Intensity>("at", kIntensity, "its intensity");
    auto const rest =
        read_whole_seconds_or(section, "rest", 0, "0 s", duration_limits(0), "pause between intervals");
    check_aerobic(section, mode, intensity);
    for (std::int64_t i = 0; i < repeat; ++i) {
      work.push_back({seconds, {intensity, {}}});
      if (rest > 0 && i + 1 < repeat) work.push_back({rest, {}});
    }
  } else {
    auto const seconds = read_whole_seconds(section, "duration", duration_limits(1), "duration of this part");
    auto const intensity =
        section.quantity<Intensity>("intensity", kIntensity, "share of maximal oxygen uptake");
    check_aerobic(section, mode, intensity);
    work.push_back({seconds, {intensity, {}}});
  }
  section.finish();
}

Progression read_progression(Section section) {
  section.choice_or("per", "week", kPeriods, "what the progression counts in");
  Progression progression;
  progression.weekly_change =
      section.quantity_or<Number>("volume", Number{0}, "+0 %", {.low = -1, .low_open = true},
                                  "change of the duration of work from week to week");
  progression.deload_every =
      section.integer_or("deload_every", 0, 0, 1000, "every how many weeks an easy one; 0: never");
  progression.deload_volume =
      section.quantity_or<Fraction>("deload_volume", Fraction{0.6}, "60 %",
                                    {.low = 0, .high = 1, .low_open = true}, "volume of an easy week");
  section.finish();
  return progression;
}

std::vector<int> read_weekdays(Section& section) {
  std::vector<int> weekdays;
  for (auto const& name : section.texts_or("days", "days of the week: Mon, Tue, Wed, Thu, Fri, Sat, Sun")) {
    auto const index = weekday_index(name);
    if (index < 0)
      section.fail("days", fmt::format("'{}' is no day; allowed: Mon, Tue, Wed, Thu, Fri, Sat, Sun", name));
    weekdays.push_back(index);
  }
  return weekdays;
}

/// When: exactly one of days, every, at.
void read_times(Section& section, SessionRule& rule) {
  rule.weekdays = read_weekdays(section);
  auto const time = section.text_or("time", "00:00", "time of day of the session");
  if (auto const seconds = parse_time_of_day(time)) {
    rule.time_of_day = *seconds;
  } else {
    section.fail("time", fmt::format("'{}' is no time of day; allowed: 00:00 to 23:59", time));
  }
  auto const period =
      read_whole_seconds_or(section, "every", 0, "", duration_limits(60), "time between sessions");
  if (section.has("every")) rule.period = period;
  for (auto const& text : section.texts_or("at", "single sessions: \"day 3 08:00\"")) {
    try {
      rule.at.push_back(parse_instant(text, Tick{kLongest}));
    } catch (UnitError const& error) {
      section.fail("at", error.what());
    }
  }
  auto const given = int{section.has("days")} + int{section.has("every")} + int{section.has("at")};
  if (given != 1) section.fail("say when the session takes place by one of: days, every, at");
}

/// Stands in for a mode that is none, and has nothing against any work.
ModeParams mode_of_any_work() {
  ModeParams mode;
  mode.force_at_maximum = mode.oxygen_cost = Fraction{1};
  return mode;
}

SessionRule read_session(Section section, std::map<std::string, ModeParams> const& modes) {
  SessionRule rule;
  std::vector<std::string> names;
  for (auto const& [name, mode] : modes) names.push_back(name);
  std::vector<std::string_view> const allowed{names.begin(), names.end()};
  rule.mode = section.choice("mode", allowed, "mode of exercise, one of the organism's");
  read_times(section, rule);
  if (section.has_problem("mode")) rule.mode.clear();
  auto const mode = modes.find(rule.mode);
  for (auto& work : section.sections("work", "parts of the session, one after the other"))
    read_work(work, mode == modes.end() ? mode_of_any_work() : mode->second, rule.work);
  if (rule.work.empty())
    section.fail("work",
                 "a session needs work, such as [ { duration = \"40 min\", intensity = \"70 %VO2max\" } ]");
  if (auto progression = section.optional_section("progression", "growth of volume from week to week")) {
    rule.progression = read_progression(*progression);
  }
  section.finish();
  return rule;
}

/// The body has one working muscle: all sessions must use it.
void check_working_muscle(Section& section, ScheduleParams const& schedule,
                          std::map<std::string, ModeParams> const& modes) {
  for (auto const& rule : schedule.rules) {
    auto const first = modes.find(schedule.rules.front().mode);
    auto const mode = modes.find(rule.mode);
    if (first == modes.end() || mode == modes.end()) continue;
    if (mode->second.working_share == first->second.working_share) continue;
    section.fail("session",
                 fmt::format("sessions of one schedule must use the same muscles: working_share is {} "
                             "in mode '{}' and {} in mode '{}'",
                             first->second.working_share.value(), first->first,
                             mode->second.working_share.value(), mode->first));
  }
}

void check_lengths(Section& section, ScheduleParams& schedule) {
  for (auto const& [key, seconds] :
       {std::pair{"baseline", &schedule.baseline}, {"duration", &schedule.duration}}) {
    if (*seconds <= kLongest) continue;
    section.fail(key, "must be at most 100 years");
    *seconds = kWeek;
  }
  if (schedule.baseline % kHour != 0) section.fail("baseline", "must be a whole number of hours");
}

}  // namespace

ScheduleParams read_schedule(Section section, std::map<std::string, ModeParams> const& modes) {
  ScheduleParams schedule;
  section.text_or("from", "", "piece this schedule was taken from");
  section.allow("use");
  section.text_or("description", "", "the regime in words");
  schedule.baseline =
      read_whole_seconds_or(section, "baseline", kWeek, "7 days", duration_limits(0), "time before day 0");
  schedule.duration =
      read_whole_seconds(section, "duration", duration_limits(1), "time from day 0 to the end");
  for (auto& session : section.sections("session", "kinds of session")) {
    schedule.rules.push_back(read_session(session, modes));
  }
  section.finish();
  check_working_muscle(section, schedule, modes);
  check_lengths(section, schedule);
  try {
    Calendar const calendar{schedule.rules, schedule.duration};
    constexpr std::size_t most = 65'000;  // packets remember their session in 16 bits
    if (calendar.sessions().size() > most)
      section.fail("session", fmt::format("more than {} sessions", most));
  } catch (std::invalid_argument const& error) {
    section.fail("session", error.what());
  }
  return schedule;
}

void check_schedule(Section& section, ScheduleParams const& schedule, Seconds age) {
  if (static_cast<double>(schedule.baseline) >= age.value()) {
    section.fail("baseline", "must be shorter than the organism's age on day 0");
  }
  for (auto const& rule : schedule.rules) {
    for (auto const tick : rule.at) {
      if (tick >= Tick{0} && tick < Tick{schedule.duration}) continue;
      section.fail("session", fmt::format("{} lies outside of the schedule, which goes from day 0 to {}",
                                          to_string(tick), to_string(Tick{schedule.duration})));
    }
  }
}

}  // namespace myoaxis

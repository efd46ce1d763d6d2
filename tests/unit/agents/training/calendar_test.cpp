#include "agents/training/calendar.h"

#include <catch2/catch.hpp>

using namespace myoaxis;

namespace {

/// 10 min easy, 5 min pause, 20 min hard.
std::vector<WorkInterval> work() {
  return {{600, {Intensity{0.45}, {}}}, {300, {}}, {1200, {Intensity{0.7}, {}}}};
}

SessionRule on_weekdays(std::vector<int> days, std::int64_t time = 8 * kHour) {
  SessionRule rule;
  rule.mode = "run";
  rule.weekdays = std::move(days);
  rule.time_of_day = time;
  rule.work = work();
  return rule;
}

std::vector<std::int64_t> starts(Calendar const& calendar) {
  std::vector<std::int64_t> starts;
  for (auto const& session : calendar.sessions()) starts.push_back(session.begin.seconds());
  return starts;
}

}  // namespace

TEST_CASE("sessions fall on their weekdays, day 0 being a Monday", "[law]") {
  Calendar const calendar{{on_weekdays({0, 2, 6})}, 8 * kDay};
  CHECK(starts(calendar) == std::vector<std::int64_t>{8 * kHour, 2 * kDay + 8 * kHour, 6 * kDay + 8 * kHour,
                                                      7 * kDay + 8 * kHour});
  CHECK(calendar.sessions().front().mode == "run");
}

TEST_CASE("a period repeats from the first time of day to the end", "[law]") {
  auto rule = on_weekdays({}, 6 * kHour);
  rule.period = 36 * kHour;
  CHECK(starts(Calendar{{rule}, 4 * kDay}) == std::vector<std::int64_t>{6 * kHour, 42 * kHour, 78 * kHour});
}

TEST_CASE("single sessions are sorted, and those outside of the run left out", "[law]") {
  auto rule = on_weekdays({});
  rule.at = {Tick{2 * kDay}, Tick{kHour}, Tick{-kHour}, Tick{3 * kDay}};
  CHECK(starts(Calendar{{rule}, 3 * kDay}) == std::vector<std::int64_t>{kHour, 2 * kDay});
}

TEST_CASE("sessions of several rules are merged in order of time", "[law]") {
  Calendar const calendar{{on_weekdays({1}), on_weekdays({0}), on_weekdays({1}, 20 * kHour)}, 2 * kDay};
  CHECK(starts(calendar) == std::vector<std::int64_t>{8 * kHour, kDay + 8 * kHour, kDay + 20 * kHour});
}

TEST_CASE("the task is that of the bout, from its first second to before its last", "[law]") {
  Calendar const calendar{{on_weekdays({0}, 0)}, kDay};
  auto const task = [&](std::int64_t second) { return calendar.workload_at(Tick{second}).intensity.value(); };
  CHECK(task(-1) == 0);
  CHECK(task(0) == 0.45);
  CHECK(task(599) == 0.45);
  CHECK(task(600) == 0);
  CHECK(task(899) == 0);
  CHECK(task(900) == 0.7);
  CHECK(task(2099) == 0.7);
  CHECK(task(2100) == 0);
}

TEST_CASE("a session goes from its first bout to its last, pauses within it", "[law]") {
  Calendar const calendar{{on_weekdays({0, 1})}, 2 * kDay};
  auto const begin = 8 * kHour;
  CHECK_FALSE(calendar.session_at(Tick{begin - 1}));
  CHECK(calendar.session_at(Tick{begin}) == 0u);
  CHECK(calendar.session_at(Tick{begin + 700}) == 0u);
  CHECK(calendar.session_at(Tick{begin + 2099}) == 0u);
  CHECK_FALSE(calendar.session_at(Tick{begin + 2100}));
  CHECK(calendar.session_at(Tick{kDay + begin}) == 1u);
}

TEST_CASE("volume grows week by week and falls in every deload week", "[law]") {
  Progression const p{Number{0.05}, 4, Fraction{0.6}};
  CHECK(weekly_volume(p, 0) == 1);
  CHECK(weekly_volume(p, 2) == Approx(1.1025).epsilon(1e-14));
  CHECK(weekly_volume(p, 3) == Approx(1.157625 * 0.6).epsilon(1e-14));
  CHECK(weekly_volume(p, 4) == Approx(1.21550625).epsilon(1e-14));
  CHECK(weekly_volume(p, 7) == Approx(std::pow(1.05, 7) * 0.6).epsilon(1e-14));
  CHECK(weekly_volume({Number{0.05}, 0, Fraction{0.6}}, 3) == Approx(1.157625).epsilon(1e-14));
}

TEST_CASE("progression lengthens the work, not the pauses", "[law]") {
  auto rule = on_weekdays({0});
  rule.progression = {Number{0.1}, 0, Fraction{1}};
  Calendar const calendar{{rule}, 15 * kDay};
  auto const& session = calendar.sessions().at(1);
  REQUIRE(session.bouts.size() == 2);
  CHECK(session.bouts[0].end - session.bouts[0].begin == 660);
  CHECK(session.bouts[1].begin - session.bouts[0].end == 300);
  CHECK(session.bouts[1].end - session.bouts[1].begin == 1320);
  CHECK(session.end == session.bouts[1].end);
}

TEST_CASE("sessions that overlap are refused, sessions that touch are not", "[law]") {
  auto const duration = 2100;
  CHECK_THROWS_WITH(
      (Calendar{{on_weekdays({0}), on_weekdays({0}, 8 * kHour + 60)}, kDay}),
      "the session at day 0 08:01 begins before the one at day 0 08:00 has ended (day 0 08:35)");
  Calendar const touching{{on_weekdays({0}), on_weekdays({0}, 8 * kHour + duration)}, kDay};
  CHECK(touching.session_at(Tick{8 * kHour + duration}) == 1u);
}

TEST_CASE("phases follow each other without overlap, recovery ending where the next session begins",
          "[law]") {
  Calendar const calendar{{on_weekdays({0}), on_weekdays({0}, 9 * kHour)}, kDay};
  auto const phases = calendar.phases(8, 32, 2 * kHour);
  REQUIRE(phases.size() == 4);
  for (std::size_t i = 0; i < phases.size(); ++i) {
    CHECK(phases[i].begin < phases[i].end);
    CHECK(phases[i].longest_step == (i % 2 == 0 ? 8 : 32));
    if (i > 0) CHECK(phases[i].begin >= phases[i - 1].end);
  }
  CHECK(phases[1].end == Tick{9 * kHour});
  CHECK(phases[3].end - phases[3].begin == 2 * kHour);
}

TEST_CASE("marks hold both ends of every bout", "[law]") {
  Calendar const calendar{{on_weekdays({0}, 0)}, kDay};
  CHECK(calendar.marks() == std::vector<Tick>{Tick{0}, Tick{600}, Tick{900}, Tick{2100}});
}

TEST_CASE("a sedentary calendar asks for nothing", "[law]") {
  Calendar const calendar{{}, kWeek};
  CHECK(calendar.sessions().empty());
  CHECK(calendar.workload_at(Tick{kDay}).is_rest());
  CHECK_FALSE(calendar.session_at(Tick{kDay}));
  CHECK(calendar.phases(8, 32, kHour).empty());
}

#include "core/clock.h"

#include <catch2/catch.hpp>

using namespace myoaxis;

TEST_CASE("days are counted from Monday, and down before it") {
  CHECK(day_of(Tick{0}) == 0);
  CHECK(day_of(Tick{kDay - 1}) == 0);
  CHECK(day_of(Tick{kDay}) == 1);
  CHECK(day_of(Tick{-1}) == -1);
  CHECK(day_of(Tick{-kDay}) == -1);
  CHECK(day_of(Tick{-kDay - 1}) == -2);
  CHECK(day_of(Tick{-kWeek}) == -7);
}

TEST_CASE("every instant lies in its day") {
  for (std::int64_t seconds = -3 * kDay; seconds <= 3 * kDay; seconds += 617) {
    auto const since = seconds - day_of(Tick{seconds}) * kDay;
    CHECK((since >= 0 && since < kDay));
  }
}

TEST_CASE("the week goes on before day 0") {
  CHECK(weekday_of(0) == weekday_index("Mon"));
  CHECK(weekday_of(6) == weekday_index("Sun"));
  CHECK(weekday_of(7) == weekday_index("Mon"));
  CHECK(weekday_of(-1) == weekday_index("Sun"));
  CHECK(weekday_of(-7) == weekday_index("Mon"));
  CHECK(weekday_of(-8) == weekday_index("Sun"));
}

TEST_CASE("days of the week have an index, other words none") {
  CHECK(weekday_index("Mon") == 0);
  CHECK(weekday_index("Wed") == 2);
  CHECK(weekday_index("Sun") == 6);
  CHECK(weekday_index("mon") == -1);
  CHECK(weekday_index("Monday") == -1);
  CHECK(weekday_index("") == -1);
}

TEST_CASE("the next multiple is at or after an instant") {
  CHECK(next_multiple(Tick{0}, 60) == Tick{0});
  CHECK(next_multiple(Tick{1}, 60) == Tick{60});
  CHECK(next_multiple(Tick{60}, 60) == Tick{60});
  CHECK(next_multiple(Tick{-1}, 60) == Tick{0});
  CHECK(next_multiple(Tick{-60}, 60) == Tick{-60});
  CHECK(next_multiple(Tick{-61}, 60) == Tick{-60});
}

TEST_CASE("instants are written as people say them") {
  CHECK(to_string(Tick{0}) == "day 0 00:00");
  CHECK(to_string(Tick{3 * kDay + 8 * kHour}) == "day 3 08:00");
  CHECK(to_string(Tick{3 * kDay + 8 * kHour + 30 * kMinute + 5}) == "day 3 08:30:05");
  CHECK(to_string(Tick{-1}) == "day -1 23:59:59");
  CHECK(to_string(Tick{-kDay}) == "day -1 00:00");
  CHECK(to_string(Tick{-kDay - kMinute}) == "day -2 23:59");
}

TEST_CASE("instants are ordered, and their differences are seconds") {
  CHECK(Tick{-5} < Tick{3});
  CHECK(Tick{3} - Tick{-5} == 8);
  CHECK(Tick{-5} + 8 == Tick{3});
  CHECK(as_seconds(90) == Seconds{90.0});
}

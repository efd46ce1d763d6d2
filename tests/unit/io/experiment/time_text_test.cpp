#include "io/experiment/time_text.h"

#include <catch2/catch.hpp>

#include "core/units.h"

using namespace myoaxis;

TEST_CASE("times of day are read to the second") {
  CHECK(parse_time_of_day("00:00") == 0);
  CHECK(parse_time_of_day("8:05") == 8 * kHour + 300);
  CHECK(parse_time_of_day("23:59:59") == kDay - 1);
}

TEST_CASE("what is no time of day is refused") {
  auto const text = GENERATE("", "8", "24:00", "12:60", "12:00:60", "-1:00", "12:00 ", "8:5");
  CAPTURE(text);
  CHECK_FALSE(parse_time_of_day(text));
}

TEST_CASE("instants are days, times of day and what is added to them") {
  auto const at = [](std::string_view text) { return parse_instant(text, Tick{99}).seconds(); };
  CHECK(at("end") == 99);
  CHECK(at("day 0") == 0);
  CHECK(at("day 3 08:00") == 3 * kDay + 8 * kHour);
  CHECK(at("day -2") == -2 * kDay);
  CHECK(at("day 3 08:00 + 30 min") == 3 * kDay + 8 * kHour + 1800);
  CHECK(at("day 1 + 2 h") == kDay + 2 * kHour);
}

TEST_CASE("what is no instant is refused") {
  auto const text =
      GENERATE("", "day", "3", "day x", "day 1 25:00", "day 1 + 3 ml", "day 1 + 3", "day 1234567");
  CAPTURE(text);
  CHECK_THROWS_AS(parse_instant(text, Tick{0}), UnitError);
}

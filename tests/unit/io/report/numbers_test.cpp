#include "io/report/numbers.h"

#include <catch2/catch.hpp>
#include <limits>

namespace myoaxis::report {

TEST_CASE("numbers are printed as on a page of a journal") {
  CHECK(number_text(0) == "0");
  CHECK(number_text(1.2345) == "1.23");
  CHECK(number_text(-0.012345, 2) == "\u22120.012");
  CHECK(number_text(1234.5) == "1234");
  CHECK(number_text(1234567, 3) == "1\u202F234\u202F567");
  CHECK(number_text(3.21e-6) == "3.21 \u00D7 10\u207B\u2076");
  CHECK(number_text(2e9, 1) == "2 \u00D7 10\u2079");
  CHECK(number_text(std::numeric_limits<double>::quiet_NaN()) == "\u2013");
  CHECK(number_text(-std::numeric_limits<double>::infinity()) == "\u2212\u221E");
  CHECK(signed_number_text(0) == "0");
  CHECK(signed_number_text(2) == "+2.00");
}

TEST_CASE("what rounds to zero has no sign") {
  CHECK(fixed_text(-0.001, 2) == "0.00");
  CHECK(signed_fixed_text(0.001, 2) == "0.00");
  CHECK(signed_fixed_text(-0.5, 1) == "\u22120.5");
}

TEST_CASE("shares are percentages that do not round to nothing or to all") {
  CHECK(percent_text(0) == "0 %");
  CHECK(percent_text(0.123) == "12 %");
  CHECK(percent_text(0.00001) == "< 0.01 %");
  CHECK(percent_text(0.9996) == "99.96 %");
  CHECK(percent_text(1) == "100 %");
  CHECK(p_text(0.0001) == "< 0.001");
  CHECK(p_text(0.0312) == "0.031");
}

TEST_CASE("times are days and clock times, durations whole units") {
  CHECK(instant_text(3 * 86400 + 19 * 3600) == "day 3, 19:00");
  CHECK(instant_text(-3600) == "day \u22121, 23:00");
  CHECK(duration_text(4 * 604800) == "4 weeks");
  CHECK(duration_text(86400) == "1 day");
  CHECK(duration_text(2400) == "40 min");
}

TEST_CASE("units of files are those of readers") {
  CHECK(unit_text("1") == "");
  CHECK(unit_text("ng min-1 g-1") == "ng/min/g");
  CHECK(unit_text("umol") == "\u00B5mol");
  CHECK(unit_text("d-1") == "per day");
}

}  // namespace myoaxis::report

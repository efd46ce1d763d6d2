#include "core/transport/ledger.h"

#include <catch2/catch.hpp>

using namespace myoaxis;
using Catch::Contains;

TEST_CASE("a ledger that closes is silent", "[conservation]") {
  Ledger const ledger{.initial = 100, .released = {20, 5}, .cleared = {30, 1, 0}};
  CHECK(ledger.total_released() == 25);
  CHECK(ledger.total_cleared() == 31);
  CHECK(ledger.expected_content() == 94);
  CHECK_NOTHROW(check_balance(ledger, 94, "bdnf", "day 3 08:00"));
}

TEST_CASE("one quantum too few or too many stops the run, with factor, time and figures", "[conservation]") {
  Ledger const ledger{.initial = 100, .released = {20, 5}, .cleared = {30, 1, 0}};
  auto const carried = GENERATE(std::int64_t{93}, std::int64_t{95});
  CHECK_THROWS_AS(check_balance(ledger, carried, "bdnf", "day 3 08:00"), InvariantError);
  CHECK_THROWS_WITH(check_balance(ledger, carried, "bdnf", "day 3 08:00"),
                    Contains("bdnf") && Contains("day 3 08:00") && Contains("initial 100") &&
                        Contains("released 25") && Contains("cleared 31") && Contains("94 quanta") &&
                        Contains(std::to_string(carried) + " are"));
}

TEST_CASE("the ledger counts beyond 32 bits and to the last quantum", "[conservation]") {
  constexpr auto much = std::int64_t{1} << 61;
  Ledger const ledger{.initial = much, .released = {much - 1}, .cleared = {much - 2}};
  CHECK(ledger.expected_content() == much + 1);
  CHECK_THROWS_AS(check_balance(ledger, much, "bdnf", "day 0 00:00"), InvariantError);
}

#include "io/run/begun_sessions.h"

#include <catch2/catch.hpp>

namespace myoaxis {
namespace {

using Catch::Matchers::Contains;

constexpr std::int64_t kRecovery = 2 * kHour;

/// Runs of an hour at these hours of day 0 and after.
Calendar runs_at(std::vector<int> const& hours, double intensity = 0.7) {
  SessionRule rule;
  rule.mode = "run";
  for (auto const hour : hours) rule.at.push_back(Tick{hour * kHour});
  rule.work = {{kHour, {Intensity{intensity}, {}}}};
  return {{rule}, 7 * kDay};
}

std::string misfit_at(int hour, Calendar const& there, Calendar const& here) {
  Tick const now{hour * kHour + 1800};
  return misfit(here, begun_sessions(there, now), now, kRecovery).value_or("");
}

}  // namespace

TEST_CASE("a session is known by its time and work, whatever its number", "[io]") {
  auto const begun = begun_sessions(runs_at({6, 30, 54}), Tick{40 * kHour});
  REQUIRE(begun.size() == 2);
  using Numbers = std::vector<std::optional<std::size_t>>;
  CHECK(numbers_in(runs_at({6, 30, 54}), begun) == Numbers{0, 1});
  CHECK(numbers_in(runs_at({2, 30, 60}), begun) == Numbers{std::nullopt, 1});
  CHECK(numbers_in(runs_at({30}), begun) == Numbers{std::nullopt, 0});
  CHECK(numbers_in(runs_at({6, 30}, 0.8), begun) == Numbers{std::nullopt, std::nullopt});
  CHECK(begun_sessions(runs_at({6}), Tick{6 * kHour}).empty());
}

TEST_CASE("a state within a session lives on only where that session does", "[io]") {
  CHECK(misfit_at(6, runs_at({6, 30}), runs_at({6, 50})).empty());
  CHECK_THAT(misfit_at(6, runs_at({6}), runs_at({30})), Contains("within a session, up to day 0 07:00"));
  CHECK_THAT(misfit_at(6, runs_at({6}), runs_at({6}, 0.5)), Contains("within a session"));
  CHECK_THAT(misfit_at(6, runs_at({30}), runs_at({6})), Contains("not in the session") && Contains("06:00"));
}

TEST_CASE("a state that recovers needs the session that it recovers from", "[io]") {
  CHECK(misfit_at(7, runs_at({6}), runs_at({6, 30})).empty());
  CHECK_THAT(misfit_at(7, runs_at({6}), runs_at({30})), Contains("recovers, up to day 0 09:00"));
  CHECK(misfit_at(9, runs_at({6}), runs_at({30})).empty());
  CHECK(misfit_at(9, runs_at({6}), runs_at({})).empty());
}

TEST_CASE("a state before any session suits every schedule", "[io]") {
  for (auto const& here : {runs_at({}), runs_at({6}), runs_at({0})})
    CHECK_FALSE(misfit(here, begun_sessions(runs_at({6}), Tick{0}), Tick{0}, kRecovery));
}

}  // namespace myoaxis

#include "core/step_plan.h"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <set>

#include "tests/unit/core/aborts.h"

using namespace myoaxis;

namespace {

std::vector<Step> steps_of(StepPlanner const& planner, Tick begin) {
  std::vector<Step> steps;
  for (auto now = begin; now < planner.end(); now = steps.back().end()) steps.push_back(planner.next(now));
  return steps;
}

bool ends_at(std::vector<Step> const& steps, Tick tick) {
  return std::any_of(steps.begin(), steps.end(), [&](Step const& step) { return step.end() == tick; });
}

constexpr Tick kBegin{-kDay};
constexpr Tick kEnd{2 * kDay + 12345};

/// A baseline day, two bouts with their recoveries, some marks on odd seconds and in no order.
StepPlanner a_training_week(std::int64_t grid, std::int64_t longest_step) {
  std::vector<Phase> const phases{{Tick{8 * kHour}, Tick{8 * kHour + 2400}, 15},
                                  {Tick{8 * kHour + 2400}, Tick{10 * kHour + 7}, 60},
                                  {Tick{kDay + 33333}, Tick{kDay + 36000}, 10}};
  return {kEnd,
          grid,
          longest_step,
          phases,
          {Tick{kDay + 1}, Tick{-12345}, Tick{40000}, Tick{40000}, Tick{90001}}};
}

}  // namespace

TEST_CASE("steps cover the whole span without a gap and end exactly") {
  auto const grid = GENERATE(std::int64_t{600}, kHour, kDay);
  auto const steps = steps_of(a_training_week(grid, 4096), kBegin);
  auto now = kBegin;
  for (auto const& step : steps) {
    CHECK(step.begin == now);
    CHECK(step.seconds > 0);
    now = step.end();
  }
  CHECK(now == kEnd);
}

TEST_CASE("steps end at every mark, at both ends of every phase and at every multiple of the grid") {
  auto const planner = a_training_week(kHour, 4096);
  auto const steps = steps_of(planner, kBegin);
  for (auto const mark : {-12345L, kDay + 1, 40000L, 90001L, 8 * kHour, 8 * kHour + 2400, 10 * kHour + 7,
                          kDay + 33333, kDay + 36000}) {
    CAPTURE(mark);
    CHECK(ends_at(steps, Tick{mark}));
  }
  for (auto tick = kBegin + kHour; tick < kEnd; tick = tick + kHour) CHECK(ends_at(steps, tick));
}

TEST_CASE("lengths are powers of two or the grid's period") {
  auto const longest =
      GENERATE(std::int64_t{1}, std::int64_t{100}, std::int64_t{2048}, std::int64_t{3600}, kDay);
  for (auto const& step : steps_of(a_training_week(kHour, longest), kBegin)) {
    CHECK((step.seconds == kHour || std::has_single_bit(static_cast<std::uint64_t>(step.seconds))));
    CHECK(step.seconds <= std::max(longest, std::int64_t{32}));  // a phase has its own longest step
  }
}

TEST_CASE("no step is longer than its phase allows") {
  for (auto const& step : steps_of(a_training_week(kHour, 4096), kBegin)) {
    auto const begin = step.begin.seconds();
    if (begin >= 8 * kHour && begin < 8 * kHour + 2400) CHECK(step.seconds <= 8);
    if (begin >= 8 * kHour + 2400 && begin < 10 * kHour + 7) CHECK(step.seconds <= 32);
    if (begin >= kDay + 33333 && begin < kDay + 36000) CHECK(step.seconds <= 8);
  }
}

TEST_CASE("the largest allowed step is taken") {
  StepPlanner const planner{
      Tick{10 * kHour}, kHour, kDay, {{Tick{kHour}, Tick{2 * kHour}, 60}}, {Tick{3 * kHour + 1030}}};
  CHECK(planner.next(Tick{0}).seconds == kHour);
  CHECK(planner.next(Tick{kHour}).seconds == 32);
  CHECK(planner.next(Tick{2 * kHour}).seconds == kHour);
  CHECK(planner.next(Tick{3 * kHour}).seconds == 1024);
  CHECK(planner.next(Tick{3 * kHour + 1024}).seconds == 4);
  CHECK(planner.next(Tick{3 * kHour + 1028}).seconds == 2);
  CHECK(planner.next(Tick{3 * kHour + 1030}).seconds == 2048);
  CHECK(planner.next(Tick{10 * kHour - 1}).seconds == 1);
}

TEST_CASE("a step depends on where it begins, not on where the run began", "[reproducible]") {
  auto const planner = a_training_week(kHour, 2048);
  auto const from_begin = steps_of(planner, kBegin);
  auto const resumed = from_begin[from_begin.size() / 3].begin;
  auto const again = steps_of(planner, resumed);
  CHECK(std::equal(again.rbegin(), again.rend(), from_begin.rbegin(), [](Step const& one, Step const& other) {
    return one.begin == other.begin && one.seconds == other.seconds;
  }));
}

TEST_CASE("the summary agrees with the steps") {
  auto const grid = GENERATE(kHour, std::int64_t{4096});
  auto const planner = a_training_week(grid, 4096);
  auto const steps = steps_of(planner, kBegin);
  std::set<std::int64_t> lengths;
  for (auto const& step : steps) lengths.insert(step.seconds);
  auto const summary = planner.summarize(kBegin);
  CHECK(summary.steps == static_cast<std::int64_t>(steps.size()));
  CHECK(summary.lengths == std::vector<std::int64_t>(lengths.begin(), lengths.end()));
  CHECK(planner.summarize(kEnd).steps == 0);
}

TEST_CASE("instants on the grid are known, before day 0 too") {
  auto const planner = a_training_week(kHour, 4096);
  CHECK(planner.grid() == kHour);
  CHECK(planner.on_grid(Tick{0}));
  CHECK(planner.on_grid(Tick{-2 * kHour}));
  CHECK_FALSE(planner.on_grid(Tick{-1}));
  CHECK_FALSE(planner.on_grid(Tick{1800}));
}

TEST_CASE("marks after the end change nothing") {
  StepPlanner const planner{Tick{100}, kHour, 64, {{Tick{90}, Tick{500}, 1}}, {Tick{1000}}};
  auto const steps = steps_of(planner, Tick{0});
  CHECK(steps.back().end() == Tick{100});
  CHECK(steps.back().seconds == 1);
}

#ifdef MYOAXIS_CONTRACTS
TEST_CASE("no step begins at the end") {
  StepPlanner const planner{Tick{100}, kHour, 64, {}, {}};
  CHECK(aborts([&] { planner.next(Tick{100}); }));
}
#endif

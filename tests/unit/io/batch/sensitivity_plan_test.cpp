#include "io/batch/sensitivity_plan.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <set>

#include "core/draws.h"
#include "tests/unit/io/batch/readings.h"

using namespace myoaxis;

namespace {

SensitivityPlan plan_of(SensitivityParams const& params) {
  auto const all = test::some_parameters();
  Diagnostics diagnostics;
  auto const varied = choose_parameters(params, all, {"b.toml", 1, 1}, diagnostics);
  REQUIRE(diagnostics.empty());
  return plan_sensitivity(params, varied, all);
}

double number_of(SensitivityRun const& run, std::string const& key) {
  for (auto const& setting : run.settings) {
    if (setting.key == key) return setting.number;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

/// An outcome that rises by 40 over the range of the niches, and by `noise` from one luck of a run's group to
/// the other.
std::vector<double> outcomes_of(SensitivityPlan const& plan, double noise) {
  std::vector<double> values;
  for (auto const& run : plan.runs)
    values.push_back(100 + number_of(run, "brain.niches") + noise * static_cast<double>(run.luck % 2));
  return values;
}

Influence const& influence_of(OutcomeSensitivity const& result, std::string const& key) {
  for (auto const& one : result.influences) {
    if (one.key == key) return one;
  }
  FAIL("no influence of " + key);
  return result.influences.front();
}

constexpr auto kLiverShare = "factor.bdnf.clearance_share.liver";

}  // namespace

TEST_CASE("a screening takes a run more than inputs for each trajectory, a variance study two more") {
  // Five parameters with a range, and luck.
  CHECK(plan_of({.trajectories = 3}).runs.size() == 3 * 7);
  CHECK(plan_of({.trajectories = 3, .luck = false}).runs.size() == 3 * 6);
  CHECK(plan_of({.method = SensitivityMethod::sobol, .samples = 4}).runs.size() == 4 * 8);
}

TEST_CASE("each trajectory or row has two lucks of its own, and without luck all runs share one") {
  auto const method = GENERATE(SensitivityMethod::morris, SensitivityMethod::sobol);
  auto const plan = plan_of({.method = method, .trajectories = 4, .samples = 4});
  auto const group_size = plan.runs.size() / 4;
  for (std::size_t group = 0; group < 4; ++group) {
    std::set<std::uint64_t> lucks;
    for (std::size_t i = 0; i < group_size; ++i) lucks.insert(plan.runs[group * group_size + i].luck);
    CHECK(lucks == std::set<std::uint64_t>{2 * group, 2 * group + 1});
  }
  for (auto const& run : plan_of({.method = method, .trajectories = 4, .samples = 4, .luck = false}).runs)
    CHECK(run.luck == 0);
}

TEST_CASE("in the row of a variance study only B and the step of luck have the other luck") {
  auto const plan = plan_of({.method = SensitivityMethod::sobol, .samples = 4});
  for (std::size_t row = 0; row < 4; ++row) {
    for (std::size_t i = 0; i < 8; ++i)
      CHECK(plan.runs[8 * row + i].luck % 2 == (i == 1 || i == 7 ? 1u : 0u));
  }
}

TEST_CASE("numbers lie in the ranges, counts are whole and shares keep their sum", "[conservation]") {
  auto const method = GENERATE(SensitivityMethod::morris, SensitivityMethod::sobol);
  for (auto const& run : plan_of({.method = method, .trajectories = 8, .samples = 8}).runs) {
    auto const niches = number_of(run, "brain.niches");
    CHECK(niches == std::floor(niches));
    CHECK((niches >= 20 && niches <= 60));
    auto const reflection = number_of(run, "factor.bdnf.reflection");
    CHECK((reflection >= 0.01 && reflection <= 0.9));
    CHECK(number_of(run, kLiverShare) + number_of(run, "factor.bdnf.clearance_share.kidney") +
              number_of(run, "factor.bdnf.clearance_share.rest") ==
          Approx(1));
  }
}

TEST_CASE("the parameter that moves an outcome comes first, with its effect per range") {
  auto const plan = plan_of({.trajectories = 30});
  auto const result = analyze(plan, "cells_born", "d-1", outcomes_of(plan, 3));
  CHECK(result.runs == 30 * 7);
  CHECK(result.without_value == 0);
  REQUIRE(result.influences.size() == 6);
  auto const& first = result.influences.front();
  CHECK(first.key == "brain.niches");
  CHECK(first.status == "recalled");
  CHECK(first.range == "20 to 60");
  CHECK(first.size() == Approx(40));
  CHECK(result.influences[1].key == "luck");
  CHECK(result.influences[1].size() == Approx(3));
  CHECK(influence_of(result, "factor.bdnf.clearance").size() == Approx(0).margin(1e-12));
}

TEST_CASE("the effect of a count of few values is that of its whole range, on either scale") {
  auto count = test::parameter("brain.layers", 2, "1", {});
  count.whole = true;
  auto const [low, high, scale] = GENERATE(table<double, double, RangeScale>(
      {{1, 2, RangeScale::linear}, {0, 3, RangeScale::linear}, {1, 16, RangeScale::logarithmic}}));
  CAPTURE(low, high);
  SensitivityParams const params{.trajectories = 20};
  auto const plan = plan_sensitivity(params, {{count, {}, low, high, scale}}, {count});
  std::vector<double> values;
  for (auto const& run : plan.runs) {
    auto const number = number_of(run, "brain.layers");
    values.push_back(5 + (scale == RangeScale::linear ? number : std::log(number)));
  }
  auto const expected = scale == RangeScale::linear ? high - low : std::log(high / low);
  auto const result = analyze(plan, "cells_born", "d-1", values);
  CHECK(influence_of(result, "brain.layers").size() == Approx(expected));
}

TEST_CASE("the share of luck in the variance comes out beside that of the parameters", "[statistical]") {
  // Niches: 41 whole numbers, variance (41^2 - 1) / 12 = 140; luck: uniform, variance 120.
  auto const plan = plan_of({.method = SensitivityMethod::sobol, .samples = 1024});
  auto values = outcomes_of(plan, 0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    Draws draws{Luck{plan.runs[i].luck}, Purpose::measurement, 0, 0};
    values[i] += std::sqrt(12 * 120.0) * unit_interval(draws);
  }
  auto const result = analyze(plan, "cells_born", "d-1", values);
  auto const niches = std::get<SobolIndices>(influence_of(result, "brain.niches").numbers);
  auto const luck = std::get<SobolIndices>(influence_of(result, "luck").numbers);
  // Standard errors are .015 with 1024 rows; 5 of them.
  CHECK(niches.total == Approx(140.0 / 260).margin(0.075));
  CHECK(niches.first == Approx(140.0 / 260).margin(0.075));
  CHECK(luck.total == Approx(120.0 / 260).margin(0.075));
  CHECK(luck.first == Approx(120.0 / 260).margin(0.075));
}

TEST_CASE("runs without a value are counted, and what cannot be told comes last") {
  auto const plan = plan_of({.trajectories = 2});
  std::vector<double> const none(plan.runs.size(), std::numeric_limits<double>::quiet_NaN());
  auto const result = analyze(plan, "cells_born", "d-1", none);
  CHECK(result.without_value == plan.runs.size());
  CHECK(std::isnan(result.mean));
  CHECK(std::isnan(result.influences.front().size()));
  auto values = outcomes_of(plan, 0);
  values[0] = std::numeric_limits<double>::quiet_NaN();
  auto const partly = analyze(plan, "cells_born", "d-1", values);
  CHECK(partly.without_value == 1);
  CHECK(std::isfinite(partly.mean));
}

TEST_CASE("a plan is the same whatever the order of the parameters", "[reproducible]") {
  auto const all = test::some_parameters();
  Diagnostics diagnostics;
  SensitivityParams const params{.trajectories = 3};
  auto varied = choose_parameters(params, all, {}, diagnostics);
  auto const plan = plan_sensitivity(params, varied, all);
  std::ranges::reverse(varied);
  auto const turned = plan_sensitivity(params, varied, all);
  for (std::size_t i = 0; i < plan.runs.size(); ++i) {
    CHECK(plan.runs[i].luck == turned.runs[i].luck);
    for (auto const& setting : plan.runs[i].settings)
      CHECK(number_of(turned.runs[i], setting.key) == Approx(setting.number).epsilon(1e-12));
  }
}

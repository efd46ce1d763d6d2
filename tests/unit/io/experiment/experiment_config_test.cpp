#include "io/experiment/experiment_config.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "io/experiment/graph_config.h"
#include "tests/support/experiments.h"
#include "tests/unit/io/config/temporary_folder.h"

using namespace myoaxis;
using test::TemporaryFolder;

namespace {

/// A sound experiment, one key a line, so that a test can spoil a line and name it.
std::vector<std::string> sound() {
  return {"seed = 7",                                                          // 1
          "[organism]",                                                        // 2
          "use = \"mouse\"",                                                   // 3
          "[scale]",                                                           // 4
          "preset = \"quick\"",                                                // 5
          "[schedule]",                                                        // 6
          "duration = \"3 days\"",                                             // 7
          "[[schedule.session]]",                                              // 8
          "mode = \"run\"",                                                    // 9
          "at = [\"day 0 08:00\"]",                                            // 10
          "work = [ { duration = \"40 min\", intensity = \"70 %VO2max\" } ]",  // 11
          "[output]",                                                          // 12
          "snapshots = [\"day 0\", \"end\"]"};                                 // 13
}

std::string experiment_text(std::vector<std::string> const& lines) {
  std::string text;
  for (auto const& line : lines) text += line + '\n';
  return text;
}

LoadedExperiment load(TemporaryFolder const& folder, std::vector<std::string> const& lines) {
  return load_experiment(folder.write("e.toml", experiment_text(lines)), {}, SearchPath{{test::kConfigs}});
}

std::vector<Problem> experiment_problems(std::vector<std::string> const& lines,
                                         std::vector<std::string> const& sets = {}) {
  TemporaryFolder const folder;
  auto const file = folder.write("e.toml", experiment_text(lines));
  try {
    load_experiment(file, sets, SearchPath{{test::kConfigs}});
  } catch (ConfigError const& error) {
    auto problems = error.problems();
    for (auto& problem : problems) {
      if (problem.place.file == file.string()) problem.place.file = "e.toml";
    }
    return problems;
  }
  return {};
}

/// What is reported when `line` (from 1) is replaced.
std::vector<Problem> spoiled(std::size_t line, std::string text) {
  auto lines = sound();
  lines[line - 1] = std::move(text);
  return experiment_problems(lines);
}

void check_only(std::vector<Problem> const& problems, unsigned line, unsigned column,
                std::string const& part) {
  REQUIRE(problems.size() == 1);
  CAPTURE(to_text(problems[0]));
  CHECK(problems[0].place == Place{"e.toml", line, column});
  CHECK_THAT(problems[0].message, Catch::Contains(part));
}

}  // namespace

TEST_CASE("every shipped experiment loads") {
  std::size_t number = 0;
  for (auto const& entry : std::filesystem::directory_iterator{test::kConfigs + "/experiments"}) {
    if (entry.path().extension() != ".toml") continue;
    CAPTURE(entry.path());
    if (is_graph_experiment(entry.path())) {
      CHECK(load_graph_experiment(entry.path(), {}, SearchPath{{test::kConfigs}}).sha256.size() == 64);
      continue;
    }
    auto const loaded = load_experiment(entry.path(), {}, SearchPath{{test::kConfigs}});
    CHECK(loaded.sha256.size() == 64);
    CHECK(loaded.parameters.size() > 100);
    CHECK_FALSE(loaded.experiment.factors.empty());
    ++number;
  }
  CHECK(number >= 2);
}

TEST_CASE("the shipped mouse has its numbers in base units", "[baseline]") {
  auto const& mouse = test::mouse();
  CHECK(mouse.mass.value() == Approx(0.025).epsilon(1e-12));
  CHECK(mouse.circulation.cardiac_output.value() == Approx(14e-6 / 60).epsilon(1e-12));
  CHECK(mouse.muscle.types.at(3).cross_section.value() == Approx(2750e-12).epsilon(1e-12));
  CHECK(mouse.lineage.immature_death.value() == Approx(0.046 / 86400).epsilon(1e-12));
  CHECK(mouse.brain.bulk_flow.value() == Approx(0.79e-9 / 1e-3 / 60).epsilon(1e-12));
  CHECK(mouse.motor_units.rate_min.value() == 8);
  CHECK(mouse.modes.at("run").duty.value() == 0.5);
}

TEST_CASE("the endurance regime is read as its text says") {
  auto const schedule = test::load_shipped("endurance").experiment.schedule;
  CHECK(schedule.baseline == kWeek);
  CHECK(schedule.duration == 12 * kWeek);
  REQUIRE(schedule.rules.size() == 1);
  auto const& rule = schedule.rules[0];
  CHECK(rule.weekdays == std::vector<int>{0, 1, 2, 3, 4});
  CHECK(rule.time_of_day == 19 * kHour);
  REQUIRE(rule.work.size() == 3);
  CHECK(rule.work[1].seconds == 40 * kMinute);
  CHECK(rule.work[1].workload.intensity.value() == Approx(0.7).epsilon(1e-12));
  CHECK(rule.progression.weekly_change.value() == Approx(0.02).epsilon(1e-12));
  CHECK(rule.progression.deload_every == 4);
}

TEST_CASE("a resolved text loads to the same experiment, without any other file") {
  auto const name = GENERATE("endurance", "sedentary");
  auto const first = test::load_shipped(name, {"seed=99", "scale.niches=3"});
  TemporaryFolder const folder;
  auto const again = load_experiment(folder.write("resolved.toml", first.resolved_toml), {}, SearchPath{{}});
  CHECK(again.resolved_toml == first.resolved_toml);
  CHECK(again.sha256 == first.sha256);
  auto const& a = first.experiment;
  auto const& b = again.experiment;
  CHECK(b.title == a.title);
  CHECK(b.luck.seed == 99);
  CHECK(b.scale.brain.niches == 3);
  CHECK(b.schedule.duration == a.schedule.duration);
  CHECK(b.schedule.rules.size() == a.schedule.rules.size());
  CHECK(b.organism.motor_units.rate_gain == a.organism.motor_units.rate_gain);
  CHECK(b.organism.lineage.stem_half_life == a.organism.lineage.stem_half_life);
  REQUIRE(b.factors.size() == a.factors.size());
  for (std::size_t i = 0; i < a.factors.size(); ++i) {
    CHECK(b.factors[i].name == a.factors[i].name);
    CHECK(b.factors[i].clearance == a.factors[i].clearance);
    CHECK(b.factors[i].influx == a.factors[i].influx);
    CHECK(b.factors[i].sources.size() == a.factors[i].sources.size());
  }
  CHECK(again.output.snapshots == first.output.snapshots);
}

TEST_CASE("another value gives another fingerprint") {
  CHECK(test::load_shipped("sedentary").sha256 != test::load_shipped("sedentary", {"seed=8"}).sha256);
  CHECK(test::load_shipped("sedentary").sha256 == test::load_shipped("sedentary", {"seed=7"}).sha256);
}

TEST_CASE("a short experiment needs little and gets the rest by default") {
  TemporaryFolder const folder;
  auto const loaded = load(folder, sound());
  CHECK(loaded.experiment.luck.subject == 0);
  CHECK(loaded.experiment.schedule.baseline == kWeek);
  CHECK(loaded.experiment.numerics.step_exercise == 8);
  CHECK(loaded.experiment.loop.niche_signals);
  CHECK(loaded.output.every == 6 * kHour);
  CHECK(loaded.output.snapshots == std::vector<Tick>{Tick{0}, Tick{3 * kDay}});
}

TEST_CASE("a misspelt key is named with its place and what was probably meant") {
  auto lines = sound();
  lines.insert(lines.begin() + 7, "basline = \"2 days\"");
  check_only(experiment_problems(lines), 8, 1, "did you mean 'baseline'?");
}

TEST_CASE("a quantity of another dimension is refused") {
  check_only(spoiled(7, "duration = \"3 ml\""), 7, 12, "wrong dimension");
}

TEST_CASE("a negative duration is refused") {
  check_only(spoiled(7, "duration = \"-3 days\""), 7, 12, "-3 days");
}

TEST_CASE("a piece that is not there is named, with what there is") {
  auto const problems = spoiled(3, "use = \"mose\"");
  REQUIRE_FALSE(problems.empty());
  CAPTURE(to_text(problems[0]));
  CHECK(problems[0].place == Place{"e.toml", 3, 7});
  CHECK_THAT(problems[0].message, Catch::Contains("mose") && Catch::Contains("mouse"));
}

TEST_CASE("clearance above the plasma flow of an organ is refused where it is set") {
  auto lines = sound();
  lines.insert(lines.end(), {"[factor.il6.organism.mouse]", "clearance = \"9 ml/min\""});
  auto const problems = experiment_problems(lines);
  REQUIRE_FALSE(problems.empty());
  for (auto const& problem : problems) {
    CAPTURE(to_text(problem));
    CHECK(problem.place == Place{"e.toml", 15, 13});
    CHECK_THAT(problem.message, Catch::Contains("more than its flow"));
  }
}

TEST_CASE("organs whose flows do not sum to cardiac output are refused") {
  auto lines = sound();
  lines.insert(lines.begin() + 3, "organ.kidney.flow_share = 0.5");
  auto const problems = experiment_problems(lines);
  REQUIRE_FALSE(problems.empty());
  auto const found = std::any_of(problems.begin(), problems.end(), [](Problem const& problem) {
    return problem.message.find("flow_share of all organs sum to") != std::string::npos &&
           problem.place.line > 0;
  });
  CHECK(found);
}

TEST_CASE("a session without work is refused") {
  check_only(spoiled(11, "work = []"), 11, 8, "a session needs work");
}

TEST_CASE("sessions that use different muscles are refused") {
  auto lines = sound();
  lines.insert(lines.begin() + 11, {"[[schedule.session]]", "mode = \"swim\"", "at = [\"day 1 08:00\"]",
                                    "work = [ { duration = \"40 min\", intensity = \"70 %VO2max\" } ]"});
  lines.insert(lines.begin() + 3, "mode.swim = { working_share = 0.4, force_at_maximum = 0.3, duty = 0.5 }");
  auto const problems = experiment_problems(lines);
  REQUIRE(problems.size() == 1);
  CAPTURE(to_text(problems[0]));
  CHECK(problems[0].place.file == "e.toml");
  CHECK(problems[0].place.line > 0);
  CHECK_THAT(problems[0].message, Catch::Contains("the same muscles"));
}

TEST_CASE("a snapshot outside of the run is refused") {
  check_only(spoiled(13, "snapshots = [\"day 4\"]"), 13, 13, "outside of the run");
}

TEST_CASE("sessions that overlap are refused") {
  auto const problems = spoiled(10, "at = [\"day 0 08:00\", \"day 0 08:30\"]");
  REQUIRE(problems.size() == 1);
  CAPTURE(to_text(problems[0]));
  CHECK(problems[0].place.file == "e.toml");
  CHECK_THAT(problems[0].message, Catch::Contains("begins before"));
}

TEST_CASE("all that is wrong is reported at once, in the order of the file") {
  auto lines = sound();
  lines[0] = "seed = -1";
  lines[6] = "duration = \"3 ml\"";
  lines[10] = "work = []";
  lines[12] = "snapshot = [\"day 0\"]";
  auto const problems = experiment_problems(lines);
  REQUIRE(problems.size() == 4);
  CHECK(problems[0].place.line == 1);
  CHECK(problems[1].place.line == 7);
  CHECK(problems[2].place.line == 11);
  CHECK(problems[3].place.line == 13);
}

TEST_CASE("values on the command line are checked like those in the file") {
  CHECK(experiment_problems(sound(), {"schedule.duration=\"-1 day\""}).size() == 1);
  CHECK(experiment_problems(sound(), {"scale.fibers=10"}).size() == 1);
  CHECK(experiment_problems(sound(), {"scale.fibrs=200"}).size() == 1);
}

TEST_CASE("a clearance beyond an organ's flow is an error, or cut where a highest extraction is given") {
  TemporaryFolder const folder;
  auto const file = folder.write("e.toml", experiment_text(sound()));
  auto const clearance = [&](std::vector<std::string> sets) {
    sets.emplace_back("factor.vegf.organism.mouse.clearance=50 ml/min");
    auto const loaded = load_experiment(file, sets, SearchPath{{test::kConfigs}});
    auto const& factors = loaded.experiment.factors;
    auto const vegf = std::find_if(factors.begin(), factors.end(),
                                   [](FactorParams const& factor) { return factor.name == "vegf"; });
    return vegf->clearance.value();
  };
  CHECK_THROWS_AS(clearance({}), ConfigError);
  auto const most = clearance({"organism.circulation.highest_extraction=0.9"});
  CHECK(most < 50e-6 / 60);
  CHECK(clearance({"organism.circulation.highest_extraction=0.45"}) == Approx(most / 2));
  CHECK_THROWS_AS(clearance({"organism.circulation.highest_extraction=1"}), ConfigError);
}

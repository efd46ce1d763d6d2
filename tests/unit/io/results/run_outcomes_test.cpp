#include "io/results/run_outcomes.h"

#include <catch2/catch.hpp>
#include <functional>
#include <string>

#include "io/config/diagnostics.h"
#include "io/hdf5/writer.h"
#include "io/run/group_writers.h"
#include "io/run/run_file.h"
#include "tests/unit/io/hdf5/scratch_file.h"

using namespace myoaxis;
using Catch::Matchers::Contains;

namespace {

constexpr char const* kConfiguration = R"(resolved = true
seed = 3
subject = 5
title = "Test"

[schedule]
duration = "3 days"

[[factor.bdnf.effect]]
gain = { value = 0.3, range = [0.0, 1.0], source = "none", status = "assumed" }
)";

/// The results file of a run, as far as a comparison reads it; `change` may spoil it, `add` adds groups.
struct SmallResults {
  explicit SmallResults(
      std::function<void(H5Group&)> const& change = [](H5Group&) {},
      std::function<void(H5File&)> const& add = [](H5File&) {}) {
    auto file = H5File::create(path);
    auto root = file.root();
    root.set_attribute("format", kFormatName);
    root.set_attribute("format_version", kFormatVersion);
    root.set_attribute("title", "Test");
    root.set_attribute("git_sha1", "abc");
    root.set_attribute("seed", std::int64_t{3});
    root.set_attribute("subject", std::int64_t{5});
    root.set_attribute("config_toml", kConfiguration);
    root.set_attribute("config_sha256", "def");
    root.set_attribute("status", "complete");
    change(root);
    std::vector<Outcome> const outcomes{{"cells", "1", "cells at the end", 17.5}};
    OutcomeWriter{file.group("outcomes"), outcomes}.write(outcomes);
    add(file);
    file.close();
  }

  ScratchFolder scratch{};
  std::string path = scratch.path("run.h5");
};

std::string with(std::string text, std::string const& from, std::string const& to) {
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("a finished run is read back", "[io]") {
  SmallResults const results;
  auto const run = read_run_outcomes(results.path);
  CHECK(run.path == results.path);
  CHECK(run.title == "Test");
  CHECK(run.luck.seed == 3);
  CHECK(run.luck.subject == 5);
  CHECK(run.revision == "abc");
  CHECK(run.config_sha256 == "def");
  REQUIRE(run.outcomes.size() == 1);
  CHECK(run.outcomes[0].name == "cells");
  CHECK(run.outcomes[0].unit == "1");
  CHECK(run.outcomes[0].meaning == "cells at the end");
  CHECK(run.outcomes[0].value == 17.5);
}

TEST_CASE("the readings of assays stand behind the outcomes of the run, without truths and curves", "[io]") {
  SmallResults const results{
      [](H5Group&) {},
      [](H5File& file) {
        auto const write = [](GrowingTable<double>& table, Series<double>& level, Series<double>& truth) {
          for (auto const hours : {8.0, 24.0}) {
            level.append(hours / 4);
            truth.append(99);
            table.append_row(hours * 3600);
          }
        };
        auto draw = file.group("assays/draw").add_table<double>({"time", "s", "time of the reading"});
        auto level = draw.add<double>({"il6", "pg/ml", "interleukin-6, as measured"});
        auto truth = draw.add<double>({"il6_truth", "pg/ml", "interleukin-6, without error"});
        write(draw, level, truth);
        auto group = file.group("assays/dye");
        group.add_scale({"delay", "s", "time after the injection"}, std::vector<double>{0, 1});
        auto dye = group.add_table<double>({"time", "s", "time of the reading"});
        auto curve = dye.add<double>({"artery", "mg/l", "indicator", {"delay"}});
        auto output = dye.add<double>({"artery_cardiac_output", "ml/min", "cardiac output, as measured"});
        curve.append(std::vector<double>{1, 2});
        output.append(15);
        dye.append_row(-10);
      }};
  auto const outcomes = read_run_outcomes(results.path).outcomes;
  REQUIRE(outcomes.size() == 4);
  CHECK(outcomes[0].name == "cells");
  CHECK(outcomes[0].kind == OutcomeKind::of_run);
  CHECK(outcomes[1].name == "draw.il6.day_0_08:00");
  CHECK(outcomes[1].value == 2);
  CHECK(outcomes[2].name == "draw.il6.day_1");
  CHECK(outcomes[2].unit == "pg/ml");
  CHECK(outcomes[2].meaning == "interleukin-6, as measured, day 1 00:00");
  CHECK(outcomes[2].value == 6);
  CHECK(outcomes[2].kind == OutcomeKind::reading);
  CHECK(outcomes[3].name == "dye.artery_cardiac_output.day_-1_23:59:50");
  CHECK(outcomes[3].value == 15);
}

TEST_CASE("runs that differ in seed and subject alone are of one arm", "[io]") {
  std::string const text = kConfiguration;
  auto const arm = arm_of(text, "a.h5");
  CHECK(arm.size() == 64);
  CHECK(arm_of(with(text, "seed = 3", "seed = 4"), "a.h5") == arm);
  CHECK(arm_of(with(text, "subject = 5", "subject = 6"), "a.h5") == arm);
  CHECK(arm_of(with(text, "3 days", "4 days"), "a.h5") != arm);
  CHECK(arm_of(with(text, "0.3", "0.4"), "a.h5") != arm);
}

TEST_CASE("settings are a flat list without seed and subject", "[io]") {
  auto const settings = settings_of(kConfiguration, "a.h5");
  CHECK(settings.size() == 4);
  CHECK(settings.at("schedule.duration") == "\"3 days\"");
  CHECK(settings.at("factor.bdnf.effect[0].gain") == "0.3");
  CHECK_FALSE(settings.contains("seed"));
}

TEST_CASE("what is no finished run of ours is refused with its name and the reason", "[io]") {
  auto const refusal = [](char const* attribute, char const* value) {
    SmallResults const results{[&](H5Group& root) { root.set_attribute(attribute, value); }};
    try {
      read_run_outcomes(results.path);
      return std::string{"accepted"};
    } catch (ConfigError const& error) {
      CHECK_THAT(error.what(), Contains(results.path));
      return std::string{error.what()};
    }
  };
  CHECK_THAT(refusal("format", "other"), Contains("is no results file"));
  CHECK_THAT(refusal("format_version", "4.0"), Contains("4.0") && Contains(kFormatVersion));
  CHECK(refusal("format_version", "3.9") == "accepted");
  CHECK_THAT(refusal("status", "stopped"), Contains("stopped"));
  CHECK_THAT(refusal("status", "running"), Contains("running"));
  CHECK_THAT(refusal("config_toml", "= broken"), Contains("config_toml"));
}

TEST_CASE("a file that cannot be read is an error of its own", "[io]") {
  CHECK_THROWS_AS(read_run_outcomes("/nowhere/run.h5"), FileError);
}

#include "io/batch/batch_plan.h"

#include <catch2/catch.hpp>
#include <set>

#include "io/config/key_path.h"
#include "tests/unit/io/batch/batch_files.h"

using namespace myoaxis;
using test::BatchFile;
using test::kHead;
using test::kTwoArms;

namespace {

std::set<std::string> names_of(BatchPlan const& plan) {
  std::set<std::string> names;
  for (auto const& run : plan.runs) names.insert(run.name);
  return names;
}

}  // namespace

TEST_CASE("a crossover has each subject in every arm, from one baseline", "[config]") {
  auto const plan = plan_batch(BatchFile{kHead + kTwoArms}.load());
  REQUIRE(plan.runs.size() == 4);
  CHECK(plan.baselines.size() == 2);
  CHECK(names_of(plan).size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(plan.runs[i].subject == 1 + i / 2);
    CHECK(plan.runs[i].arm == i % 2);
    CHECK(plan.runs[i].baseline == plan.runs[i - i % 2].baseline);
  }
}

TEST_CASE("a parallel design has other subjects in each arm, and shares nothing", "[config]") {
  auto const plan = plan_batch(BatchFile{"design = \"parallel\"\n" + kHead + kTwoArms}.load());
  REQUIRE(plan.runs.size() == 4);
  CHECK(plan.baselines.empty());
  for (std::size_t i = 0; i < 4; ++i) CHECK(plan.runs[i].subject == 1 + i);
}

TEST_CASE("more subjects begin with the same runs", "[reproducible]") {
  auto const batch = BatchFile{kHead + kTwoArms}.load();
  auto const first = plan_batch(batch, 0, 1), all = plan_batch(batch);
  REQUIRE(first.runs.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) CHECK(first.runs[i].name == all.runs[i].name);
}

TEST_CASE("a scan sets a real parameter that its file has as a whole number to what was asked for",
          "[config]") {
  std::string const key = "factor.bdnf.organism.mouse.source[3].transcription_fold";
  auto const batch = BatchFile{kHead + kTwoArms + "[vary]\nmethod = \"grid\"\n[[vary.parameter]]\nkey = \"" +
                               key + "\"\nvalues = [15.5, 16, 16.5]\n"}
                         .load();
  auto const plan = plan_batch(batch, 0, 1);
  CHECK(names_of(plan).size() == 6);
  for (auto const& run : plan.runs) {
    auto const root = toml::parse(run.configuration);
    CHECK(toml::at_path(root, key + ".value").value<double>() == batch.points[run.point].front().number);
  }
}

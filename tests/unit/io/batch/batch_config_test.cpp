#include "io/batch/batch_config.h"

#include <catch2/catch.hpp>

#include "tests/unit/io/batch/batch_files.h"

using namespace myoaxis;
using test::BatchFile;
using test::kHead;
using test::kTwoArms;

namespace {

void refuses_batch(std::string const& text, std::string_view part) {
  auto const problems = BatchFile{text}.problems();
  CAPTURE(problems, part);
  CHECK(problems.find(part) != std::string::npos);
}

std::string const kFour = "base = \"base.toml\"\nsubjects = 4\n";

std::string const kDraw = "name = \"draw\"\nkind = \"blood\"\n";

std::string precision(std::string const& outcome) {
  return "[precision]\noutcome = \"" + outcome + "\"\nhalf_width = 1.0\nfirst = 3\n";
}

}  // namespace

TEST_CASE("a batch has its arms, with the experiment and the outcomes of each", "[config]") {
  auto const batch = BatchFile{"reference = \"running\"\n" + kHead + kTwoArms}.load();
  REQUIRE(batch.arms.size() == 2);
  CHECK(batch.arms[batch.reference].name == "running");
  CHECK(batch.organism == "mouse");
  CHECK(batch.points.size() == 1);
  for (auto const& arm : batch.arms) {
    CHECK_FALSE(arm.parameters.empty());
    CHECK(std::ranges::count(arm.outcomes, "il6_occupancy_fold") == 1);
  }
}

TEST_CASE("a precision is of an outcome that all of several arms have", "[config]") {
  refuses_batch(kFour + precision("cells_born") + "[[arm]]\nname = \"rest\"\n", "add an [[arm]]");
  refuses_batch(kFour + precision("cels_born") + kTwoArms, "did you mean 'cells_born'?");
  refuses_batch(kFour + precision("cells_*") + kTwoArms, "'cells_*' is no outcome");
  refuses_batch(kFour + precision("bdnf_occupancy_fold") + kTwoArms + "factors = [\"il6\"]\n",
                "'bdnf_occupancy_fold' is no outcome of the arm 'running'");
}

TEST_CASE("a precision may be of a reading that all arms order", "[config]") {
  auto const with_draw = [](std::string const& outcome) {
    return kFour + precision(outcome) + "[[arm]]\nname = \"rest\"\nschedule.use = \"sedentary\"\n" +
           "[[arm.assay]]\n" + kDraw + "at = [\"day 0\", \"day 0 08:00\"]\n" +
           "[[arm]]\nname = \"running\"\n" + "[[arm.assay]]\n" + kDraw + "at = [\"day 0\"]\n";
  };
  CHECK(BatchFile{with_draw("draw.il6.day_0")}.problems().empty());
  refuses_batch(with_draw("draw.il6.day_0_08:00"),
                "'draw.il6.day_0_08:00' is no outcome of the arm 'running'");
  refuses_batch(with_draw("nothing"), ", draw.bdnf.day_0, ");
}

TEST_CASE("what is varied is a parameter of every arm", "[config]") {
  std::string const vary =
      "[vary]\nmethod = \"grid\"\n[[vary.parameter]]\nkey = \"factor.bdnf.dissociation\"\n"
      "values = [\"1 nmol/l\", \"2 nmol/l\"]\n";
  refuses_batch(kHead + kTwoArms + "factors = [\"il6\"]\n" + vary, "the arm 'running' has no such parameter");
  refuses_batch(kHead + kTwoArms + "factors = [\"il6\"]\n" + vary, "batch.toml:12:7:");
}

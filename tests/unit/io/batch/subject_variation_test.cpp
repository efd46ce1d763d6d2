#include "io/batch/subject_variation.h"

#include <catch2/catch.hpp>
#include <map>

#include "io/batch/variation_piece.h"
#include "io/config/parse.h"
#include "tests/unit/io/config/temporary_folder.h"

using namespace myoaxis;
using namespace std::string_view_literals;
using test::TemporaryFolder;

namespace {

Parameter parameter(std::string key, double number, std::string unit = "1") {
  Parameter result;
  result.key = std::move(key);
  result.number = number;
  result.unit = std::move(unit);
  result.value = "as written";
  return result;
}

std::vector<Parameter> parameters() {
  auto all = std::vector{parameter("organism.mass", 0.025, "kg"),
                         parameter("organism.flow", 2e-7, "m3 s-1"),
                         parameter("organism.muscle.fiber_type[0].share", 0.3),
                         parameter("organism.muscle.fiber_type[1].share", 0.5),
                         parameter("organism.muscle.fiber_type[2].share", 0.2),
                         parameter("factor.il6.organism.mouse.source[0].rate", 4, "kg s-1"),
                         parameter("factor.il6.organism.mouse.source[1].rate", 8, "kg s-1"),
                         parameter("organism.motor_units.count", 120)};
  all.back().whole = true;
  return all;
}

struct Read {
  SubjectVariation variation;
  std::vector<Problem> problems;
};

/// Reads the text as the section [subject.variation] of batch.toml, over the piece where there is one.
Read read_variation(std::string const& text, std::string const& piece = "") {
  TemporaryFolder const folder;
  if (!piece.empty()) folder.write("lib/variations/mouse.toml", piece);
  auto const file = folder.write("batch.toml", text);
  Diagnostics diagnostics;
  auto root = parse_file(file, diagnostics);
  REQUIRE(root);
  if (!piece.empty()) {
    lay_variation_piece(*root, "mouse", file, SearchPath{{folder.path() / "lib"}}, diagnostics);
  }
  ReadContext context{diagnostics};
  Section top{*root, context};
  auto section = top.section("subject", "").section("variation", "");
  Read result{read_subject_variation(section, parameters()), {}};
  for (auto problem : diagnostics.problems()) {
    problem.place.file = std::filesystem::path{problem.place.file}.filename();
    result.problems.push_back(problem);
  }
  return result;
}

std::string trait(std::string const& name, std::string const& keys) {
  return "[subject.variation.trait." + name + "]\n" + keys;
}

std::string const kMassTrait =
    trait("mass",
          "scales = [\"organism.mass\"]\nshape = \"lognormal\"\nvariation = 0.15\nlowest = 0.6\nhighest "
          "= 1.6\n");
std::string const kFlowTrait =
    trait("flow",
          "scales = [\"organism.flow\"]\nshape = \"normal\"\nvariation = 0.1\nlowest = 0.7\nhighest = 1.4\n");
std::string const kShareTrait =
    trait("slow",
          "scales = [\"organism.muscle.fiber_type[0].share\"]\nsharing = "
          "[\"organism.muscle.fiber_type[].share\"]\nshape = \"logit-normal\"\nvariation = "
          "0.3\nlowest = 0.05\nhighest = 0.8\n");

std::map<std::string, double> sample(SubjectVariation const& variation, Luck luck) {
  std::map<std::string, double> result;
  for (auto const& setting : sample_subject(variation, luck, parameters())) {
    CHECK(result.emplace(setting.key, setting.number).second);
  }
  return result;
}

void check_only(Read const& read, unsigned line, std::string const& part) {
  REQUIRE(read.problems.size() == 1);
  CAPTURE(to_text(read.problems[0]));
  CHECK(read.problems[0].place.file == "batch.toml");
  CHECK(read.problems[0].place.line == line);
  CHECK_THAT(read.problems[0].message, Catch::Contains(part));
}

}  // namespace

TEST_CASE("a subject has its own body, the same whenever it is asked for", "[reproducible]") {
  auto const variation = read_variation(kMassTrait + kFlowTrait).variation;
  auto const first = sample(variation, {7, 1});
  CHECK(first == sample(variation, {7, 1}));
  CHECK(first.at("organism.mass") != sample(variation, {7, 2}).at("organism.mass"));
  CHECK(first.at("organism.mass") != sample(variation, {8, 1}).at("organism.mass"));
  CHECK(first.at("organism.mass") > 0.6 * 0.025);
  CHECK(first.at("organism.mass") < 1.6 * 0.025);
}

TEST_CASE("a trait that is added moves no other, and a factor is of the configured value") {
  auto const alone = read_variation(kFlowTrait).variation;
  auto const both = read_variation(kMassTrait + kFlowTrait + kShareTrait).variation;
  CHECK(sample(alone, {7, 3}).at("organism.flow") == sample(both, {7, 3}).at("organism.flow"));
  auto doubled = parameters();
  for (auto& each : doubled) each.number *= 2;
  CHECK(sample_subject(alone, {7, 3}, doubled)[0].number == 2 * sample(alone, {7, 3}).at("organism.flow"));
}

TEST_CASE("one trait may scale several parameters alike, and several traits one parameter") {
  auto const read_two = read_variation(
      kMassTrait + trait("il6",
                         "scales = [\"factor.il6.organism.*.source[].rate\", \"organism.mass\"]\nshape = "
                         "\"lognormal\"\nvariation = 0.4\nlowest = 0.3\nhighest = 3\n"));
  CHECK(read_two.problems.empty());
  auto const subject = sample(read_two.variation, {7, 1});
  auto const factor = subject.at("factor.il6.organism.mouse.source[0].rate") / 4;
  CHECK(subject.at("factor.il6.organism.mouse.source[1].rate") / 8 == Approx(factor));
  auto const mass = sample(read_variation(kMassTrait).variation, {7, 1}).at("organism.mass");
  CHECK(subject.at("organism.mass") == Approx(mass * factor));
}

TEST_CASE("fractions that share a sum keep it, in proportion") {
  auto const variation = read_variation(kShareTrait).variation;
  for (std::uint64_t number = 0; number < 50; ++number) {
    auto const subject = sample(variation, {7, number});
    auto const a = subject.at("organism.muscle.fiber_type[0].share");
    auto const b = subject.at("organism.muscle.fiber_type[1].share");
    auto const c = subject.at("organism.muscle.fiber_type[2].share");
    CHECK(a >= 0.05);
    CHECK(a <= 0.8);
    CHECK(a + b + c == Approx(1).epsilon(1e-12));
    CHECK(b / c == Approx(0.5 / 0.2));
  }
}

TEST_CASE("a batch changes a trait of the piece, or adds one") {
  auto const piece =
      "[trait.mass]\nmeaning = \"mass\"\nscales = [\"organism.mass\"]\nshape = \"lognormal\"\nvariation = { "
      "value = "
      "0.15, range = [0.1, 0.2], status = \"assumed\", source = \"a test\" }\nlowest = 0.6\nhighest = 1.6\n";
  auto const narrow = read_variation("[subject.variation.trait.mass]\nvariation = 0\n" + kFlowTrait, piece);
  CHECK(narrow.problems.empty());
  CHECK(sample(narrow.variation, {7, 1}).at("organism.mass") == 0.025);
  CHECK(sample(narrow.variation, {7, 1}).count("organism.flow") == 1);
  CHECK(sample(read_variation("[subject.variation]\n", piece).variation, {7, 1}).at("organism.mass") !=
        0.025);
}

TEST_CASE("a piece may name factors that the experiment leaves out, a batch may not") {
  std::string const keys =
      "scales = [\"factor.bdnf.organism.*.clearance\", \"organism.flow\"]\nshape = \"lognormal\"\nvariation "
      "= 0.2\n"
      "lowest = 0.5\nhighest = 2\n";
  auto const of_piece = read_variation("[subject.variation]\n", "[trait.clearance]\n" + keys);
  CHECK(of_piece.problems.empty());
  CHECK(sample(of_piece.variation, {7, 1}).size() == 1);
  check_only(read_variation(trait("clearance", keys)), 2,
             "there is no parameter 'factor.bdnf.organism.*.clearance'");
}

TEST_CASE("what makes no sense in a trait is told with its place and a cure") {
  auto changed = [](std::string text, std::string const& from, std::string const& to) {
    return text.replace(text.find(from), from.size(), to);
  };
  check_only(read_variation(changed(kMassTrait, "organism.mass", "organism.mas")), 2,
             "there is no parameter 'organism.mas' in this experiment; did you mean 'organism.mass'?");
  check_only(read_variation(changed(kMassTrait, "0.15", "-0.1")), 4, "must be between 0 and 3");
  check_only(read_variation(changed(kMassTrait, "0.15", "0.9")), 4,
             "varies too much for its limits, 0.6 to 1.6");
  check_only(read_variation(changed(kMassTrait, "lognormal", "log-normal")), 3, "did you mean 'lognormal'?");
  check_only(read_variation(changed(kMassTrait, "= 1.6", "= 0.9")), 6, "must be above 1");
  check_only(read_variation(changed(kMassTrait, "[\"organism.mass\"]", "[]")), 2, "must name a parameter");
  check_only(read_variation(changed(kMassTrait, "organism.mass", "organism.motor_units.count")), 2,
             "is a whole number");
  check_only(read_variation(changed(kShareTrait, "= 0.8", "= 0.25")), 5,
             "is not inside of the limits, 0.05 to 0.25");
  check_only(read_variation(changed(kShareTrait, "fiber_type[0].share", "fiber_type[].share")), 2,
             "is one fraction");
  check_only(
      read_variation(kShareTrait + trait("other",
                                         "scales = [\"organism.muscle.fiber_type[1].share\"]\nshape = "
                                         "\"lognormal\"\nvariation = 0.1\nlowest = 0.5\nhighest = 1.5\n")),
      2, "is changed by the trait 'other' as well, and one of them is a fraction");
}

TEST_CASE("correlations that make no sense are told with their place") {
  auto const correlation = [](std::string const& between, std::string const& coefficient) {
    return "[[subject.variation.correlation]]\nbetween = [" + between + "]\ncoefficient = " + coefficient +
           "\n";
  };
  auto const three = kMassTrait + kFlowTrait + kShareTrait;  // 19 lines
  CHECK(read_variation(three + correlation("\"mass\", \"flow\"", "0.9")).problems.empty());
  check_only(read_variation(three + correlation("\"mass\", \"flw\"", "0.9")), 21,
             "there is no trait 'flw'; did you mean 'flow'?");
  check_only(read_variation(three + correlation("\"mass\", \"mass\"", "0.9")), 21,
             "must be the names of two traits");
  check_only(read_variation(three + correlation("\"mass\", \"flow\"", "1.2")), 22,
             "must be between -1 and 1");
  check_only(read_variation(three + correlation("\"mass\", \"flow\"", "0.2") +
                            correlation("\"flow\", \"mass\"", "0.2")),
             24, "have a correlation already");
  check_only(
      read_variation(three + correlation("\"mass\", \"flow\"", "0.6") +
                     correlation("\"flow\", \"slow\"", "0.6") + correlation("\"slow\", \"mass\"", "-0.9")),
      28, "'mass' and 'slow' cannot have this correlation beside the others");
}

TEST_CASE("a trait that does not fit an arm is refused with its place") {
  auto const variation = read_variation(kShareTrait).variation;
  auto arm = parameters();
  arm[2].number = 0.9;
  CHECK_THROWS_WITH(sample_subject(variation, {7, 1}, arm), Catch::Contains("subject.variation.trait.slow") &&
                                                                Catch::Contains("not inside of the limits"));
  arm.erase(arm.begin() + 2);
  CHECK_THROWS_WITH(sample_subject(variation, {7, 1}, arm), Catch::Contains("there is no parameter"));
}

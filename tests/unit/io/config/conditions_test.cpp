#include "io/config/conditions.h"

#include <catch2/catch.hpp>

#include "io/config/document.h"
#include "io/config/toml_text.h"
#include "tests/unit/io/config/temporary_folder.h"

using namespace myoaxis;
using test::TemporaryFolder;

namespace {

UseRules const kConditionRules = {.uses = {{"organism", "use", "organisms", "sex"}},
                                  .lists = {{"factors", "factor", "factors", "organism"}},
                                  .files = {},
                                  .conditions = ConditionRule{}};

/// A library with a mouse, two of its conditions and a factor, and experiments that use it.
struct ConditionLibrary {
  ConditionLibrary() {
    folder.write(
        "lib/organisms/mouse.toml",
        "name = \"mouse\"\nsex = \"male\"\nmass = { value = \"25 g\", status = \"verified\", source = "
        "\"[book]\" }\nage = \"12 weeks\"\ntone = \"low\"\n");
    folder.write("lib/organisms/mouse/female.toml", "mass = \"20 g\"\n");
    folder.write("lib/conditions/mouse/aged.toml",
                 "description = \"old\"\n[organism]\nage = \"104 weeks\"\nmass = \"31 g\"\ntone = "
                 "\"lower\"\n[factor.il6.organism.mouse.source.fat]\nrate = \"9 pg/min\"\n"
                 "[factor.bdnf.organism.mouse]\nclearance = \"1 ml/min\"\n");
    folder.write("lib/conditions/mouse/aged/female.toml", "[organism]\nmass = \"26 g\"\n");
    folder.write("lib/conditions/mouse/frail.toml", "[organism]\ntone = \"lowest\"\n");
    folder.write("lib/conditions/rat/aged.toml", "[organism]\nage = \"100 weeks\"\n");
    folder.write("lib/factors/il6.toml", "name = \"il6\"\n");
    folder.write(
        "lib/factors/mouse/il6.toml",
        "[[source]]\nname = \"fat\"\nrate = \"1 pg/min\"\nsite = \"fat\"\n[[source]]\nname = \"other\"\n");
    folder.write("lib/factors/bdnf.toml", "name = \"bdnf\"\n");
  }
  Document load(std::string const& text, std::vector<std::string> const& sets = {}) const {
    return load_document(folder.write("exp/e.toml", text), sets, SearchPath{{folder.path() / "lib"}},
                         kConditionRules);
  }
  std::vector<Problem> problems(std::string const& text) const {
    try {
      load(text);
    } catch (ConfigError const& error) {
      return error.problems();
    }
    return {};
  }
  std::string condition(std::string const& name) const {
    return (folder.path() / "lib/conditions/mouse" / name).string();
  }
  TemporaryFolder folder;
};

std::string value(Document const& document, std::string_view path) {
  return document.root.at_path(path).value<std::string>().value_or("");
}

constexpr auto kMouse = "[organism]\nuse = \"mouse\"\n";

}  // namespace

TEST_CASE("a condition stands over the organism and below the experiment") {
  ConditionLibrary const library;
  auto const document =
      library.load(std::string{"conditions = [\"aged\"]\n"} + kMouse + "age = \"90 weeks\"\n");
  CHECK(value(document, "organism.age") == "90 weeks");
  CHECK(value(document, "organism.mass.value") == "31 g");
  CHECK(value(document, "organism.mass.source") == "[book]");
  CHECK(value(document, "organism.tone") == "lower");
  CHECK(place_of(*document.root.at_path("organism.tone").node()).file == library.condition("aged.toml"));
  CHECK(place_of(document.root.at_path("organism").node()->source()).file.ends_with("e.toml"));
  CHECK_FALSE(document.root.contains("conditions"));
  CHECK_FALSE(document.root.contains("description"));
  CHECK(value(document, "applied_conditions[0]") == "aged");
}

TEST_CASE("a later condition wins over an earlier one") {
  ConditionLibrary const library;
  auto const both = library.load(std::string{"conditions = [\"aged\", \"frail\"]\n"} + kMouse);
  CHECK(value(both, "organism.tone") == "lowest");
  CHECK(value(both, "organism.age") == "104 weeks");
  auto const reversed = library.load(std::string{"conditions = [\"frail\", \"aged\"]\n"} + kMouse);
  CHECK(value(reversed, "organism.tone") == "lower");
}

TEST_CASE("a condition changes one source of a factor by its name") {
  ConditionLibrary const library;
  auto const document = library.load(std::string{"conditions = [\"aged\"]\n"} + kMouse);
  CHECK(value(document, "factor.il6.organism.mouse.source[0].rate") == "9 pg/min");
  CHECK(value(document, "factor.il6.organism.mouse.source[0].site") == "fat");
  CHECK(value(document, "factor.il6.organism.mouse.source[1].name") == "other");
  CHECK(value(document, "factor.bdnf.organism.mouse.clearance") == "1 ml/min");
}

TEST_CASE("what a condition says of factors that are not listed is dropped") {
  ConditionLibrary const library;
  auto const document = library.load(std::string{"conditions = [\"aged\"]\nfactors = [\"il6\"]\n"} + kMouse);
  CHECK(value(document, "factor.il6.organism.mouse.source[0].rate") == "9 pg/min");
  CHECK(document.root["factor"].as_table()->size() == 1);
}

TEST_CASE("a condition may have values of one sex") {
  ConditionLibrary const library;
  auto const female = library.load(std::string{"conditions = [\"aged\"]\n"} + kMouse + "sex = \"female\"\n");
  CHECK(value(female, "organism.mass.value") == "26 g");
  auto const frail = library.load(std::string{"conditions = [\"frail\"]\n"} + kMouse + "sex = \"female\"\n");
  CHECK(value(frail, "organism.mass.value") == "20 g");
}

TEST_CASE("the organism's name decides which conditions there are") {
  ConditionLibrary const library;
  auto const own = library.load("conditions = [\"aged\"]\n[organism]\nname = \"rat\"\n");
  CHECK(value(own, "organism.age") == "100 weeks");
  auto const problems = library.problems("conditions = [\"frail\"]\n[organism]\nname = \"rat\"\n");
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].place.line == 1);
  CHECK(problems[0].place.column == 15);
  CHECK_THAT(problems[0].message, Catch::Contains("conditions = \"frail\": no such piece"));
  CHECK_THAT(problems[0].message, Catch::Contains("available: aged"));
}

TEST_CASE("a resolved experiment keeps its conditions and refuses others") {
  ConditionLibrary const library;
  auto const text = resolved_text(library.load(std::string{"conditions = [\"aged\"]\n"} + kMouse).root);
  auto const again = library.load(text);
  CHECK(again.resolved);
  CHECK(resolved_text(again.root) == text);
  CHECK(value(again, "organism.tone") == "lower");
  CHECK_THROWS_WITH(library.load(text, {"conditions=[\"frail\"]"}), Catch::Contains("stands alone"));
}

TEST_CASE("what is no list of conditions, and what no condition may hold, is told with its place") {
  ConditionLibrary const library;
  auto const wrong = GENERATE("\"aged\"", "[1]", "[\"\"]");
  auto const problems = library.problems(std::string{"conditions = "} + wrong + "\n" + kMouse);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].place.line == 1);
  CHECK_THAT(problems[0].message, Catch::Contains("must be an array of names"));

  library.folder.write("lib/conditions/mouse/aged.toml", "[scale]\nfibers = 3\n");
  auto const table = library.problems(std::string{"conditions = [\"aged\"]\n"} + kMouse);
  REQUIRE(table.size() == 1);
  CHECK(table[0].place == Place{library.condition("aged.toml"), 1, 2});
  CHECK_THAT(table[0].message, Catch::Contains("'scale' in a condition"));
}

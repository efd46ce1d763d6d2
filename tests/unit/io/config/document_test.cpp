#include "io/config/document.h"

#include <catch2/catch.hpp>

#include "io/config/toml_text.h"
#include "tests/support/text_parts.h"
#include "tests/unit/io/config/temporary_folder.h"

using namespace myoaxis;
using test::contains;
using namespace std::string_view_literals;
using test::TemporaryFolder;

namespace {

UseRules const kPieceRules = {
    .uses = {{"organism", "use", "organisms"}, {"schedule", "use", "regimes"}, {"scale", "preset", "scales"}},
    .lists = {{"factors", "factor", "factors"}}};

/// A small library of pieces and an experiment that uses them.
struct PieceLibrary {
  PieceLibrary() {
    folder.write(
        "lib/organisms/mouse.toml",
        "name = \"mouse\"\nmass = { value = \"25 g\", status = \"verified\", source = \"[book]\" }\n");
    folder.write("lib/organisms/rat.toml", "name = \"rat\"\n");
    folder.write("lib/regimes/endurance.toml",
                 "[[session]]\nmode = \"run\"\nwork = [ { duration = \"3 min\" } ]\n");
    folder.write("lib/factors/bdnf.toml", "molar_mass = \"27 kDa\"\n");
    folder.write("lib/factors/il6.toml", "molar_mass = \"22 kDa\"\n");
  }
  std::filesystem::path experiment(std::string const& text) const { return folder.write("exp/e.toml", text); }
  Document load(std::filesystem::path const& file, std::vector<std::string> const& sets = {}) const {
    return load_document(file, sets, SearchPath{{folder.path() / "lib"}}, kPieceRules);
  }
  TemporaryFolder folder;
};

std::vector<Problem> document_problems(PieceLibrary const& library, std::filesystem::path const& file,
                                       std::vector<std::string> const& sets = {}) {
  try {
    library.load(file, sets);
  } catch (ConfigError const& error) {
    return error.problems();
  }
  return {};
}

Problem only_problem(PieceLibrary const& library, std::filesystem::path const& file,
                     std::vector<std::string> const& sets = {}) {
  auto const problems = document_problems(library, file, sets);
  REQUIRE(problems.size() == 1);
  return problems.front();
}

}  // namespace

TEST_CASE("an experiment stands over the pieces that it uses") {
  PieceLibrary const library;
  auto const file = library.experiment("seed = 7\n[organism]\nuse = \"mouse\"\nmass = \"30 g\"\n");
  auto const document = library.load(file);
  auto const& organism = *document.root["organism"sv].as_table();
  CHECK(organism["name"sv].value<std::string>() == "mouse");
  CHECK(organism["from"sv].value<std::string>() == "mouse");
  CHECK_FALSE(organism.contains("use"sv));
  CHECK(organism["mass"sv]["value"sv].value<std::string>() == "30 g");
  CHECK(organism["mass"sv]["source"sv].value<std::string>() == "[book]");
  CHECK(place_of(*organism.get("name")) ==
        Place{(library.folder.path() / "lib/organisms/mouse.toml").string(), 1, 8});
  CHECK(place_of(*organism.get("from")) == Place{file.string(), 3, 7});
  CHECK_FALSE(document.resolved);
}

TEST_CASE("a resolved text is a fixed point and needs no pieces") {
  PieceLibrary const library;
  auto const file = library.experiment(
      "title = \"a \\\"quoted\\\" title\\n\"\nseed = 7\nx = 1.0\nbig = 1e300\nday = 2026-01-05\n"
      "[organism]\nuse = \"mouse\"\n[schedule]\nuse = \"endurance\"\n[factor.bdnf]\nmolar_mass = \"28 "
      "kDa\"\n");
  auto const text = resolved_text(library.load(file).root);
  CHECK(contains(text, "resolved = true\n"));
  CHECK(contains(text, "[[schedule.session]]\nmode = \"run\"\n"));
  CHECK(contains(text, "[factor.il6]\nfrom = \"il6\"\nmolar_mass = \"22 kDa\"\n"));
  CHECK(contains(text, "molar_mass = \"28 kDa\"\n"));
  CHECK(contains(text, "x = 1.0\n"));
  TemporaryFolder const elsewhere;
  auto const again = load_document(elsewhere.write("r.toml", text), {}, SearchPath{{}}, kPieceRules);
  CHECK(again.resolved);
  CHECK(resolved_text(again.root) == text);
}

TEST_CASE("the layout of a file does not change its resolved text") {
  PieceLibrary const library;
  auto const first = library.experiment("factors = []\n[a]\nx = { k = 1 }\ny = [ { z = 0x10 } ]\n");
  auto const one = resolved_text(library.load(first).root);
  auto const second = library.experiment("factors = [ ]\n[[a.y]]\nz = 16\n[a.x]\nk = 1 # one\n");
  CHECK(resolved_text(library.load(second).root) == one);
}

TEST_CASE("a resolved document refuses to use another piece") {
  PieceLibrary const library;
  auto const file = library.experiment("resolved = true\n[organism]\nname = \"mouse\"\n");
  CHECK(library.load(file).resolved);
  auto const problem = only_problem(library, file, {"organism.use=rat"});
  CHECK(problem.place == Place{"--set organism.use=rat", 0, 0});
  CHECK(contains(problem.message, "stands alone"));
}

TEST_CASE("settings are TOML where they can be and texts otherwise") {
  PieceLibrary const library;
  auto const file = library.experiment("seed = 7\n[organism]\nuse = \"mouse\"\n");
  auto const document = library.load(file, {"seed=8", "organism.age=20 weeks", "organism.sex=\"male\"",
                                            "organism.mass=31 g", "list=[1,2]", "note=a\nb=2"});
  auto const& root = document.root;
  CHECK(root["seed"sv].value<int>() == 8);
  CHECK(root["organism"sv]["age"sv].value<std::string>() == "20 weeks");
  CHECK(root["organism"sv]["sex"sv].value<std::string>() == "male");
  CHECK(root["organism"sv]["mass"sv]["value"sv].value<std::string>() == "31 g");
  CHECK(root["organism"sv]["mass"sv]["source"sv].value<std::string>() == "[book]");
  CHECK(root["list"sv].is_array());
  CHECK(root["note"sv].value<std::string>() == "a\nb=2");
  CHECK(place_of(*root.get("seed")) == Place{"--set seed=8", 0, 0});
  CHECK(place_of(root["organism"sv].as_table()->source()) == Place{file.string(), 2, 1});
}

TEST_CASE("a setting can choose another piece") {
  PieceLibrary const library;
  auto const file = library.experiment("[organism]\nuse = \"mouse\"\n");
  auto const document = library.load(file, {"organism.use=rat", "factors=[\"il6\"]"});
  CHECK(document.root["organism"sv]["name"sv].value<std::string>() == "rat");
  CHECK(document.root["factor"sv].as_table()->size() == 1);
}

TEST_CASE("a setting of a bad form is a problem of the command line") {
  PieceLibrary const library;
  auto const file = library.experiment("seed = 7\n");
  auto const setting = GENERATE("seed", "seed=", "=3", "a b=3", "a\nb=3", "[a]=3");
  auto const problem = only_problem(library, file, {setting});
  CHECK(problem.place == Place{std::string{"--set "} + setting, 0, 0});
}

TEST_CASE("a missing piece is reported with what there is and where it was looked for") {
  PieceLibrary const library;
  auto const file = library.experiment("[organism]\n  use = \"muose\"\n");
  auto const problem = only_problem(library, file);
  CHECK(problem.place == Place{file.string(), 2, 9});
  CHECK(contains(problem.message, "organism.use = \"muose\""));
  CHECK(contains(problem.message, "did you mean 'mouse'?"));
  CHECK(contains(problem.message, "available: mouse, rat;"));
  auto const beside = file.parent_path();
  CHECK(contains(problem.message, (beside / "muose.toml").string() + ", " +
                                      (beside / "organisms/muose.toml").string() + ", " +
                                      (library.folder.path() / "lib/organisms/muose.toml").string()));
}

TEST_CASE("a name of a wrong type, a broken piece and a bad setting are reported at once") {
  PieceLibrary const library;
  library.folder.write("exp/regimes/broken.toml", "session = [\n");
  auto const file =
      library.experiment("factors = [\"bdnf\", 3]\n[organism]\nuse = 3\n[schedule]\nuse = \"broken\"\n");
  auto const problems = document_problems(library, file, {"seed"});
  REQUIRE(problems.size() == 4);
  CHECK(problems[0].place.file == "--set seed");
  CHECK(problems[1].place == Place{file.string(), 1, 20});
  CHECK(problems[2].place == Place{file.string(), 3, 7});
  CHECK(contains(problems[2].message, "organism.use = 3: must be the name of a piece in organisms/"));
  CHECK(problems[3].place.file == (file.parent_path() / "regimes/broken.toml").string());
}

TEST_CASE("a syntax error has its line and column") {
  PieceLibrary const library;
  auto const problem = only_problem(library, library.experiment("seed = 7\ntitle = \n"));
  CHECK(problem.place.line == 2);
  CHECK(problem.place.column > 7);
}

TEST_CASE("a missing file and a folder are no configuration") {
  PieceLibrary const library;
  CHECK(contains(only_problem(library, library.folder.path() / "none.toml").message, "No such file"));
  CHECK(contains(only_problem(library, library.folder.path()).message, "is a folder"));
}

TEST_CASE("pieces beside the experiment come first, but an experiment is no piece") {
  PieceLibrary const library;
  library.folder.write("exp/endurance.toml", "[schedule]\nuse = \"endurance\"\n");
  library.folder.write("exp/organisms/mouse.toml", "name = \"my mouse\"\n");
  auto const document =
      library.load(library.experiment("[organism]\nuse = \"mouse\"\n[schedule]\nuse = \"endurance\"\n"));
  CHECK(document.root["organism"sv]["name"sv].value<std::string>() == "my mouse");
  CHECK(document.root["schedule"sv]["session"sv].is_array());
  CHECK_NOTHROW(library.load(library.folder.path() / "exp/endurance.toml"));
}

TEST_CASE("a name with a slash or a suffix is a file relative to the experiment") {
  PieceLibrary const library;
  library.folder.write("exp/my/own.toml", "use = \"base.toml\"\nname = \"own\"\n");
  library.folder.write("exp/my/base.toml", "name = \"base\"\nmass = \"20 g\"\n");
  auto const document = library.load(library.experiment("[organism]\nuse = \"my/own.toml\"\n"));
  CHECK(document.root["organism"sv]["name"sv].value<std::string>() == "own");
  CHECK(document.root["organism"sv]["mass"sv].value<std::string>() == "20 g");
}

TEST_CASE("a piece that uses itself is reported") {
  PieceLibrary const library;
  library.folder.write("exp/ring.toml", "use = \"./ring.toml\"\n");
  auto const problem = only_problem(library, library.experiment("[organism]\nuse = \"ring.toml\"\n"));
  CHECK(contains(problem.message, "uses itself"));
}

TEST_CASE("all factors are used unless they are listed") {
  PieceLibrary const library;
  auto const all = library.load(library.experiment("seed = 1\n"));
  CHECK(all.root["factor"sv].as_table()->size() == 2);
  auto const one = library.load(library.experiment("factors = [\"il6\"]\n[factor.il6]\ngain = 2\n"));
  CHECK(one.root["factor"sv].as_table()->size() == 1);
  CHECK(one.root["factor"sv]["il6"sv]["gain"sv].value<int>() == 2);
  CHECK(one.root["factor"sv]["il6"sv]["molar_mass"sv].value<std::string>() == "22 kDa");
  CHECK_FALSE(one.root.contains("factors"sv));
  CHECK_FALSE(library.load(library.experiment("factors = []\n")).root.contains("factor"sv));
}

TEST_CASE("a factor may be defined as a whole in the experiment") {
  PieceLibrary const library;
  auto const document =
      library.load(library.experiment("factors = [\"new\"]\n[factor.new]\nmolar_mass = \"1 kDa\"\n"));
  CHECK(document.root["factor"sv]["new"sv]["molar_mass"sv].value<std::string>() == "1 kDa");
}

TEST_CASE("a factor's table that is not listed, and one listed twice, are problems") {
  PieceLibrary const library;
  auto const file = library.experiment("factors = [\"bdnf\", \"bdnf\"]\n[factor.bndf]\ngain = 2\n");
  auto const problems = document_problems(library, file);
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].place == Place{file.string(), 1, 20});
  CHECK(problems[1].place == Place{file.string(), 2, 9});
  CHECK(contains(problems[1].message, "did you mean 'bdnf'?"));
}

#include "io/export/export_folder.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/unit/io/config/temporary_folder.h"

using namespace myoaxis;
namespace fs = std::filesystem;

namespace {

/// Exports these files.
void fill(fs::path const& folder, std::vector<std::string> const& names,
          ForeignFiles foreign = ForeignFiles::refused) {
  ExportFolder fresh{folder, foreign};
  for (auto const& name : names) std::ofstream{fresh.path() / name} << "new";
  fresh.hand_over();
}

std::string text_of(fs::path const& path) {
  std::ifstream file{path};
  std::string text;
  std::getline(file, text);
  return text;
}

}  // namespace

TEST_CASE("an export replaces an earlier one and all of its files") {
  test::TemporaryFolder const home;
  auto const folder = home.path() / "out";
  fill(folder / "", {"a.csv", "b.csv"});
  fill(folder, {"a.csv", "c.csv"});
  CHECK(fs::exists(folder / "a.csv"));
  CHECK(fs::exists(folder / "c.csv"));
  CHECK_FALSE(fs::exists(folder / "b.csv"));
  CHECK_FALSE(fs::exists(home.path() / "out.partial"));
}

TEST_CASE("what no export wrote is never lost") {
  test::TemporaryFolder const home;
  home.write("out/notes.txt", "mine");
  auto const folder = home.path() / "out";
  CHECK_THROWS_AS((ExportFolder{folder, ForeignFiles::refused}), OccupiedFolder);
  CHECK_THROWS_WITH((ExportFolder{folder, ForeignFiles::refused}), Catch::Contains("notes.txt"));
  fill(folder, {"a.csv"}, ForeignFiles::kept);
  fill(folder, {"b.csv"}, ForeignFiles::kept);
  CHECK(text_of(folder / "notes.txt") == "mine");
  CHECK(text_of(folder / "b.csv") == "new");
  CHECK_FALSE(fs::exists(folder / "a.csv"));
}

TEST_CASE("a file of one's own is not replaced by an export's of the same name") {
  test::TemporaryFolder const home;
  home.write("out/b.csv", "mine");
  auto const folder = home.path() / "out";
  CHECK_THROWS_WITH(fill(folder, {"a.csv", "b.csv"}, ForeignFiles::kept), Catch::Contains("b.csv"));
  CHECK(text_of(folder / "b.csv") == "mine");
  CHECK_FALSE(fs::exists(folder / "a.csv"));
  CHECK_FALSE(fs::exists(folder / kExportMark));
  CHECK_FALSE(fs::exists(home.path() / "out.partial"));
  // Nor is a mark that no export wrote, nor a link that leads nowhere.
  fs::remove(folder / "b.csv");
  home.write("out/" + std::string{kExportMark}, "mine");
  CHECK_THROWS_AS(fill(folder, {"b.csv"}, ForeignFiles::kept), OccupiedFolder);
  fs::remove(folder / kExportMark);
  fs::create_symlink("nowhere", folder / "b.csv");
  CHECK_THROWS_AS(fill(folder, {"b.csv"}, ForeignFiles::kept), OccupiedFolder);
}

TEST_CASE("a mark that leads out of its folder is not followed") {
  test::TemporaryFolder const home;
  auto const outside = home.write("precious", "mine");
  auto const folder = home.path() / "out";
  fill(folder, {"a.csv"});
  std::ofstream{folder / kExportMark, std::ios::app} << "../precious\n..\n";
  fill(folder, {"b.csv"});
  CHECK(text_of(outside) == "mine");
}

TEST_CASE("nothing half-written stays, and what is in the way is not removed") {
  test::TemporaryFolder const home;
  auto const folder = home.path() / "out";
  { ExportFolder const dropped{folder, ForeignFiles::refused}; }
  CHECK(fs::is_empty(home.path()));
  home.write("out.partial/notes.txt", "mine");
  CHECK_THROWS_AS((ExportFolder{folder, ForeignFiles::kept}), OccupiedFolder);
  CHECK(text_of(home.path() / "out.partial/notes.txt") == "mine");
  auto const file = home.write("file", "mine");
  CHECK_THROWS_AS((ExportFolder{file, ForeignFiles::kept}), OccupiedFolder);
  // What a killed export left behind is cleared away.
  home.write("other.partial/" + std::string{kExportMark},
             "Written by myoaxis export, which replaces these files:\n");
  fill(home.path() / "other", {"a.csv"});
  CHECK_FALSE(fs::exists(home.path() / "other.partial"));
}

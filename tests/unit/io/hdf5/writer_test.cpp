/// Round trips of every kind of thing that a results file holds, and what is refused.
#include "io/hdf5/writer.h"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "io/hdf5/reader.h"
#include "tests/unit/io/hdf5/scratch_file.h"

namespace myoaxis {
namespace {

using Texts = std::vector<std::string>;
using Doubles = std::vector<double>;

void fill_blood(H5File& file, int rows) {
  auto group = file.group("blood");
  group.add_scale({"site", "", "where blood is drawn"}, Texts{"arm_vein", "jugular vein \xc2\xb5"});
  auto table = group.add_table<double>({"time", "h", "time since day 0"});
  auto bdnf = table.add<double>({.name = "bdnf", .unit = "ng/ml", .long_name = "BDNF", .dims = {"site"}});
  auto quanta = table.add<std::int64_t>({.name = "quanta", .unit = "1", .long_name = "quanta in plasma"});
  auto state = table.add<std::uint8_t>(
      {.name = "phase", .unit = "", .long_name = "phase of the day", .flags = {"at rest", "exercise"}});
  for (int row = 0; row < rows; ++row) {
    bdnf.append(std::array{row + 0.25, row + 0.5});
    quanta.append(std::int64_t{1} << 40);
    state.append(static_cast<std::uint8_t>(row % 2));
    table.append_row(0.5 * row);
  }
}

void fill_fixed(H5File& file) {
  auto group = file.group("attribution");
  group.add_scale({"muscle", "", "name of the muscle"}, Texts{"soleus", "plantaris", "gastrocnemius"});
  group.add_scale({"session", "1", "number of the session"}, std::vector<std::int64_t>{1, 2});
  group.add_scale({"day", "d", "day of the session"}, Doubles{});
  group.add_fixed<double>(
      {.name = "molecules", .unit = "mol", .long_name = "reached the niches", .dims = {"muscle", "session"}},
      Doubles{1, 2, 3, 4, 5, 6});
  group.add_fixed({.name = "kind", .unit = "", .long_name = "kind of session", .dims = {"session"}},
                  Texts{"run", ""});
  group.add_fixed<float>({.name = "nothing", .unit = "1", .long_name = "on no day", .dims = {"day"}}, {});
  group.add_fixed<std::uint64_t>({.name = "key", .unit = "1", .long_name = "an address", .dims = {}},
                                 std::vector{~std::uint64_t{0}});
  group.add_scale({"cell", "1", "number of the cell"}, std::vector<std::int64_t>(5000, 7));
  group.reserve_fixed<double>({.name = "later", .unit = "s", .long_name = "never set", .dims = {"cell"}});
}

void fill_everything(H5File& file) {
  auto root = file.root();
  root.set_attribute("Conventions", "CF-1.8");
  root.set_attribute("config_toml", std::string(100'000, 'x'));
  root.set_attribute("seed", std::int64_t{7});
  root.set_attribute("build", 2.5);
  root.set_attribute("status", "running");
  root.set_attribute("status", "complete");
  fill_blood(file, 150);
  fill_fixed(file);
  file.group("empty").add_table<double>({"time", "s", "time"}).add<float>({"mood", "1", "mood"});
  file.group("assays/day28").set_attribute("kind", "blood");
}

}  // namespace

TEST_CASE("every kind of data set comes back as it was written, from a copy too", "[io]") {
  ScratchFolder const folder;
  auto path = folder.path("everything.h5");
  auto const filters = GENERATE(Filters::none, Filters::deflate);
  auto file = H5File::create(path, filters);
  fill_everything(file);
  file.close();
  if (GENERATE(false, true)) {
    auto const original = std::exchange(path, folder.path("copy.h5"));
    copy_filtered(original, path, filters == Filters::none ? Filters::deflate : Filters::none);
  }

  auto const reader = H5Reader::open(path);
  CHECK(reader.groups() == Texts{"assays", "attribution", "blood", "empty"});
  CHECK(reader.groups("assays") == Texts{"day28"});
  CHECK(reader.text_attribute("/", "status") == "complete");
  CHECK(reader.text_attribute("/", "config_toml")->size() == 100'000);
  CHECK(reader.integer_attribute("/", "seed") == 7);
  CHECK(reader.number_attribute("/", "build") == 2.5);
  CHECK_FALSE(reader.text_attribute("/", "seed"));
  CHECK_FALSE(reader.integer_attribute("/", "missing"));
  CHECK(reader.has("blood/bdnf"));
  CHECK_FALSE(reader.has("blood/cortisol"));

  auto const bdnf = reader.read_doubles("blood/bdnf");
  REQUIRE(bdnf.size() == 300);
  CHECK(bdnf[298] == 149.25);
  CHECK(bdnf[299] == 149.5);
  CHECK(reader.read_integers("blood/quanta").at(149) == std::int64_t{1} << 40);
  CHECK(reader.read_integers("blood/phase").at(149) == 1);
  CHECK(reader.read_doubles("blood/time").at(149) == 74.5);
  CHECK(reader.read_texts("blood/site") == Texts{"arm_vein", "jugular vein \xc2\xb5"});
  CHECK(reader.text_attribute("blood/phase", "flag_meanings") == "at_rest exercise");
  CHECK(reader.read_doubles("attribution/molecules") == Doubles{1, 2, 3, 4, 5, 6});
  CHECK(reader.read_texts("attribution/kind") == Texts{"run", ""});
  CHECK(reader.read_keys("attribution/key") == std::vector{~std::uint64_t{0}});
  CHECK(std::isnan(reader.read_doubles("attribution/later").at(4999)));
  CHECK(reader.read_doubles("attribution/nothing").empty());
  CHECK(reader.read_doubles("empty/mood").empty());
}

TEST_CASE("a listing tells dimensions, units and meanings", "[io]") {
  ScratchFolder const folder;
  auto file = H5File::create(folder.path("listing.h5"));
  fill_blood(file, 3);
  file.close();
  copy_filtered(folder.path("listing.h5"), folder.path("copy.h5"), Filters::none);
  auto const listing = H5Reader::open(folder.path(GENERATE("listing.h5", "copy.h5"))).datasets("blood");
  REQUIRE(listing.size() == 5);
  CHECK(listing[0].name == "bdnf");
  CHECK(listing[0].dims == Texts{"time", "site"});
  CHECK(listing[0].shape == std::vector<std::uint64_t>{3, 2});
  CHECK(listing[0].unit == "ng/ml");
  CHECK(listing[0].long_name == "BDNF");
  CHECK_FALSE(listing[0].is_scale);
  CHECK(listing[3].name == "site");
  CHECK(listing[3].is_scale);
  CHECK(listing[3].is_text);
}

TEST_CASE("only closed rows reach the file, and a flush brings all of them", "[io]") {
  ScratchFolder const folder;
  auto const path = folder.path("rows.h5");
  auto file = H5File::create(path);
  auto table = file.group("brain").add_table<double>({"time", "s", "time"});
  auto mood = table.add<double>({"mood", "1", "mood"});
  mood.append(0.5);
  table.append_row(1);
  mood.append(0.25);
  file.flush();
  CHECK(table.rows() == 1);
  table.append_row(2);
  mood.append(0.75);  // never closed
  file.close();
  auto const reader = H5Reader::open(path);
  CHECK(reader.read_doubles("brain/time") == Doubles{1, 2});
  CHECK(reader.read_doubles("brain/mood") == Doubles{0.5, 0.25});
}

TEST_CASE("a row that lacks a value, or has one too many, is refused", "[io]") {
  ScratchFolder const folder;
  auto file = H5File::create(folder.path("misuse.h5"));
  auto group = file.group("brain");
  auto table = group.add_table<double>({"time", "s", "time"});
  auto mood = table.add<double>({"mood", "1", "mood"});
  CHECK_THROWS_WITH(table.append_row(1), Catch::Contains("'mood' has 0 rows waiting, 'time' has 1"));
  mood.append(1);
  mood.append(2);
  mood.append(3);
  CHECK_THROWS_WITH(table.append_row(2), Catch::Contains("'mood' has 3 rows"));
}

TEST_CASE("a series takes whole rows only", "[io]") {
  ScratchFolder const folder;
  auto file = H5File::create(folder.path("rows.h5"));
  auto group = file.group("blood");
  group.add_scale({"site", "", "site"}, Texts{"arm", "leg"});
  auto table = group.add_table<double>({"time", "s", "time"});
  auto bdnf = table.add<double>({.name = "bdnf", .unit = "ng/ml", .long_name = "BDNF", .dims = {"site"}});
  CHECK_THROWS_AS(bdnf.append(1.0), std::logic_error);
}

TEST_CASE("descriptions that break the rules of the format are refused", "[io]") {
  ScratchFolder const folder;
  auto file = H5File::create(folder.path("rules.h5"));
  auto group = file.group("g");
  group.add_scale({"site", "", "site"}, Texts{"arm", "leg"});
  auto table = group.add_table<double>({"time", "s", "time"});
  auto const about = [](std::string name, std::string unit, Texts dims = {}, Texts flags = {}) {
    return Description{
        .name = std::move(name), .unit = std::move(unit), .long_name = "x", .dims = dims, .flags = flags};
  };
  CHECK_THROWS_WITH(table.add<double>(about("a", "")), Catch::Contains("unit or flags"));
  CHECK_THROWS_WITH(table.add<double>(about("a", "days")), Catch::Contains("s, min, h, d"));
  CHECK_THROWS_WITH(table.add<double>(about("a/b", "1")), Catch::Contains("slash"));
  CHECK_THROWS_WITH(table.add<double>(about("a", "", {}, {"on"})), Catch::Contains("uint8"));
  CHECK_THROWS_WITH(table.add<double>({"a", "1", ""}), Catch::Contains("long_name"));
  CHECK_THROWS_WITH(table.add<double>(about("a", "1", {"organ"})), Catch::Contains("no scale 'organ'"));
  CHECK_THROWS_WITH(table.add<double>(about("time", "1")), Catch::Contains("exists already"));
  CHECK_THROWS_WITH(group.add_fixed<double>(about("a", "1", {"time"}), {}), Catch::Contains("grows"));
  CHECK_THROWS_WITH(group.add_fixed<double>(about("a", "1", {"site"}), Doubles{1}),
                    Catch::Contains("1 values"));
  table.append_row(0);
  CHECK_THROWS_WITH(table.add<double>(about("late", "1")), Catch::Contains("has rows"));
}

TEST_CASE("a live file can be read along, and nothing more is created in it", "[io]") {
  ScratchFolder const folder;
  auto const path = folder.path("live.h5");
  auto file = H5File::create(path);
  auto group = file.group("brain");
  group.add_scale({"n", "1", "number"}, std::vector<std::int64_t>{1});
  auto outcome =
      group.reserve_fixed<double>({.name = "o", .unit = "1", .long_name = "outcome", .dims = {"n"}});
  auto table = group.add_table<double>({"time", "s", "time"});
  auto mood = table.add<double>({"mood", "1", "mood"});
  file.start_live();
  CHECK_THROWS_WITH(file.group("late"), Catch::Contains("read along"));
  CHECK_THROWS_WITH(file.root().set_attribute("late", "x"), Catch::Contains("read along"));
  mood.append(0.5);
  table.append_row(1);
  outcome.write(Doubles{3});
  file.flush();
  CHECK(H5Reader::open(path).read_doubles("brain/mood") == Doubles{0.5});
  file.close();
  CHECK(H5Reader::open(path).read_doubles("brain/o") == Doubles{3});
}

TEST_CASE("a file grows by its rows, not by how often they are shown, and its copy is as small as can be",
          "[io]") {
  ScratchFolder const folder;
  auto const size_after = [&](int rows_at_a_time) {
    auto const path = folder.path(std::to_string(rows_at_a_time));
    auto file = H5File::create(path, Filters::none);
    auto table = file.group("brain").add_table<double>({"time", "s", "time"});
    auto mood = table.add<double>({"mood", "1", "mood"});
    file.start_live();
    for (int row = 0; row < 1000; ++row) {
      mood.append(std::sin(row));
      table.append_row(row);
      if (row % rows_at_a_time == 0) file.flush();
    }
    file.close();
    copy_filtered(path, path + ".copy", Filters::deflate);
    return std::array{std::filesystem::file_size(path), std::filesystem::file_size(path + ".copy")};
  };
  auto const seldom = size_after(1000);
  auto const often = size_after(1);
  CHECK(often[0] <= seldom[0] + 4096);
  CHECK(often[1] == seldom[1]);
  CHECK(often[1] < seldom[0]);
}

TEST_CASE("a copy that fails leaves nothing, and its original alone", "[io]") {
  ScratchFolder const folder;
  auto const path = folder.path("torn.h5");
  auto file = H5File::create(path);
  fill_everything(file);
  file.close();
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  CHECK_THROWS_AS(copy_filtered(path, folder.path("copy.h5"), Filters::none), FileError);
  CHECK_FALSE(std::filesystem::exists(folder.path("copy.h5")));
  CHECK_THROWS_AS(copy_filtered(folder.path("none.h5"), folder.path("copy.h5"), Filters::none), FileError);
  CHECK_FALSE(std::filesystem::exists(folder.path("copy.h5")));
}

TEST_CASE("attributes of a finished file can be replaced", "[io]") {
  ScratchFolder const folder;
  auto const path = folder.path("status.h5");
  auto file = H5File::create(path);
  file.root().set_attribute("status", "running");
  file.close();
  auto again = H5File::open_for_changing(path);
  again.root().set_attribute("status", "complete");
  again.close();
  CHECK(H5Reader::open(path).text_attribute("/", "status") == "complete");
}

TEST_CASE("handles of a closed file say so", "[io]") {
  ScratchFolder const folder;
  auto file = H5File::create(folder.path("closed.h5"));
  auto group = file.group("brain");
  auto table = group.add_table<double>({"time", "s", "time"});
  file.close();
  file.close();  // a second time does nothing
  CHECK_THROWS_AS(table.append_row(1), std::logic_error);
  CHECK_THROWS_AS(group.set_attribute("a", "b"), std::logic_error);
  CHECK_THROWS_AS(file.flush(), std::logic_error);
}

}  // namespace myoaxis

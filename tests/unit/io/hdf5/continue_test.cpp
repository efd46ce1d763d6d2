#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>

#include "io/hdf5/reader.h"
#include "io/hdf5/writer.h"
#include "tests/unit/io/hdf5/scratch_file.h"

namespace myoaxis {
namespace {

constexpr int kRows = 4000;

/// A results file in small: a growing table with a fixed dimension, one of events, and an outcome.
struct Contents {
  explicit Contents(H5File new_file) : file{std::move(new_file)} {
    file.root().set_attribute("title", "a title");
    auto blood = file.group("blood");
    blood.add_scale({"site", "", "where"}, std::vector<std::string>{"artery", "vein"});
    rows.emplace(blood.add_table<double>({"time", "s", "time"}, 100));
    level.emplace(rows->add<float>({"level", "ng/ml", "a level", {"site"}}));
    auto group = file.group("events");
    events.emplace(group.add_table<std::int64_t>({"event", "1", "number"}, 64));
    cell.emplace(events->add<std::uint64_t>({"cell", "1", "key"}));
    auto results = file.group("outcomes");
    results.add_scale({"outcome", "", "name"}, std::vector<std::string>{"mean"});
    outcome.emplace(results.reserve_fixed<double>(
        {.name = "value", .unit = "1", .long_name = "value", .dims = {"outcome"}}));
    file.start_live();
  }

  void write(int i) {
    level->append(std::vector<float>{static_cast<float>(i), static_cast<float>(-i)});
    rows->append_row(i);
    for (int k = 0; k < i % 3; ++k) {
      cell->append(static_cast<std::uint64_t>(i * 10 + k));
      events->append_row(static_cast<std::int64_t>(events->rows()));
    }
  }

  void finish() {
    outcome->write(std::vector<double>{42});
    file.close();
  }

  H5File file;
  std::optional<GrowingTable<double>> rows;
  std::optional<Series<float>> level;
  std::optional<GrowingTable<std::int64_t>> events;
  std::optional<Series<std::uint64_t>> cell;
  std::optional<Fixed<double>> outcome;
};

struct Read {
  std::vector<double> time, level, outcome;
  std::vector<std::uint64_t> cell;
  bool operator==(Read const&) const = default;
};

Read read(std::string const& path) {
  auto const file = H5Reader::open(path);
  return {file.read_doubles("blood/time"), file.read_doubles("blood/level"),
          file.read_doubles("outcomes/value"), file.read_keys("events/cell")};
}

std::string uninterrupted(ScratchFolder const& folder) {
  auto const path = folder.path("whole.h5");
  Contents whole{H5File::create(path, Filters::none)};
  for (int i = 0; i < kRows; ++i) whole.write(i);
  whole.finish();
  return path;
}

/// A copy of the file, complete or not there.
void save_copy(std::string const& path) {
  namespace fs = std::filesystem;
  fs::copy_file(path, path + ".new", fs::copy_options::overwrite_existing);
  fs::rename(path + ".new", path + ".saved");
}

/// Where to go on: the next row, and the lengths of the tables. In a run, the checkpoint holds it.
void note(std::string const& path, int next, RowCounts const& rows) {
  {
    std::ofstream out{path + ".new"};
    out << next << '\n';
    for (auto const& [name, number] : rows) out << name << ' ' << number << '\n';
  }
  std::rename((path + ".new").c_str(), path.c_str());
}

int noted(std::string const& path, RowCounts& rows) {
  std::ifstream in{path};
  int next = 0;
  in >> next;
  std::string name;
  for (std::uint64_t number = 0; in >> name >> number;) rows[name] = number;
  return next;
}

void write_on(std::string const& path, std::string const& notes) {
  RowCounts rows;
  auto const next = noted(notes, rows);
  if (next > 0 && !is_intact(path)) {
    std::filesystem::copy_file(path + ".saved", path, std::filesystem::copy_options::overwrite_existing);
  }
  Contents contents{next == 0 ? H5File::create(path, Filters::none) : H5File::continue_at(path, rows)};
  for (int i = next; i < kRows; ++i) {
    contents.write(i);
    if (i % 7 == 0) contents.file.flush_soon();
    if (i % 50 == 0) {
      contents.file.sync();
      save_copy(path);
      note(notes, i + 1, contents.file.rows());
    }
  }
  contents.finish();
}

/// Writes on from what is noted, in a process of its own that is ended after a while, by a clock that it has
/// itself: one that had to be killed from here could be through before, where others use the CPU. True: it
/// got through.
bool write_until_killed(std::string const& path, std::string const& notes, std::chrono::microseconds life) {
  auto const child = fork();
  if (child == 0) {
    itimerval const once{{0, 0}, {life.count() / 1'000'000, life.count() % 1'000'000}};
    setitimer(ITIMER_REAL, &once, nullptr);  // nobody handles its signal
    try {
      write_on(path, notes);
    } catch (std::exception const& error) {
      static_cast<void>(std::fprintf(stderr, "%s\n", error.what()));
      _exit(1);
    }
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  REQUIRE((!WIFEXITED(status) || WEXITSTATUS(status) == 0));
  return WIFEXITED(status);
}

}  // namespace

TEST_CASE("a file that a crash cut off is continued to the same data sets", "[io][reproducible]") {
  ScratchFolder const folder;
  auto const expected = read(uninterrupted(folder));
  auto const path = folder.path("killed.h5");
  auto const notes = folder.path("notes");
  int kills = 0;
  for (int life = 500; !write_until_killed(path, notes, std::chrono::microseconds{life}); ++kills) {
    life += 1000 + 377 * kills;
    RowCounts rows;
    REQUIRE(kills < 100);
    if (noted(notes, rows) == 0) continue;
    // What was there when the process was killed can be read, and begins like the whole. A write that was
    // torn apart is rare, and noticed.
    if (!is_intact(path)) continue;
    auto const times = H5Reader::open(path).read_doubles("blood/time");
    REQUIRE(times.size() >= rows.at("/blood/time"));
    for (std::size_t i = 0; i < times.size(); ++i) REQUIRE(times[i] == static_cast<double>(i));
  }
  CHECK(kills >= 5);
  CHECK(read(path) == expected);
}

TEST_CASE("a damaged part is found wherever it lies, and a disk that fails is told apart", "[io]") {
  ScratchFolder const folder;
  auto const path = folder.path("file.h5");
  constexpr std::size_t kValues = 3 << 20;  // more than is read at a time
  {
    auto file = H5File::create(path);
    std::vector<double> values(kValues);
    for (std::size_t i = 0; i < kValues; ++i) values[i] = std::sin(static_cast<double>(i));
    auto group = file.group("x");
    group.add_scale({"i", "1", "number"}, std::vector<double>(kValues));
    group.add_fixed<double>({"value", "1", "a wave", {"i"}}, values);
    file.close();
  }
  CHECK(is_intact(path));
  std::fstream file{path, std::ios::binary | std::ios::in | std::ios::out};
  auto const size = static_cast<std::streamoff>(std::filesystem::file_size(path));
  for (auto const place : {size / 3, size / 2, 3 * size / 4}) {
    CAPTURE(place);
    char byte = 0;
    file.seekg(place).get(byte);
    auto const flipped = static_cast<char>(byte ^ 8);
    file.seekp(place).put(flipped).flush();
    CHECK_FALSE(is_intact(path));
    file.seekp(place).put(byte).flush();
  }
  CHECK(is_intact(path));
  CHECK_THROWS_AS(is_intact(std::filesystem::path{path}.parent_path().string()), FileError);
}

TEST_CASE("rows behind the place of continuation stay until they are written once more", "[io]") {
  ScratchFolder const folder;
  auto const path = folder.path("file.h5");
  RowCounts rows;
  {
    Contents contents{H5File::create(path)};
    for (int i = 0; i < 10; ++i) contents.write(i);
    rows = contents.file.rows();
    for (int i = 10; i < 30; ++i) contents.write(i);
    contents.finish();
  }
  Contents again{H5File::continue_at(path, rows)};
  CHECK(again.file.has_later_rows());
  again.write(10);
  again.file.flush();
  CHECK(H5Reader::open(path).read_doubles("blood/time").size() == 30);
  CHECK(again.file.whole_rows().at("/blood/time") == 30);
  auto const shorter = again.file.rows();
  again.finish();
  cut_tables(path, shorter);
  CHECK(H5Reader::open(path).read_doubles("blood/time").size() == 11);
  CHECK(H5Reader::open(path).read_doubles("blood/level").size() == 22);
  CHECK(H5Reader::open(path).read_keys("events/cell").size() == shorter.at("/events/event"));
}

TEST_CASE("a file of another content, or with fewer rows than there were, is not continued", "[io]") {
  ScratchFolder const folder;
  auto const path = folder.path("file.h5");
  {
    Contents contents{H5File::create(path)};
    contents.write(0);
    contents.finish();
  }
  CHECK_THROWS_WITH((Contents{H5File::continue_at(path, {{"/blood/time", 5}})}),
                    Catch::Contains("has 1 rows, 5 were written"));
  auto other = H5File::continue_at(path, {});
  CHECK_THROWS_WITH(other.group("blood").add_table<std::int64_t>({"time", "s", "time"}),
                    Catch::Contains("not what this program writes"));
}

}  // namespace myoaxis

#include "io/cache/propagator_cache.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <vector>

#include "tests/unit/io/config/temporary_folder.h"

using namespace myoaxis;

namespace {

namespace fs = std::filesystem;

struct World {
  Layout layout;
  CellId a = layout.add_cell("a", Representation::packets);
  CellId b = layout.add_cell("b", Representation::packets);
  SinkId sink = layout.add_sink("out", Representation::packets);

  Generator generator(double rate) const {
    Generator generator{layout};
    generator.add(a, b, PerSecond{rate});
    generator.add(b, sink, PerSecond{0.3});
    return generator;
  }
};

std::vector<double> all_values(Propagators const& propagators) {
  std::vector<double> values;
  for (auto const& [seconds, propagator] : propagators) {
    for (auto const* matrix : {&propagator.at_end, &propagator.average, &propagator.released})
      values.insert(values.end(), matrix->values().begin(), matrix->values().end());
  }
  return values;
}

std::vector<fs::path> files_in(fs::path const& folder) {
  std::vector<fs::path> files;
  for (auto const& file : fs::directory_iterator{folder}) files.push_back(file.path());
  return files;
}

constexpr std::array<std::int64_t, 2> kLengths{8, 3600};

}  // namespace

TEST_CASE("a second run finds the same bits that the first one made", "[reproducible]") {
  test::TemporaryFolder const folder;
  World const world;
  PropagatorCache first{folder.path() / "cache"};
  auto const made = find_or_make(&first, world.generator(0.7), kLengths);
  CHECK(first.kept() == 1);
  PropagatorCache second{folder.path() / "cache"};
  auto const found = find_or_make(&second, world.generator(0.7), kLengths);
  CHECK(second.found() == 1);
  CHECK(all_values(found) == all_values(made));
  CHECK(all_values(made) == all_values(find_or_make(nullptr, world.generator(0.7), kLengths)));
}

TEST_CASE("another rate or another length is another key") {
  World const world;
  auto const key = propagator_key(world.generator(0.7), kLengths);
  CHECK(key != propagator_key(world.generator(0.7 + 1e-15), kLengths));
  CHECK(key != propagator_key(world.generator(0.7), std::array<std::int64_t, 1>{8}));
}

TEST_CASE("a damaged or truncated file is made anew") {
  test::TemporaryFolder const folder;
  World const world;
  {
    PropagatorCache cache{folder.path()};
    find_or_make(&cache, world.generator(0.7), kLengths);
  }
  auto const file = files_in(folder.path()).front();
  auto const size = fs::file_size(file);
  SECTION("one byte differs") {
    std::fstream bytes{file, std::ios::binary | std::ios::in | std::ios::out};
    bytes.seekp(static_cast<std::streamoff>(size - 3));
    bytes.put('\x55');
  }
  SECTION("the end is missing") { fs::resize_file(file, size - 8); }
  SECTION("all is missing") { fs::resize_file(file, 0); }
  PropagatorCache cache{folder.path()};
  auto const made = find_or_make(&cache, world.generator(0.7), kLengths);
  CHECK(cache.found() == 0);
  CHECK(cache.kept() == 1);
  CHECK(all_values(made) == all_values(make_propagators(world.generator(0.7), kLengths)));
}

TEST_CASE("a folder that cannot be written to changes nothing") {
  World const world;
  PropagatorCache cache{"/proc/no_such_folder"};
  auto const made = find_or_make(&cache, world.generator(0.7), kLengths);
  CHECK(cache.kept() == 0);
  CHECK(made.size() == 2);
}

TEST_CASE("what was used longest ago goes when the folder grows too large") {
  test::TemporaryFolder const folder;
  World const world;
  {
    PropagatorCache cache{folder.path(), 500};
    for (auto const rate : {0.1, 0.2, 0.3, 0.4}) find_or_make(&cache, world.generator(rate), kLengths);
    CHECK(files_in(folder.path()).size() == 4);
  }
  CHECK(files_in(folder.path()).size() <= 2);
}

#include "io/whole_file.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <iterator>
#include <string>

#include "io/hdf5/error.h"
#include "tests/unit/io/hdf5/scratch_file.h"

using namespace myoaxis;
namespace fs = std::filesystem;

namespace {

/// Why `path` could not be written.
std::string reason_of(std::string const& path) {
  try {
    write_whole(path, "new");
  } catch (FileError const& error) {
    return error.reason();
  }
  return "";
}

}  // namespace

TEST_CASE("a file is replaced as a whole", "[io]") {
  ScratchFolder const folder;
  auto const path = folder.path("a.txt");
  auto const large = std::string(1'000'000, 'x');
  for (auto const* text : {"one", ""}) {
    write_whole(path, text);
    CHECK(read_whole(path) == text);
  }
  write_whole(path, large);
  CHECK(read_whole(path) == large);
  CHECK(std::distance(fs::directory_iterator{fs::path{path}.parent_path()}, {}) == 1);
  CHECK(read_whole(folder.path("none")).empty());
}

TEST_CASE("what cannot be written says why and leaves nothing behind", "[io]") {
  ScratchFolder const folder;
  CHECK(reason_of(folder.path("none/a.txt")).find("No such file or directory") != std::string::npos);
  auto const taken = folder.path("taken");  // a folder with something in it, which no file can replace
  fs::create_directories(fs::path{taken} / "inside");
  CHECK(reason_of(taken) != "");
  CHECK(std::distance(fs::directory_iterator{fs::path{taken}.parent_path()}, {}) == 1);
  auto const full = folder.path("full");  // beside it, what is written first goes to a disk without space
  fs::create_symlink("/dev/full", full + ".new");
  CHECK(reason_of(full).find("No space left on device") != std::string::npos);
  CHECK_FALSE(fs::is_symlink(full + ".new"));
}

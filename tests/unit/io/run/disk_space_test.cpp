/// Room on the disk, judged before a run.
#include "io/run/disk_space.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "io/hdf5/error.h"
#include "tests/unit/io/hdf5/scratch_file.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;
using Catch::Matchers::Contains;

}  // namespace

TEST_CASE("a disk is refused only when one copy of what a run writes cannot fit", "[io]") {
  DiskDemand const demand{2'000'000, 5'000'000'000};
  CHECK_FALSE(judge_space("out.h5", demand, 5'000'000'000));
  CHECK_THAT(judge_space("out.h5", demand, 2'000'000).value(),
             Contains("out.h5") && Contains("2.0 MB left") && Contains("5.0 GB") && Contains("-o"));
  try {
    judge_space("out.h5", demand, 1'999'999);
    FAIL("it was not refused");
  } catch (FileError const& error) {
    CHECK(error.path() == "out.h5");
    CHECK_THAT(error.what(), Contains("needs about 2.0 MB") && Contains("has 2.0 MB left"));
    CHECK_THAT(error.cure(), Contains("-o") && Contains("output.every") && Contains("output.snapshots") &&
                                 Contains("output.events_limit"));
  }
}

TEST_CASE("the space of a real folder is looked at", "[io]") {
  ScratchFolder const folder;
  auto const output = folder.path("out.h5");
  CHECK_FALSE(check_space(output, {1, 2}));
  CHECK(check_space(output, {1, UINTMAX_MAX}).has_value());
  CHECK_THROWS_AS(check_space(output, {UINTMAX_MAX, UINTMAX_MAX}), FileError);
  CHECK_THROWS_AS(check_space(folder.path("missing/out.h5"), {1, 2}), FileError);
  CHECK_FALSE(check_space("out.h5", {1, 2}));
}

TEST_CASE("a look whether a folder is writable leaves nothing behind", "[io]") {
  ScratchFolder const folder;
  check_writable(folder.path("out.h5"));
  CHECK(fs::is_empty(fs::path{folder.path("out.h5")}.parent_path()));
}

TEST_CASE("a folder in which no file can be made is told with the cure", "[io]") {
  ScratchFolder const folder;
  std::ofstream{folder.path("file")} << "no folder";
  for (auto const& output : {folder.path("missing/out.h5"), folder.path("file/out.h5")}) {
    CHECK_THROWS_WITH(check_writable(output), Contains(output) && Contains("-o"));
  }
}

}  // namespace myoaxis

#include "io/batch/batch_index.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "io/run/run_lock.h"
#include "tests/unit/io/hdf5/scratch_file.h"

using namespace myoaxis;

TEST_CASE("an index that another process writes is left to it", "[io]") {
  ScratchFolder const scratch;
  BatchFolder const folder{scratch.path("study")};
  folder.create();
  BatchParams params;
  params.title = "none";
  params.arms.push_back({"rest", "", "", {}, {}});
  {
    RunLock const other{folder.index()};
    CHECK_FALSE(try_to_write_index(folder, params, {}, std::chrono::milliseconds{0}));
    CHECK_FALSE(std::filesystem::exists(folder.index()));
  }
  CHECK(try_to_write_index(folder, params, {}, std::chrono::milliseconds{0}));
  CHECK(read_index(folder.index()).arms == std::vector<std::string>{"rest"});
}

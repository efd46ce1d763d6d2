/// Who writes a run, as others see it.
#include "io/run/run_lock.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <thread>

#include "io/hdf5/error.h"
#include "tests/unit/io/hdf5/scratch_file.h"

namespace myoaxis {

TEST_CASE("others see whether a run is being written, and leave its lock alone", "[io]") {
  ScratchFolder const folder;
  auto const output = folder.path("run.h5");
  CHECK_FALSE(is_being_written(output));
  {
    RunLock const lock{output};
    CHECK(is_being_written(output));
    CHECK(is_being_written(output));
  }
  CHECK_FALSE(is_being_written(output));
  std::ofstream{output + ".lock"};  // what a crash leaves
  CHECK_FALSE(is_being_written(output));
  RunLock const again{output};
}

TEST_CASE("a lock that another holds is told by one look, without an error", "[io]") {
  ScratchFolder const folder;
  auto const output = folder.path("run.h5");
  {
    auto const first = RunLock::try_to_hold(output);
    REQUIRE(first);
    CHECK_FALSE(RunLock::try_to_hold(output));
    CHECK_THROWS_AS(RunLock{output}, FileError);
  }
  CHECK(RunLock::try_to_hold(output));
  CHECK_THROWS_AS(RunLock::try_to_hold(folder.path("none/run.h5")), FileError);
}

TEST_CASE("processes that take a lock in turn never get an error for it", "[io]") {
  ScratchFolder const folder;
  auto const output = folder.path("run.h5");
  std::atomic<int> holders = 0;
  std::atomic<bool> were_two = false;
  auto const take_turns = [&] {
    for (int i = 0; i < 2000; ++i) {
      auto const lock = RunLock::try_to_hold(output);
      if (!lock) continue;
      if (++holders > 1) were_two = true;
      --holders;
    }
  };
  std::thread other{take_turns};
  CHECK_NOTHROW(take_turns());
  other.join();
  CHECK_FALSE(were_two);
}

}  // namespace myoaxis

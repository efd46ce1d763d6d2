/// Who writes a run, as others see it.
#include "io/run/run_lock.h"

#include <catch2/catch.hpp>
#include <fstream>

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

}  // namespace myoaxis

/// A small batch on the disk, whose experiment is quick to read.
#pragma once

#include <fstream>
#include <string>

#include "io/batch/batch_config.h"
#include "tests/support/experiments.h"
#include "tests/unit/io/hdf5/scratch_file.h"

namespace myoaxis::test {

inline std::string const kHead = "base = \"base.toml\"\nsubjects = 2\n";
inline std::string const kTwoArms =
    "[[arm]]\nname = \"rest\"\nschedule.use = \"sedentary\"\n[[arm]]\nname = \"running\"\n";

class BatchFile {
 public:
  explicit BatchFile(std::string const& text) {
    std::ofstream{folder_.path("base.toml")}
        << "title = \"for tests\"\nseed = 7\nfactors = [\"bdnf\", \"il6\"]\n"
           "organism.use = \"mouse\"\n"
           "[schedule]\nbaseline = \"1 day\"\nduration = \"1 day\"\n"
           "use = \"endurance\"\n[scale]\npreset = \"quick\"\n";
    std::ofstream{folder_.path("batch.toml")} << text;
  }

  BatchParams load() const { return load_batch(folder_.path("batch.toml"), {}, SearchPath{{kConfigs}}); }
  /// All problems as text; empty when there are none.
  std::string problems() const {
    try {
      load();
    } catch (ConfigError const& error) {
      return error.what();
    }
    return "";
  }

 private:
  ScratchFolder folder_;
};

}  // namespace myoaxis::test

/// A folder for the files of one test, removed at its end, unless the environment variable MYOAXIS_TEST_FILES
/// names a folder that keeps them (for a look with other programs).
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace myoaxis {

class ScratchFolder {
 public:
  ScratchFolder() {
    if (auto const* kept = std::getenv("MYOAXIS_TEST_FILES")) {
      folder_ = kept;
      keep_ = true;
      return;
    }
    auto pattern = (std::filesystem::temp_directory_path() / "myoaxis-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error{"no temporary folder can be made"};
    folder_ = pattern;
  }
  ScratchFolder(ScratchFolder const&) = delete;
  ScratchFolder& operator=(ScratchFolder const&) = delete;
  ~ScratchFolder() {
    if (keep_) return;
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::string path(std::string const& name) const { return (folder_ / name).string(); }

 private:
  std::filesystem::path folder_;
  bool keep_ = false;
};

}  // namespace myoaxis

/// A folder of its own among the temporary files, which goes with its owner.
#pragma once

#include <filesystem>
#include <string>

namespace myoaxis {

class TemporaryFolder {
 public:
  /// "myoaxis-PURPOSE-" and six random characters. Throws FileError.
  explicit TemporaryFolder(std::string const& purpose);
  ~TemporaryFolder();
  TemporaryFolder(TemporaryFolder const&) = delete;
  TemporaryFolder& operator=(TemporaryFolder const&) = delete;

  std::filesystem::path operator/(char const* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace myoaxis

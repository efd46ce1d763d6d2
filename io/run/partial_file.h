/// A results file while it is being written: nothing half-written ever stands under the name of the output.
#pragma once

#include <filesystem>
#include <string>

namespace myoaxis {

/// OUTPUT.partial, which becomes OUTPUT when it is handed over. Removes it otherwise.
class PartialFile {
 public:
  /// Throws FileError when `output` is a folder.
  explicit PartialFile(std::filesystem::path output);
  ~PartialFile();
  PartialFile(PartialFile const&) = delete;
  PartialFile& operator=(PartialFile const&) = delete;

  std::string path() const { return partial_.string(); }
  /// From here on the file is there.
  void created() { created_ = true; }
  /// Throws FileError.
  void hand_over();

 private:
  std::filesystem::path output_;
  std::filesystem::path partial_;
  bool created_ = false;
  bool handed_over_ = false;
};

}  // namespace myoaxis

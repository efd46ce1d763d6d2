/// One process at a time writes the files of a run.
#pragma once

#include <filesystem>

namespace myoaxis {

/// The file by which the run of `output` is locked.
std::filesystem::path lock_of(std::filesystem::path const& output);

/// Whether a process on a machine that shares the file system's locks is writing the run of `output`.
bool is_being_written(std::filesystem::path const& output);

/// Holds OUTPUT.lock. The lock goes with the process, however it ends; a crash leaves the file, which locks
/// nothing.
class RunLock {
 public:
  /// Throws FileError when another process holds it, or the file cannot be made.
  explicit RunLock(std::filesystem::path const& output);
  ~RunLock();
  RunLock(RunLock const&) = delete;
  RunLock& operator=(RunLock const&) = delete;

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
};

}  // namespace myoaxis

/// One process at a time writes the files of a run.
///
/// By locks of open files (F_OFD_SETLK), on whatever file system the files are. On a local one and on NFS 4
/// they hold for all machines; Lustre has to be mounted with `flock`, BeeGFS with tuneUseGlobalFileLocks, and
/// with NFS 3 lockd has to run (recalled; only a local file system was tried). `localflock` of Lustre and
/// `nolock` of NFS 3 keep a lock within one machine. A file system without locks is written to all the same,
/// unprotected: see configs/batches/README.md for what must be avoided there.
#pragma once

#include <filesystem>
#include <memory>

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
  /// Nothing when another process holds it: one look, since it may be free a moment later. Throws FileError
  /// when the file cannot be made.
  static std::unique_ptr<RunLock> try_to_hold(std::filesystem::path const& output);
  ~RunLock();
  RunLock(RunLock const&) = delete;
  RunLock& operator=(RunLock const&) = delete;

 private:
  RunLock(std::filesystem::path const& output, int descriptor)
      : path_{lock_of(output)}, descriptor_{descriptor} {}
  std::filesystem::path path_;
  int descriptor_ = -1;
};

}  // namespace myoaxis

#include "io/run/run_lock.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "io/hdf5/error.h"

namespace myoaxis {
namespace {

struct flock whole_file(short type) {
  struct flock whole = {};
  whole.l_type = type;
  whole.l_whence = SEEK_SET;
  return whole;
}

/// Whether the open file is still the one at `path`: who held the lock before removes it at the end.
bool is_at(std::filesystem::path const& path, int descriptor) {
  struct stat opened = {}, there = {};
  if (fstat(descriptor, &opened) != 0 || stat(path.c_str(), &there) != 0) return false;
  return opened.st_dev == there.st_dev && opened.st_ino == there.st_ino;
}

/// The lock's open file; nothing when another process holds it. Throws FileError when it cannot be made.
std::optional<int> locked_file(std::filesystem::path const& output) {
  auto const path = lock_of(output);
  while (true) {
    auto const descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor < 0) {
      throw FileError{output.string(), fmt::format("cannot be written: {}", std::strerror(errno)),
                      "create the folder first, or choose one you may write to"};
    }
    auto whole = whole_file(F_WRLCK);
    // Of the open file, not of the process: HDF5 opening and closing other files does not lose it. File
    // systems without locks give another error, and no protection.
    auto const is_locked = fcntl(descriptor, F_OFD_SETLK, &whole) == 0;
    auto const is_held = !is_locked && (errno == EAGAIN || errno == EACCES);
    if (!is_held && (!is_locked || is_at(path, descriptor))) return descriptor;
    close(descriptor);
    if (is_held) return {};
  }
}

int held_file(std::filesystem::path const& output) {
  if (auto const descriptor = locked_file(output)) return *descriptor;
  throw FileError{output.string(), "is being written by another process",
                  "wait for it, or name another output with -o"};
}

}  // namespace

std::filesystem::path lock_of(std::filesystem::path const& output) {
  auto lock = output;
  return lock += ".lock";
}

bool is_being_written(std::filesystem::path const& output) {
  auto const descriptor = open(lock_of(output).c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  auto other = whole_file(F_RDLCK);
  auto const held = fcntl(descriptor, F_OFD_GETLK, &other) == 0 && other.l_type == F_WRLCK;
  close(descriptor);
  return held;
}

std::unique_ptr<RunLock> RunLock::try_to_hold(std::filesystem::path const& output) {
  auto const descriptor = locked_file(output);
  return descriptor ? std::unique_ptr<RunLock>{new RunLock{output, *descriptor}} : nullptr;
}

RunLock::RunLock(std::filesystem::path const& output) : RunLock{output, held_file(output)} {}

RunLock::~RunLock() {
  unlink(path_.c_str());
  close(descriptor_);
}

}  // namespace myoaxis

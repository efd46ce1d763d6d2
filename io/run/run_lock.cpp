#include "io/run/run_lock.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

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

RunLock::RunLock(std::filesystem::path const& output) : path_{lock_of(output)} {
  do {
    if (descriptor_ >= 0) close(descriptor_);
    descriptor_ = open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor_ < 0) {
      throw FileError{output.string(), std::string{"cannot be written: "} + std::strerror(errno),
                      "create the folder first, or choose one you may write to"};
    }
    auto whole = whole_file(F_WRLCK);
    // Of the open file, not of the process: HDF5 opening and closing other files does not lose it. File
    // systems without locks give another error, and no protection.
    if (fcntl(descriptor_, F_OFD_SETLK, &whole) == 0) continue;
    if (errno != EAGAIN && errno != EACCES) return;
    close(descriptor_);
    throw FileError{output.string(), "is being written by another process",
                    "wait for it, or name another output with -o"};
  } while (!is_at(path_, descriptor_));
}

RunLock::~RunLock() {
  unlink(path_.c_str());
  close(descriptor_);
}

}  // namespace myoaxis

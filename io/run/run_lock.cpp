#include "io/run/run_lock.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "io/hdf5/error.h"

namespace myoaxis {

RunLock::RunLock(std::filesystem::path const& output) : path_{output} {
  path_ += ".lock";
  descriptor_ = open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) {
    throw FileError{output.string(), std::string{"cannot be written: "} + std::strerror(errno),
                    "create the folder first, or choose one you may write to"};
  }
  struct flock whole = {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  // Of the open file, not of the process: HDF5 opening and closing other files does not lose it. File systems
  // without locks give another error, and no protection.
  if (fcntl(descriptor_, F_OFD_SETLK, &whole) == 0 || (errno != EAGAIN && errno != EACCES)) return;
  close(descriptor_);
  throw FileError{output.string(), "is being written by another process",
                  "wait for it, or name another output with -o"};
}

RunLock::~RunLock() {
  unlink(path_.c_str());
  close(descriptor_);
}

}  // namespace myoaxis

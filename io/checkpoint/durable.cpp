#include "io/checkpoint/durable.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

#include "io/hdf5/error.h"

namespace myoaxis {
namespace {

void sync(std::filesystem::path const& path, bool is_folder) {
  auto const descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  auto const synced = descriptor >= 0 && fsync(descriptor) == 0;
  auto const error = errno;
  if (descriptor >= 0) close(descriptor);
  if (synced || (is_folder && (error == EINVAL || error == ENOTSUP))) return;
  throw FileError{path.string(), std::string{"cannot be written to the disk: "} + std::strerror(error),
                  "is it there and writable, and is there space on the disk?"};
}

}  // namespace

bool is_file(std::filesystem::path const& path) {
  using std::filesystem::file_type;
  std::error_code error;
  auto const type = std::filesystem::status(path, error).type();
  if (type == file_type::none || type == file_type::unknown)
    throw FileError{path.string(), "cannot be looked at: " + error.message(), "may you read its folder?"};
  return type == file_type::regular;
}

void bring_to_disk(std::filesystem::path const& file) { sync(file, false); }

void bring_names_to_disk(std::filesystem::path const& file) {
  sync(file.has_parent_path() ? file.parent_path() : std::filesystem::path{"."}, true);
}

}  // namespace myoaxis

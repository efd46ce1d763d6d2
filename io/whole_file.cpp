#include "io/whole_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

#include "io/checkpoint/durable.h"
#include "io/hdf5/error.h"
#include "io/run/run_paths.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

std::error_code last_error() { return {errno, std::generic_category()}; }

std::error_code write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    auto const written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno != EINTR) return last_error();
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

/// By system calls, since streams do not tell why they failed.
std::error_code write_file(fs::path const& path, std::string_view text) {
  auto const descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) return last_error();
  auto error = write_all(descriptor, text);
  if (!error && fsync(descriptor) != 0) error = last_error();
  if (close(descriptor) != 0 && !error) error = last_error();
  return error;
}

}  // namespace

std::string read_whole(fs::path const& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

void write_whole(fs::path const& path, std::string_view text) {
  auto const fresh = RunPaths::fresh(path);
  auto error = write_file(fresh, text);
  if (!error) fs::rename(fresh, path, error);
  if (!error) return bring_names_to_disk(path);
  std::error_code ignored;
  fs::remove(fresh, ignored);
  throw FileError{path.string(), "cannot be written: " + error.message(),
                  "is the folder writable, and is there space on the disk?"};
}

}  // namespace myoaxis

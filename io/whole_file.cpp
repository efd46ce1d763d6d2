#include "io/whole_file.h"

#include <fstream>
#include <system_error>

#include "io/checkpoint/durable.h"
#include "io/hdf5/error.h"
#include "io/run/run_paths.h"

namespace myoaxis {

namespace fs = std::filesystem;

void write_whole(fs::path const& path, std::string_view text) {
  auto const fresh = RunPaths::fresh(path);
  std::ofstream file{fresh, std::ios::binary};
  file << text;
  file.close();
  std::error_code error = file ? std::error_code{} : std::make_error_code(std::errc::io_error);
  if (!error) {
    bring_to_disk(fresh);
    fs::rename(fresh, path, error);
  }
  if (!error) return bring_names_to_disk(path);
  std::error_code ignored;
  fs::remove(fresh, ignored);
  throw FileError{path.string(), "cannot be written: " + error.message(),
                  "is the folder writable, and is there space on the disk?"};
}

}  // namespace myoaxis

#include "io/temporary_folder.h"

#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "io/hdf5/error.h"

namespace myoaxis {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder(std::string const& purpose) {
  std::error_code error;
  auto const place = fs::temp_directory_path(error);
  if (error) {
    auto const* named = std::getenv("TMPDIR");
    throw FileError{named == nullptr ? "/tmp" : named, error.message(),
                    "name a folder for temporary files with TMPDIR"};
  }
  auto pattern = (place / ("myoaxis-" + purpose + "-XXXXXX")).string();
  if (mkdtemp(pattern.data()) == nullptr) {
    throw FileError{pattern, std::strerror(errno), "name another folder for temporary files with TMPDIR"};
  }
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace myoaxis

#include "tools/whole_file.h"

#include <filesystem>
#include <fstream>

#include "io/hdf5/error.h"

namespace myoaxis {
namespace fs = std::filesystem;

void write_whole(std::string const& path, std::string_view text) {
  if (fs::is_directory(path)) throw FileError{path, "is a folder", "name a file"};
  auto const partial = path + ".partial";
  std::ofstream file{partial, std::ios::binary};
  file << text;
  file.close();
  std::error_code error;
  if (!file) {
    fs::remove(partial, error);
    throw FileError{path, "cannot be written", "is its folder there and writable, and is there space?"};
  }
  fs::rename(partial, path, error);
  if (!error) return;
  auto const message = error.message();
  fs::remove(partial, error);
  throw FileError{path, message, "is the folder writable?"};
}

}  // namespace myoaxis

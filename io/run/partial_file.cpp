#include "io/run/partial_file.h"

#include <system_error>

#include "io/hdf5/error.h"

namespace myoaxis {

namespace fs = std::filesystem;

PartialFile::PartialFile(fs::path output) : output_{std::move(output)}, partial_{output_} {
  partial_ += ".partial";
  // HDF5 would create the file and fail on renaming only after the run.
  if (fs::is_directory(output_)) throw FileError{output_.string(), "is a folder", "name a file with -o"};
}

PartialFile::~PartialFile() {
  std::error_code ignored;
  if (!handed_over_ && created_) fs::remove(partial_, ignored);
}

void PartialFile::hand_over() {
  std::error_code error;
  fs::rename(partial_, output_, error);
  if (error) throw FileError{output_.string(), error.message(), "is the folder writable?"};
  handed_over_ = true;
}

}  // namespace myoaxis

/// A run as tables of text, for programs that read nothing else.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "io/hdf5/reader.h"

namespace myoaxis {

/// Writes into `folder`, which is there and empty, one file for each group and set of dimensions,
/// GROUP.DIM_DIM.csv: a row for each combination of coordinates, first the coordinates, then a column a data
/// set. Codes are written as names, numbers so that they read back as the same. columns.csv tells file,
/// column, unit and meaning. RFC 4180. Gives the number of files. Throws FileError.
std::size_t export_csv(H5Reader const& file, std::filesystem::path const& folder);

}  // namespace myoaxis

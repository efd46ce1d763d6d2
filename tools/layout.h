/// Every group and data set of a results file, as a page of documentation.
#pragma once

#include <string>

#include "io/hdf5/reader.h"

namespace myoaxis {

/// Markdown: a table for each group, with dimensions, type, unit and meaning of each data set, as the file
/// itself describes them.
std::string layout_page(H5Reader const& file);

}  // namespace myoaxis

/// Data sets whose values stand in other files.
#pragma once

#include <hdf5.h>

#include <span>
#include <string>
#include <vector>

#include "io/hdf5/file_state.h"
#include "io/hdf5/group.h"

namespace myoaxis::hdf5 {

/// Creates a data set of the given size, of which each part is the data set `source` of another file. Throws
/// FileError; std::logic_error for a part that does not fit in.
Handle create_virtual(FileState const& file, hid_t group, Description const& about, NumberType type,
                      std::string const& source, std::span<VirtualPart const> parts,
                      std::vector<hsize_t> const& size);

}  // namespace myoaxis::hdf5

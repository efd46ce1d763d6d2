/// Groups of many results files as groups of one file, with a first dimension `run`.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "io/hdf5/reader.h"
#include "io/hdf5/writer.h"

namespace myoaxis {

/// A finished run among those that the file lists.
struct MergedRun {
  std::size_t index = 0;  // along the dimension `run`
  std::string path;       // of its results
  std::string reference;  // the same, relative to the folder of the merged file
};

/// Adds each group that all of `runs` have with the same coordinates, apart from those of agents, events and
/// outcomes, which no two runs share. `names` are those of all runs, finished or not. Gives the names of the
/// groups that were left out, each with its reason.
std::vector<std::string> add_merged_groups(H5File& file, std::vector<std::string> const& names,
                                           std::vector<MergedRun> const& runs);

}  // namespace myoaxis

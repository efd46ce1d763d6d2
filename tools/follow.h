/// `info --follow`: looks at a run again and again while it is being written.
#pragma once

#include <filesystem>
#include <string>

#include "io/hdf5/reader.h"
#include "tools/common.h"

namespace myoaxis {

/// The name that results in OUTPUT.partial are to have; any other path as it is.
std::filesystem::path output_of(std::filesystem::path path);

/// Where the results of a run stand now: at `output`, or in OUTPUT.partial when that is newer or alone.
std::filesystem::path results_path(std::filesystem::path const& output);

/// Opens a results file in whichever way fits: one that may be live without a lock.
H5Reader open_results(std::filesystem::path const& path);

/// Shows the run whose results are to stand at `file` until it ends or ctrl-C, with `every` seconds between
/// looks: a screen renewed in place on a terminal, a plain line now and then elsewhere. Throws UsageError
/// when there is no such run, nor comes soon.
ExitCode follow(std::filesystem::path const& file, double every);

}  // namespace myoaxis

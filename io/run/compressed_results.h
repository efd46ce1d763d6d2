/// Results that are at their end, compressed.
///
/// Results grow without filters, so that a chunk that gains rows keeps its place: a compressed one would
/// leave its old place unused each time. Once they are handed over, a compressed copy takes their place.
#pragma once

#include <optional>
#include <string>

#include "io/run/run_paths.h"

namespace myoaxis {

/// Puts a compressed copy into the place of the results at OUTPUT. Returns why they stay as they are, where
/// that fails: they are whole in any case.
std::optional<std::string> compress_results(RunPaths const& paths);

/// The same where a crash came in between and left an unfinished copy; nothing else is touched.
std::optional<std::string> compress_after_crash(RunPaths const& paths);

}  // namespace myoaxis

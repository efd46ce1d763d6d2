/// A live view of a run that is being written.
#pragma once

#include <filesystem>

namespace myoaxis {

/// Shows the newest rows of OUTPUT, or OUTPUT.partial while its run goes on, every so many seconds until the
/// run has ended: on a terminal in place, elsewhere as a line for each look with something new. Throws
/// UsageError when there is no such file after a few seconds, or one of another kind.
void follow(std::filesystem::path const& output, double every);

}  // namespace myoaxis

/// Text files that are whole or not there.
#pragma once

#include <filesystem>
#include <string_view>

namespace myoaxis {

/// Writes beside `path` first and renames: a reader never sees half a file, and one that was there stays when
/// the new one cannot be written. Throws FileError.
void write_whole(std::filesystem::path const& path, std::string_view text);

}  // namespace myoaxis

/// Text files that are whole or not there.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace myoaxis {

/// All of the file; empty when it cannot be read.
std::string read_whole(std::filesystem::path const& path);

/// Writes beside `path` first and renames: a reader never sees half a file, and one that was there stays when
/// the new one cannot be written. Throws FileError.
void write_whole(std::filesystem::path const& path, std::string_view text);

}  // namespace myoaxis

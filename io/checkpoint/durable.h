/// What is on the disk for certain: what was written survives a crash of the machine.
#pragma once

#include <filesystem>

namespace myoaxis {

/// Whether there is a file. Throws FileError when that cannot be told now.
bool is_file(std::filesystem::path const& path);

/// Throws FileError when the contents of the file cannot be brought onto the disk.
void bring_to_disk(std::filesystem::path const& file);

/// The names in the folder of `file`, such as one that was just renamed. File systems that cannot do so are
/// taken as they are.
void bring_names_to_disk(std::filesystem::path const& file);

}  // namespace myoaxis

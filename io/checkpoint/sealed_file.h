/// An HDF5 file with a seal: a first block of text that tells what it is, and a fingerprint of all that
/// follows, so that a damaged file is recognized before it is opened.
#pragma once

#include <filesystem>
#include <string>

namespace myoaxis {

/// Bytes before the HDF5 file proper.
inline constexpr std::size_t kSealBytes = 512;

/// Writes the seal of the finished file at `path`, "KIND 1\nfingerprint ...", and brings the file onto the
/// disk. Throws FileError.
void seal(std::filesystem::path const& path, std::string const& kind);

enum class Seal { whole, damaged, missing };

/// `missing`: the file does not begin as one of this kind does. Throws FileError when it cannot be read.
Seal inspect_seal(std::filesystem::path const& path, std::string const& kind);

/// Puts `fresh` in the place of `path`; what was there becomes `previous`. At any moment one of them is
/// whole. Throws FileError.
void replace_keeping_previous(std::filesystem::path const& fresh, std::filesystem::path const& path,
                              std::filesystem::path const& previous);

}  // namespace myoaxis

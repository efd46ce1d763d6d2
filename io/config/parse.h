/// Reads TOML from a file or from the command line; what is wrong becomes a problem with its place.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <optional>
#include <string>

#include "io/config/diagnostics.h"

namespace myoaxis {

/// The tree in the file, or nothing when it cannot be read or is no TOML (then a problem was added).
std::optional<toml::table> parse_file(std::filesystem::path const& path, Diagnostics& diagnostics);

/// The tree that `KEY=VALUE` stands for. VALUE is TOML where it is valid TOML, and a text otherwise, so that
/// `organism.age=20 weeks` needs no quotes of its own.
std::optional<toml::table> parse_setting(std::string const& setting, Diagnostics& diagnostics);

}  // namespace myoaxis

/// Takes the text of files that an experiment names, such as a measured network, into its tree, so that a
/// resolved configuration stands alone.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <string>
#include <vector>

#include "io/config/diagnostics.h"
#include "io/config/search_path.h"

namespace myoaxis {

/// `key` in [section] names a file; its text becomes KEY_text beside it. It is looked for beside the
/// experiment, then in `folder` of the shipped configuration: {"circulation", "muscle_network", "networks"}.
struct FileRule {
  std::string section;
  std::string key;
  std::string folder;
};

/// Name of the key that holds the text.
inline std::string text_key(std::string_view key) { return std::string{key} + "_text"; }

/// A file that is missing, larger than 64 MB or no text becomes a problem at the place of its key.
void attach_files(toml::table& root, std::filesystem::path const& file, SearchPath const& search,
                  std::vector<FileRule> const& rules, Diagnostics& diagnostics);

}  // namespace myoaxis

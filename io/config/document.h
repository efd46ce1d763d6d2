/// One experiment, complete: its file, the pieces that it uses and what `--set` changes, as one tree.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <string>
#include <vector>

#include "io/config/diagnostics.h"
#include "io/config/search_path.h"
#include "io/config/use.h"

namespace myoaxis {

struct Document {
  /// The merged tree; each node knows the file, line and column it comes from.
  toml::table root;
  /// The file as the user named it.
  std::string file;
  /// True when the file was itself a resolved configuration.
  bool resolved = false;
};

/// Reads the experiment in `path`, changed by `sets` ("KEY=VALUE"), over the pieces that it uses. Throws
/// ConfigError with everything that is wrong. A document with `resolved = true` stands alone: nothing is
/// looked up.
Document load_document(std::filesystem::path const& path, std::vector<std::string> const& sets,
                       SearchPath const& search, UseRules const& rules);

/// The same for an experiment that stands as a table in the file `path`.
Document load_document(toml::table&& root, std::filesystem::path const& path,
                       std::vector<std::string> const& sets, SearchPath const& search, UseRules const& rules);

/// Canonical TOML of a loaded tree. Loading it again gives the same text, wherever that is done.
std::string resolved_text(toml::table const& root);

}  // namespace myoaxis

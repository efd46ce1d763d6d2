/// Pulls the pieces that an experiment names (an organism, a regime, its factors) into its tree.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "io/config/attach.h"
#include "io/config/conditions.h"
#include "io/config/diagnostics.h"
#include "io/config/search_path.h"

namespace myoaxis {

/// `key` in [section] names a piece of the kind `folder`: {"organism", "use", "organisms"}. With a
/// `variant_key` = "sex", a value of that key other than the piece's own lays FOLDER/PIECE/VALUE.toml over
/// it.
struct UseRule {
  std::string section;
  std::string key;
  std::string folder;
  std::string variant_key = {};
};

/// The top-level array `key` names the pieces that become tables in [table]: {"factors", "factor",
/// "factors"}. Without the array all pieces of that kind are taken. With `variant_of` = "organism", the file
/// FOLDER/NAME/PIECE.toml, where NAME is the name of the experiment's organism, is added to a piece as its
/// table [organism.NAME].
struct ListRule {
  std::string key;
  std::string table;
  std::string folder;
  std::string variant_of = {};
};

struct UseRules {
  std::vector<UseRule> uses;
  std::vector<ListRule> lists;
  std::vector<FileRule> files = {};
  std::optional<ConditionRule> conditions = {};
};

/// Lays the experiment in `root` (read from `file`) over the pieces that it uses. The key that named a piece
/// becomes `from`, which keeps its place.
void apply_uses(toml::table& root, std::filesystem::path const& file, SearchPath const& search,
                UseRules const& rules, Diagnostics& diagnostics);

}  // namespace myoaxis

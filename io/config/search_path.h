/// Where the shipped and the user's own pieces of configuration (organisms, factors, regimes) are looked up.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace myoaxis {

/// Folders that hold `organisms/`, `factors/`, ..., in the order in which they are searched.
class SearchPath {
 public:
  explicit SearchPath(std::vector<std::filesystem::path> folders);

  /// Files in which the piece `name` of the kind `folder` ("organisms") may be, first choice first: in the
  /// folder `beside` (that of the experiment), in its sub-folder of that kind, then in each folder of the
  /// path. A name with a slash or with ".toml" is one file, relative to `beside`.
  std::vector<std::filesystem::path> candidates(std::string_view folder, std::string_view name,
                                                std::filesystem::path const& beside) const;

  std::vector<std::filesystem::path> const& folders() const { return folders_; }

  /// Names of all pieces of the kind `folder`, sorted.
  std::vector<std::string> names(std::string_view folder, std::filesystem::path const& beside) const;

 private:
  std::vector<std::filesystem::path> folders_;
};

/// True when `name` says which file is meant (with a slash or with ".toml").
bool names_a_file(std::string_view name);

/// True for what can be opened and read (a pipe, too), not for a folder.
bool is_readable_kind(std::filesystem::path const& path);

}  // namespace myoaxis

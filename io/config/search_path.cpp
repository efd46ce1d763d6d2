#include "io/config/search_path.h"

#include <set>
#include <system_error>
#include <utility>

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

std::string with_suffix(std::string_view name) {
  return name.ends_with(".toml") ? std::string{name} : std::string{name} + ".toml";
}

}  // namespace

bool names_a_file(std::string_view name) { return name.find('/') != name.npos || name.ends_with(".toml"); }

SearchPath::SearchPath(std::vector<fs::path> folders) : folders_{std::move(folders)} {}

std::vector<fs::path> SearchPath::candidates(std::string_view folder, std::string_view name,
                                             fs::path const& beside) const {
  auto const file = with_suffix(name);
  if (names_a_file(name)) return {beside / file};
  std::vector<fs::path> found{beside / file, beside / folder / file};
  for (auto const& place : folders_) found.push_back(place / folder / file);
  return found;
}

std::vector<std::string> SearchPath::names(std::string_view folder, fs::path const& beside) const {
  std::set<std::string> names;
  auto const collect = [&](fs::path const& place) {
    std::error_code error;
    for (fs::directory_iterator entry{place, error}, end; !error && entry != end; entry.increment(error)) {
      auto const& path = entry->path();
      if (path.extension() == ".toml" && is_readable_kind(path)) names.insert(path.stem().string());
    }
  };
  collect(beside / folder);
  for (auto const& place : folders_) collect(place / folder);
  return {names.begin(), names.end()};
}

bool is_readable_kind(fs::path const& path) {
  std::error_code error;
  auto const status = fs::status(path, error);
  return !error && fs::exists(status) && !fs::is_directory(status);
}

}  // namespace myoaxis

#include "io/config/parse.h"

#include <fmt/core.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

#include "io/config/toml_text.h"

namespace myoaxis {
namespace {

std::optional<std::string> file_text(std::filesystem::path const& path, Diagnostics& diagnostics) {
  Place const whole_file{path.string()};
  if (std::error_code error; std::filesystem::is_directory(path, error)) {
    diagnostics.add(whole_file, "is a folder, not a file");
    return std::nullopt;
  }
  errno = 0;
  std::ifstream file{path, std::ios::binary};
  std::string text{std::istreambuf_iterator<char>{file}, {}};
  if (!file.good() && !file.eof()) {
    diagnostics.add(whole_file, fmt::format("cannot be read: {}", std::strerror(errno != 0 ? errno : EIO)));
    return std::nullopt;
  }
  return text;
}

std::optional<toml::table> parse_quietly(std::string_view text, std::string const& source) {
  try {
    return toml::parse(text, std::string_view{source});
  } catch (toml::parse_error const&) {
    return std::nullopt;
  }
}

bool has_control(std::string_view text) { return text.find_first_of("\n\r#") != text.npos; }

/// VALUE as TOML text. A line break in it must not smuggle in a second key, hence the count.
std::string value_text(std::string const& value) {
  auto const alone = parse_quietly("value = " + value, "");
  if (alone && alone->size() == 1) return value;
  return inline_text(toml::value<std::string>{value});
}

}  // namespace

std::optional<toml::table> parse_file(std::filesystem::path const& path, Diagnostics& diagnostics) {
  auto const text = file_text(path, diagnostics);
  if (!text) return std::nullopt;
  if (text->starts_with("\x89HDF\r\n")) {
    diagnostics.add(
        {path.string()},
        "is an HDF5 file, no configuration (info tells what is in it; its own configuration is its "
        "attribute config_toml)");
    return std::nullopt;
  }
  try {
    auto const shown_path = path.string();
    return toml::parse(std::string_view{*text}, std::string_view{shown_path});
  } catch (toml::parse_error const& error) {
    diagnostics.add(place_of(error.source()), std::string{error.description()});
    return std::nullopt;
  }
}

std::optional<toml::table> parse_setting(std::string const& setting, Diagnostics& diagnostics) {
  auto const source = "--set " + setting;
  auto const equals = setting.find('=');
  auto const key = setting.substr(0, equals);
  if (equals == setting.npos || equals + 1 == setting.size()) {
    diagnostics.add({source}, "must have the form KEY=VALUE, such as organism.age=\"20 weeks\"");
    return std::nullopt;
  }
  if (has_control(key) || !parse_quietly(key + " = 0", source)) {
    diagnostics.add({source}, fmt::format("'{}' is not a key such as organism.age", key));
    return std::nullopt;
  }
  auto tree = parse_quietly(key + " = " + value_text(setting.substr(equals + 1)), source);
  if (!tree) diagnostics.add({source}, "the value is not valid UTF-8 text");
  return tree;
}

}  // namespace myoaxis

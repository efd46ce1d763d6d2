#include "io/config/settings.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "io/config/toml_text.h"

namespace myoaxis {
namespace {

constexpr std::size_t kMostTold = 3;  // settings

void flatten(toml::node const& node, std::string const& key, Settings& settings) {
  auto const inside = [&](std::string_view name) {
    return key.empty() ? std::string{name} : fmt::format("{}.{}", key, name);
  };
  auto const* array = node.as_array();
  if (node.is_table() && !is_parameter_table(node)) {
    for (auto const& [name, child] : *node.as_table()) flatten(child, inside(name.str()), settings);
  } else if (array != nullptr && array->is_array_of_tables()) {
    for (std::size_t i = 0; i < array->size(); ++i)
      flatten(*array->get(i), fmt::format("{}[{}]", key, i), settings);
  } else {
    settings[key] =
        inline_text(is_parameter_table(node) ? *node.as_table()->get(std::string_view{"value"}) : node);
  }
}

/// The begin of the character that has a byte there.
std::size_t begin_of_character(std::string const& text, std::size_t place) {
  while (place > 0 && place < text.size() && (static_cast<unsigned char>(text[place]) & 0xC0) == 0x80)
    --place;
  return place;
}

/// A long text from shortly before where it differs from another one, so that what is told of them differs.
std::string told_beside(std::string const& text, std::string const& other) {
  constexpr std::size_t before = 20;
  auto const difference = std::ranges::mismatch(text, other).in1 - text.begin();
  auto const begin = static_cast<std::size_t>(difference);
  if (begin <= 2 * before) return shortened(text);
  return fmt::format("...{}", shortened(text.substr(begin_of_character(text, begin - before))));
}

std::string told(std::string const& key, Settings const& of, Settings const& beside) {
  auto const found = of.find(key), other = beside.find(key);
  if (found == of.end()) return "not set";
  return other == beside.end() ? shortened(found->second) : told_beside(found->second, other->second);
}

}  // namespace

Settings flat_settings(toml::table const& root) {
  Settings settings;
  flatten(root, "", settings);
  return settings;
}

Settings flat_settings(std::string_view text) {
  try {
    return flat_settings(toml::parse(text));
  } catch (toml::parse_error const&) {
    return {};
  }
}

std::vector<std::string> keys_that_differ(Settings const& one, Settings const& other) {
  std::set<std::string> keys;
  for (auto const& [key, value] : one) keys.insert(key);
  for (auto const& [key, value] : other) keys.insert(key);
  std::erase_if(keys, [&](std::string const& key) {
    auto const a = one.find(key), b = other.find(key);
    return a != one.end() && b != other.end() && a->second == b->second;
  });
  return {keys.begin(), keys.end()};
}

std::string difference_text(Settings const& here, Settings const& there) {
  if (there.empty()) return "it cannot be read";
  auto const keys = keys_that_differ(there, here);
  if (keys.empty()) return "all values are the same, but not what is said of them";
  std::vector<std::string> parts;
  for (auto const& key : keys) {
    if (parts.size() == kMostTold) break;
    parts.push_back(
        fmt::format("{} is {} here and {} there", key, told(key, here, there), told(key, there, here)));
  }
  auto const all =
      keys.size() > kMostTold ? fmt::format("; {} settings differ in all", keys.size()) : std::string{};
  return fmt::format("{}{}", fmt::join(parts, ", "), all);
}

}  // namespace myoaxis

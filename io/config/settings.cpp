#include "io/config/settings.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <set>

#include "io/config/toml_text.h"

namespace myoaxis {
namespace {

constexpr std::size_t kMostTold = 3;

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

std::string told(Settings const& settings, std::string const& key) {
  auto const found = settings.find(key);
  return found == settings.end() ? "not set" : shortened(found->second);
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
  auto const keys = keys_that_differ(there, here);
  if (keys.empty()) return "all values are the same, but not what is said of them";
  std::vector<std::string> parts;
  for (auto const& key : keys) {
    if (parts.size() == kMostTold) break;
    parts.push_back(fmt::format("{} is {} here and {} there", key, told(here, key), told(there, key)));
  }
  auto const all =
      keys.size() > kMostTold ? fmt::format("; {} settings differ in all", keys.size()) : std::string{};
  return fmt::format("{}{}", fmt::join(parts, ", "), all);
}

}  // namespace myoaxis

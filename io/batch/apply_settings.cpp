#include "io/batch/apply_settings.h"

#include <fmt/core.h>

#include <charconv>
#include <stdexcept>
#include <string_view>

#include "io/config/toml_text.h"

namespace myoaxis {
namespace {

/// The node below `node` at the first part of the path, a name with perhaps an index: source[2].
toml::node* step_down(toml::node& node, std::string_view part) {
  auto const bracket = part.find('[');
  auto* const table = node.as_table();
  auto* const named = table != nullptr ? table->get(part.substr(0, bracket)) : nullptr;
  if (bracket == part.npos || named == nullptr) return named;
  std::size_t index = 0;
  std::from_chars(part.data() + bracket + 1, part.data() + part.size(), index);
  auto* const array = named->as_array();
  return array != nullptr ? array->get(index) : nullptr;
}

toml::node* find(toml::table& root, std::string_view path) {
  toml::node* node = &root;
  while (node != nullptr && !path.empty()) {
    auto const dot = path.find('.');
    node = step_down(*node, path.substr(0, dot));
    path.remove_prefix(dot == path.npos ? path.size() : dot + 1);
  }
  return node;
}

/// Replaces the value of `key` in its table.
void replace(toml::table& table, std::string_view key, Setting const& setting) {
  if (setting.unit == "1")
    table.insert_or_assign(key, setting.number);
  else
    table.insert_or_assign(key, fmt::format("{} {}", setting.number, setting.unit));
}

void apply(toml::table& root, Setting const& setting) {
  auto const path = std::string_view{setting.key};
  auto const dot = path.rfind('.');
  auto* const parent = find(root, path.substr(0, dot == path.npos ? 0 : dot));
  auto const name = path.substr(dot == path.npos ? 0 : dot + 1);
  auto* const table = parent != nullptr ? parent->as_table() : nullptr;
  auto* const node = table != nullptr ? table->get(name) : nullptr;
  if (node == nullptr) throw std::logic_error{"no parameter has the key " + setting.key};
  if (is_parameter_table(*node))
    replace(*node->as_table(), "value", setting);
  else
    replace(*table, name, setting);
}

}  // namespace

void apply_settings(toml::table& root, std::vector<Setting> const& settings) {
  for (auto const& setting : settings) apply(root, setting);
}

}  // namespace myoaxis

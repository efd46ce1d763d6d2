#include "io/config/merge.h"

#include <string>
#include <string_view>
#include <utility>

#include "io/config/toml_text.h"

namespace myoaxis {
namespace {

constexpr std::string_view kName = "name";

/// Whether the node holds tables by the names of the array's elements.
bool is_by_name(toml::node const& node) {
  auto const* const table = node.as_table();
  if (table == nullptr || table->empty()) return false;
  for (auto const& [key, value] : *table) {
    if (!value.is_table() || is_parameter_table(value)) return false;
  }
  return true;
}

void merge_by_name(toml::array& base, toml::table&& over) {
  for (auto&& [key, node] : over) {
    auto& part = *node.as_table();
    toml::table* same = nullptr;
    for (auto& element : base) {
      auto* const table = element.as_table();
      if (table != nullptr && (*table)[kName].value<std::string_view>() == key.str()) same = table;
    }
    if (same != nullptr) {
      merge(*same, std::move(part));
    } else {
      part.insert(kName, std::string{key.str()});
      base.push_back(std::move(part));
    }
  }
}

}  // namespace

void put(toml::table& table, toml::key const& key, toml::node&& node) {
  table.erase(key.str());  // so that the key has the new place, too
  std::move(node).visit(
      [&](auto&& concrete) { table.insert(key, std::forward<decltype(concrete)>(concrete)); });
}

void merge(toml::table& base, toml::table&& over) {
  for (auto&& [key, node] : over) {
    auto* const below = base.get(key.str());
    if (below != nullptr && below->is_table() && node.is_table()) {
      merge(*below->as_table(), std::move(*node.as_table()));
    } else if (below != nullptr && is_parameter_table(*below)) {
      put(*below->as_table(), toml::key{std::string_view{"value"}}, std::move(node));
    } else if (below != nullptr && below->is_array() && is_by_name(node)) {
      merge_by_name(*below->as_array(), std::move(*node.as_table()));
    } else {
      put(base, key, std::move(node));
    }
  }
}

void merge_below(toml::table& section, toml::table&& piece) {
  merge(piece, std::move(section));
  section.clear();
  for (auto&& [key, node] : piece) put(section, key, std::move(node));
}

}  // namespace myoaxis

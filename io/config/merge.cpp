#include "io/config/merge.h"

#include <string_view>
#include <utility>

#include "io/config/toml_text.h"

namespace myoaxis {

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

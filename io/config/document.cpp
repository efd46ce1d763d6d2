#include "io/config/document.h"

#include <fmt/core.h>

#include <optional>
#include <string_view>
#include <utility>

#include "io/config/merge.h"
#include "io/config/parse.h"
#include "io/config/toml_text.h"

namespace myoaxis {
namespace {

constexpr std::string_view kResolved = "resolved";

/// Takes the mark of a resolved document off the tree.
bool take_resolved_mark(toml::table& root, Diagnostics& diagnostics) {
  auto const* node = root.get(kResolved);
  if (node == nullptr) return false;
  if (!node->is_boolean()) {
    diagnostics.add(place_of(*node), fmt::format("resolved = {}: must be true or false", shown(*node)));
  }
  auto const resolved = node->value_or(false);
  root.erase(kResolved);
  return resolved;
}

void refuse(toml::node const& node, std::string const& key, Diagnostics& diagnostics) {
  diagnostics.add(place_of(node),
                  fmt::format("{} = {}: a resolved configuration stands alone and uses no other "
                              "piece; begin from the experiment's own file instead",
                              key, shown(node)));
}

void refuse_uses(toml::table const& root, UseRules const& rules, Diagnostics& diagnostics) {
  for (auto const& rule : rules.uses) {
    auto const* section = root[std::string_view{rule.section}].as_table();
    auto const* node = section != nullptr ? section->get(rule.key) : nullptr;
    if (node != nullptr) refuse(*node, rule.section + '.' + rule.key, diagnostics);
  }
  for (auto const& rule : rules.lists) {
    if (auto const* node = root.get(rule.key)) refuse(*node, rule.key, diagnostics);
  }
  if (!rules.conditions) return;
  if (auto const* node = root.get(rules.conditions->key)) refuse(*node, rules.conditions->key, diagnostics);
}

}  // namespace

namespace {

Document complete(std::optional<toml::table> root, std::filesystem::path const& path,
                  std::vector<std::string> const& sets, SearchPath const& search, UseRules const& rules,
                  Diagnostics& diagnostics) {
  // Before the pieces are looked up, so that `--set organism.use=rat` chooses another one.
  for (auto const& setting : sets) {
    auto tree = parse_setting(setting, diagnostics);
    if (root && tree) merge(*root, std::move(*tree));
  }
  if (!root) diagnostics.throw_if_any();
  Document document{std::move(*root), path.string(), false};
  document.resolved = take_resolved_mark(document.root, diagnostics);
  if (document.resolved)
    refuse_uses(document.root, rules, diagnostics);
  else
    apply_uses(document.root, path, search, rules, diagnostics);
  if (!document.resolved) attach_files(document.root, path, search, rules.files, diagnostics);
  diagnostics.throw_if_any();
  return document;
}

}  // namespace

Document load_document(std::filesystem::path const& path, std::vector<std::string> const& sets,
                       SearchPath const& search, UseRules const& rules) {
  Diagnostics diagnostics;
  return complete(parse_file(path, diagnostics), path, sets, search, rules, diagnostics);
}

Document load_document(toml::table&& root, std::filesystem::path const& path,
                       std::vector<std::string> const& sets, SearchPath const& search,
                       UseRules const& rules) {
  Diagnostics diagnostics;
  return complete(std::move(root), path, sets, search, rules, diagnostics);
}

std::string resolved_text(toml::table const& root) {
  auto const body = canonical_text(root);
  return fmt::format("{} = true\n{}{}", kResolved, body.starts_with('[') ? "\n" : "", body);
}

}  // namespace myoaxis

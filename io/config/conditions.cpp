#include "io/config/conditions.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "io/config/merge.h"
#include "io/config/piece_loader.h"
#include "io/config/toml_text.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

/// What the experiment asks for; the array goes, and stays as a note.
std::vector<Request> take_requests(toml::table& root, ConditionRule const& rule, Diagnostics& diagnostics) {
  std::vector<Request> requests;
  auto const found = root.find(rule.key);
  auto const* const array = found->second.as_array();
  auto const refuse = [&](toml::node const& node) {
    diagnostics.add(place_of(node), fmt::format("{} = {}: must be an array of names of pieces in {}/",
                                                rule.key, shown(node), rule.folder));
  };
  if (array == nullptr) {
    refuse(found->second);
    root.erase(found);
    return requests;
  }
  for (auto const& element : *array) {
    auto const* const name = element.as_string();
    if (name == nullptr || name->get().empty())
      refuse(element);
    else
      requests.push_back({name->get(), place_of(element), rule.key, "", rule.folder});
  }
  put(root, toml::key{kAppliedConditions, found->first.source()}, std::move(found->second));
  root.erase(rule.key);
  return requests;
}

/// A text of the organism: the experiment's own, or that of the piece which it uses.
std::optional<std::string> text_of_organism(toml::table& root, std::string_view key, fs::path const& file,
                                            ConditionRule const& rule, PieceLoader& loader) {
  auto* const section = root[rule.section].as_table();
  if (section == nullptr) return std::nullopt;
  if (auto own = (*section)[key].value<std::string>()) return own;
  auto const request =
      request_in(*section, rule.section, rule.piece_key, rule.piece_folder, loader.diagnostics());
  if (!request) return std::nullopt;
  auto const piece = loader.load(*request, {file});
  return piece ? (*piece)[key].value<std::string>() : std::nullopt;
}

/// Takes what does not belong into a condition out of it.
void check_tables(toml::table& condition, ConditionRule const& rule, Diagnostics& diagnostics) {
  constexpr std::string_view kDescription = "description";
  condition.erase(kDescription);
  std::vector<std::string> wrong;
  for (auto const& [key, node] : condition) {
    if (node.is_table() && (key == rule.section || key == rule.list_table)) continue;
    wrong.emplace_back(key.str());
    diagnostics.add(place_of(key.source()),
                    fmt::format("'{}' in a condition: it may hold description, [{}] and [{}]", key.str(),
                                rule.section, rule.list_table));
  }
  for (auto const& key : wrong) condition.erase(key);
}

std::optional<toml::table> load_condition(Request request, std::optional<std::string> const& variant,
                                          fs::path const& file, ConditionRule const& rule,
                                          PieceLoader& loader) {
  auto condition = loader.load(request, {file});
  if (!condition) return std::nullopt;
  check_tables(*condition, rule, loader.diagnostics());
  if (!variant) return condition;
  request.folder += '/' + fs::path{request.name}.stem().string();
  request.name = *variant;
  if (loader.find(request, {file}).empty()) return condition;  // this sex has no values of its own
  if (auto over = loader.load(request, {file})) {
    check_tables(*over, rule, loader.diagnostics());
    merge(*condition, std::move(*over));
  }
  return condition;
}

/// Keeps the tables of those factors that the experiment lists; all when it has no list.
void drop_unlisted(toml::table& conditions, toml::table const& root, ConditionRule const& rule) {
  auto const* const list = root.get_as<toml::array>(rule.list_key);
  auto* const tables = conditions[rule.list_table].as_table();
  if (list == nullptr || tables == nullptr) return;
  std::vector<std::string> listed;
  for (auto const& element : *list) {
    listed.push_back(fs::path{element.value<std::string>().value_or("")}.stem().string());
  }
  std::vector<std::string> others;
  for (auto const& [key, node] : *tables) {
    if (std::find(listed.begin(), listed.end(), key.str()) == listed.end()) others.emplace_back(key.str());
  }
  for (auto const& key : others) tables->erase(key);
  if (tables->empty()) conditions.erase(rule.list_table);
}

/// Below each table of the experiment, which keeps its place.
void lay_below(toml::table& root, toml::table&& conditions) {
  for (auto&& [key, node] : conditions) {
    auto* const own = root.get(key.str());
    if (own == nullptr)
      put(root, key, std::move(node));
    else if (own->is_table())  // otherwise for the reader to say
      merge_below(*own->as_table(), std::move(*node.as_table()));
  }
}

}  // namespace

void lay_conditions(toml::table& root, fs::path const& file, ConditionRule const& rule, PieceLoader& loader) {
  if (!root.contains(rule.key)) return;
  auto requests = take_requests(root, rule, loader.diagnostics());
  auto const organism = text_of_organism(root, "name", file, rule, loader);
  if (!organism || names_a_file(*organism)) return;  // no organism: that is reported elsewhere
  auto* const section = root[rule.section].as_table();
  auto const variant = section != nullptr ? (*section)[rule.variant_key].value<std::string>() : std::nullopt;
  toml::table conditions;
  for (auto& request : requests) {
    request.folder += '/' + *organism;
    if (auto condition = load_condition(std::move(request), variant, file, rule, loader)) {
      merge(conditions, std::move(*condition));
    }
  }
  drop_unlisted(conditions, root, rule);
  lay_below(root, std::move(conditions));
}

}  // namespace myoaxis

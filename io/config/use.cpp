#include "io/config/use.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "io/config/merge.h"
#include "io/config/piece_loader.h"
#include "io/config/toml_text.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFrom = "from";

/// The name of a piece without folder and ending.
std::string table_name(Request const& request) { return fs::path{request.name}.stem().string(); }

/// Those that there are: the piece's own, and files in its folder that are no parts of it.
std::vector<std::string> variants_of(toml::table const& piece, Request const& request, UseRule const& rule,
                                     fs::path const& file, PieceLoader& loader) {
  auto variants = loader.search().names(request.folder, file.parent_path());
  std::erase_if(variants, [&](std::string const& name) { return loader.is_part(name); });
  if (auto const own = piece[rule.variant_key].value<std::string>()) variants.push_back(*own);
  std::sort(variants.begin(), variants.end());
  return variants;
}

void report_variant(Request const& request, std::vector<std::string> const& variants, PieceLoader& loader) {
  loader.diagnostics().add(request.place,
                           fmt::format("{} = \"{}\": must be one of {}{}", request.section, request.name,
                                       fmt::join(variants, ", "), did_you_mean(request.name, variants)));
}

/// Lays the variant that the section asks for over the piece, such as organisms/human/female.toml.
void apply_variant(toml::table const& section, toml::table& piece, Request request, UseRule const& rule,
                   fs::path const& file, PieceLoader& loader) {
  auto const* const wanted = section.get(rule.variant_key);
  if (rule.variant_key.empty() || wanted == nullptr) return;
  auto const name = wanted->value<std::string>();
  if (!name || piece[rule.variant_key].value<std::string>() == name) return;
  request.folder += '/' + table_name(request);
  request.section += '.' + rule.variant_key;
  request.key.clear();
  request.name = *name;
  request.place = place_of(*wanted);
  auto const variants = variants_of(piece, request, rule, file, loader);
  if (loader.find(request, {file}).empty() && !variants.empty())
    return report_variant(request, variants, loader);
  if (auto variant = loader.load(request, {file})) merge(piece, std::move(*variant));
}

void apply_use(toml::table& root, fs::path const& file, UseRule const& rule, PieceLoader& loader) {
  auto* const section = root[std::string_view{rule.section}].as_table();
  if (section == nullptr) return;  // whether it is needed, and a table, is for the reader to say
  auto const request = request_in(*section, rule.section, rule.key, rule.folder, loader.diagnostics());
  if (!request) return;
  auto piece = loader.load(*request, {file});
  if (piece) apply_variant(*section, *piece, *request, rule, file, loader);
  auto const used = section->find(rule.key);
  toml::key const from{kFrom, used->first.source()};
  put(*section, from, std::move(used->second));
  section->erase(rule.key);
  if (piece) merge_below(*section, std::move(*piece));
}

/// The names in the array, or nothing when there is no array.
std::optional<std::vector<Request>> listed(toml::table const& root, ListRule const& rule,
                                           Diagnostics& diagnostics) {
  auto const* node = root.get(rule.key);
  if (node == nullptr) return std::nullopt;
  std::vector<Request> requests;
  auto const refuse = [&](toml::node const& wrong) {
    diagnostics.add(place_of(wrong), fmt::format("{} = {}: must be an array of names of pieces in {}/",
                                                 rule.key, shown(wrong), rule.folder));
  };
  auto const* array = node->as_array();
  if (array == nullptr) {
    refuse(*node);
    return requests;
  }
  for (auto const& element : *array) {
    auto const* name = element.as_string();
    if (name == nullptr || name->get().empty()) {
      refuse(element);
    } else {
      requests.push_back({name->get(), place_of(element), rule.table, "", rule.folder});
    }
  }
  return requests;
}

std::vector<Request> all_pieces(toml::table const& root, fs::path const& file, ListRule const& rule,
                                PieceLoader& loader) {
  std::vector<Request> requests;
  for (auto const& name : loader.search().names(rule.folder, file.parent_path())) {
    requests.push_back({name, place_of(root.source()), rule.table, "", rule.folder});
  }
  return requests;
}

/// A table for a piece that is not in the list would be simulated, or silently not: neither is what was
/// asked.
void report_unlisted(toml::table const& tables, ListRule const& rule, std::vector<Request> const& requests,
                     Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (auto const& request : requests) names.push_back(table_name(request));
  for (auto const& [key, node] : tables) {
    if (std::find(names.begin(), names.end(), key.str()) != names.end()) continue;
    diagnostics.add(place_of(key.source()),
                    fmt::format("'{}' of [{}.{}] is not in `{}`{}", key.str(), rule.table, key.str(),
                                rule.key, did_you_mean(key.str(), names)));
  }
}

/// The table that holds the pieces of a list. An empty one is made when there is none.
toml::table* list_table(toml::table& root, ListRule const& rule, Diagnostics& diagnostics) {
  if (!root.contains(rule.table)) root.insert(rule.table, toml::table{});
  auto* const tables = root[std::string_view{rule.table}].as_table();
  if (tables == nullptr) {
    auto const& node = *root.get(rule.table);
    diagnostics.add(place_of(node), fmt::format("{} = {}: must be a table", rule.table, shown(node)));
  }
  return tables;
}

/// `from = "NAME"` at the head of a piece, with a place in the piece's file.
void put_from(toml::table& piece, std::string const& name) {
  auto const text = fmt::format("{} = {}", kFrom, inline_text(toml::value<std::string>{name}));
  auto parsed = toml::parse(std::string_view{text}, std::string_view{*piece.source().path});
  put(piece, toml::key{kFrom, piece.source()}, std::move(*parsed.get(kFrom)));
}

/// Adds to a piece what it is in the experiment's organism: the file of the same name in the folder of that
/// name.
void add_variant(toml::table& piece, Request request, std::string const& section, std::string const& variant,
                 fs::path const& file, PieceLoader& loader) {
  request.name = table_name(request);
  request.folder += '/' + variant;
  if (loader.find(request, {file}).empty()) return;  // the piece may hold the table itself
  auto values = loader.load(request, {file});
  if (!values) return;
  auto const source = values->source();
  toml::table by_name;
  put(by_name, toml::key{variant, source}, std::move(*values));
  toml::table by_section;
  put(by_section, toml::key{section, source}, std::move(by_name));
  merge_below(piece, std::move(by_section));
}

struct Variant {
  std::string section;
  std::string name;
};

/// Name of the organism (the section that a list's pieces vary with), when it has one.
std::optional<Variant> variant_of(toml::table const& root, ListRule const& rule) {
  auto const name = root[rule.variant_of]["name"].value<std::string>();
  if (rule.variant_of.empty() || !name || names_a_file(*name)) return std::nullopt;
  return Variant{rule.variant_of, *name};
}

void add_piece(toml::table& tables, Request const& request, fs::path const& file,
               std::optional<Variant> const& variant, PieceLoader& loader, std::vector<std::string>& done) {
  auto const name = table_name(request);
  if (std::find(done.begin(), done.end(), name) != done.end()) {
    loader.diagnostics().add(request.place, fmt::format("'{}' is listed twice", name));
    return;
  }
  done.push_back(name);
  auto* const own = tables[std::string_view{name}].as_table();
  if (own == nullptr && tables.contains(name)) return;                 // not a table: for the reader to say
  if (own != nullptr && loader.find(request, {file}).empty()) return;  // defined as a whole where it stands
  auto piece = loader.load(request, {file});
  if (!piece) return;
  if (variant) add_variant(*piece, request, variant->section, variant->name, file, loader);
  put_from(*piece, request.name);
  if (own != nullptr)
    merge_below(*own, std::move(*piece));
  else
    put(tables, toml::key{name, piece->source()}, std::move(*piece));
}

void apply_list(toml::table& root, fs::path const& file, ListRule const& rule, PieceLoader& loader) {
  auto const list = listed(root, rule, loader.diagnostics());
  root.erase(rule.key);
  auto* const tables = list_table(root, rule, loader.diagnostics());
  if (tables == nullptr) return;
  auto const requests = list ? *list : all_pieces(root, file, rule, loader);
  if (list) report_unlisted(*tables, rule, requests, loader.diagnostics());
  std::vector<std::string> done;
  auto const variant = variant_of(root, rule);
  for (auto const& request : requests) add_piece(*tables, request, file, variant, loader, done);
  if (tables->empty()) root.erase(rule.table);
}

}  // namespace

void apply_uses(toml::table& root, fs::path const& file, SearchPath const& search, UseRules const& rules,
                Diagnostics& diagnostics) {
  PieceLoader loader{search, diagnostics};
  if (rules.conditions) lay_conditions(root, file, *rules.conditions, loader);
  for (auto const& rule : rules.uses) apply_use(root, file, rule, loader);
  for (auto const& rule : rules.lists) apply_list(root, file, rule, loader);
}

}  // namespace myoaxis

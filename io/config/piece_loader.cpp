#include "io/config/piece_loader.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "io/config/merge.h"
#include "io/config/parse.h"
#include "io/config/toml_text.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

/// Names files, in the folder of the piece's name, whose keys stand in the piece.
constexpr std::string_view kParts = "use_parts";

bool is_in(std::vector<fs::path> const& files, fs::path const& path) {
  return std::any_of(files.begin(), files.end(), [&](fs::path const& file) {
    std::error_code error;
    return file == path || fs::equivalent(file, path, error);
  });
}

/// A whole experiment named like the piece, such as experiments/endurance.toml beside one that uses
/// "endurance".
bool is_experiment(fs::path const& path, std::string const& section) {
  Diagnostics ignored;
  auto const tree = parse_file(path, ignored);
  return tree && tree->contains(std::string_view{section});
}

}  // namespace

std::optional<Request> request_in(toml::table const& table, std::string const& section,
                                  std::string const& key, std::string const& folder,
                                  Diagnostics& diagnostics) {
  auto const* node = table.get(key);
  if (node == nullptr) return std::nullopt;
  auto const* name = node->as_string();
  if (name == nullptr || name->get().empty()) {
    diagnostics.add(place_of(*node), fmt::format("{}.{} = {}: must be the name of a piece in {}/, in quotes",
                                                 section, key, shown(*node), folder));
    return std::nullopt;
  }
  return Request{name->get(), place_of(*node), section, key, folder};
}

fs::path PieceLoader::find(Request const& request, std::vector<fs::path> const& trail) const {
  auto const beside = trail.back().parent_path();
  for (auto const& path : search_.candidates(request.folder, request.name, beside)) {
    if (!is_readable_kind(path)) continue;
    if (names_a_file(request.name)) return path;
    auto const may_be_another_kind = path.parent_path() == beside;
    if (is_in(trail, path) || (may_be_another_kind && is_experiment(path, request.section))) continue;
    return path;
  }
  return {};
}

std::optional<toml::table> PieceLoader::load(Request const& request, std::vector<fs::path> const& trail) {
  auto const path = find(request, trail);
  if (!path.empty()) return load_file(path, request, trail);
  report_missing(request, trail.back().parent_path());
  return std::nullopt;
}

std::optional<toml::table> PieceLoader::load_file(fs::path const& path, Request const& request,
                                                  std::vector<fs::path> trail) {
  if (is_in(trail, path)) {
    diagnostics_.add(request.place, fmt::format("{}.{} = \"{}\": {} uses itself", request.section,
                                                request.key, request.name, path.string()));
    return std::nullopt;
  }
  auto piece = parse_file(path, diagnostics_);
  if (piece) add_parts(*piece, path, request);
  if (!piece || request.key.empty()) return piece;
  auto const inner = request_in(*piece, request.section, request.key, request.folder, diagnostics_);
  piece->erase(request.key);
  if (!inner) return piece;
  trail.push_back(path);
  if (auto below = load(*inner, trail)) merge_below(*piece, std::move(*below));
  return piece;
}

/// Beside the piece, or, when it is a copy of a shipped one, where the shipped ones are.
fs::path PieceLoader::part_file(fs::path const& path, Request const& request, std::string const& part) const {
  auto const beside = path.parent_path() / path.stem() / (part + ".toml");
  if (is_readable_kind(beside)) return beside;
  auto const folder = request.folder + '/' + path.stem().string();
  for (auto const& shipped : search_.candidates(folder, part, path.parent_path())) {
    if (is_readable_kind(shipped)) return shipped;
  }
  return beside;
}

void PieceLoader::add_parts(toml::table& piece, fs::path const& path, Request const& request) {
  auto const* const names = piece.get(kParts);
  if (names == nullptr) return;
  std::vector<toml::table> parts;
  auto const refuse = [&](toml::node const& node) {
    diagnostics_.add(place_of(node), fmt::format("{} = {}: must be an array of names of files in {}/", kParts,
                                                 shown(node), (path.parent_path() / path.stem()).string()));
  };
  if (!names->is_array()) return refuse(*names);
  for (auto const& name : *names->as_array()) {
    if (!name.is_string()) return refuse(name);
    auto const file = part_file(path, request, **name.as_string());
    parts_.insert(**name.as_string());
    if (auto part = parse_file(file, diagnostics_)) parts.push_back(std::move(*part));
  }
  piece.erase(kParts);
  for (auto& part : parts) merge_below(piece, std::move(part));
}

void PieceLoader::report_missing(Request const& request, fs::path const& beside) {
  std::vector<std::string> looked;
  for (auto const& path : search_.candidates(request.folder, request.name, beside)) {
    looked.push_back(path.string());
  }
  auto const available = search_.names(request.folder, beside);
  auto const asked = request.key.empty() ? request.section : request.section + '.' + request.key;
  auto const guess = did_you_mean(request.name, available);
  diagnostics_.add(request.place,
                   fmt::format("{} = \"{}\": no such piece{} available: {}; looked for {}", asked,
                               request.name, guess.empty() ? ";" : guess,
                               available.empty() ? "none" : fmt::format("{}", fmt::join(available, ", ")),
                               fmt::join(looked, ", ")));
}

}  // namespace myoaxis

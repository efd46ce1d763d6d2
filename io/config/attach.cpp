#include "io/config/attach.h"

#include <fmt/core.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include "io/config/toml_text.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargest = std::uintmax_t{64} << 20;

std::optional<fs::path> find(fs::path const& name, fs::path const& experiment, FileRule const& rule,
                             SearchPath const& search) {
  std::vector<fs::path> candidates{experiment.parent_path() / name};
  for (auto const& folder : search.folders()) candidates.push_back(folder / rule.folder / name);
  for (auto const& candidate : candidates) {
    std::error_code ignored;
    if (fs::is_regular_file(candidate, ignored)) return candidate;
  }
  return {};
}

/// The text, or what is wrong with the file.
std::pair<std::string, std::string> read_text(fs::path const& path) {
  std::error_code error;
  if (fs::file_size(path, error) > kLargest) return {{}, "is larger than 64 MB"};
  std::ifstream stream{path, std::ios::binary};
  std::string text{std::istreambuf_iterator<char>{stream}, {}};
  if (!stream && !stream.eof()) return {{}, "cannot be read"};
  for (auto const byte : text) {
    auto const code = static_cast<unsigned char>(byte);
    if (code >= 0x80 || (code < 0x20 && byte != '\n' && byte != '\r' && byte != '\t')) {
      return {{}, "is no plain text (ASCII)"};
    }
  }
  return {std::move(text), {}};
}

}  // namespace

void attach_files(toml::table& root, fs::path const& file, SearchPath const& search,
                  std::vector<FileRule> const& rules, Diagnostics& diagnostics) {
  for (auto const& rule : rules) {
    auto* const section = root[std::string_view{rule.section}].as_table();
    auto const* const node = section ? section->get(rule.key) : nullptr;
    auto const name = node ? node->value<std::string>() : std::nullopt;
    if (!name) continue;  // a value of another kind is for the reader to refuse
    auto const refuse = [&](std::string const& reason) {
      diagnostics.add(place_of(*node),
                      fmt::format("{}.{} = {}: {}", rule.section, rule.key, shown(*node), reason));
    };
    auto const path = find(*name, file, rule, search);
    if (!path) {
      refuse(fmt::format("there is no such file beside the experiment or in {}/ of the shipped configuration",
                         rule.folder));
      continue;
    }
    auto [text, problem] = read_text(*path);
    if (problem.empty()) {
      section->insert_or_assign(text_key(rule.key), std::move(text));
    } else {
      refuse(fmt::format("{} {}", path->string(), problem));
    }
  }
}

}  // namespace myoaxis

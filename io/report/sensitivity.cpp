#include "io/report/sensitivity.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "io/config/diagnostics.h"
#include "io/hdf5/error.h"

namespace myoaxis::report {
namespace {

using Json = nlohmann::json;

constexpr char const* kForm =
    R"(expected is {"indices": [{"parameter": "...", "status": "...", "outcome": "...", "mu_star" or "total": 0.1, "low": 0.0, "high": 0.2}]})";

[[noreturn]] void refuse_analysis(std::string const& path, std::string const& what) {
  throw ConfigError{{{Place{path}, fmt::format("{} ({})", what, kForm)}}};
}

Json parsed_json(std::string const& path) {
  std::ifstream file{path};
  if (!file) throw FileError{path, "cannot be read", "is it there, and may you read it?"};
  try {
    return Json::parse(file);
  } catch (Json::parse_error const& error) {
    refuse_analysis(path, fmt::format("is no JSON: byte {}: {}", error.byte, error.what()));
  }
}

std::optional<double> number_or_nothing(Json const& entry, char const* key) {
  auto const found = entry.find(key);
  if (found == entry.end() || !found->is_number()) return {};
  return found->get<double>();
}

/// Not a number, which JSON has no other word for: no run of this parameter gave the outcome.
bool is_undefined(Json const& entry) {
  return entry.is_object() && std::ranges::any_of(std::array{"total", "mu_star"}, [&](char const* kind) {
           return entry.contains(kind) && entry[kind].is_null();
         });
}

SensitivityIndex json_index(Json const& entry, std::string const& path, std::size_t number) {
  auto const text = [&](char const* key) {
    auto const found = entry.find(key);
    if (found == entry.end() || !found->is_string())
      refuse_analysis(path, fmt::format("indices[{}] has no text '{}'", number, key));
    return found->get<std::string>();
  };
  if (!entry.is_object()) refuse_analysis(path, fmt::format("indices[{}] is no object", number));
  SensitivityIndex index{text("parameter"), "", text("outcome"), "", "", 0, {}, {}};
  if (entry.contains("arm") && entry["arm"].is_string()) index.arm = entry["arm"];
  if (entry.contains("status") && entry["status"].is_string()) index.status = entry["status"];
  for (auto const* kind : {"total", "mu_star"}) {
    auto const value = number_or_nothing(entry, kind);
    if (!value) continue;
    index.kind = kind;
    index.value = *value;
    break;
  }
  if (index.kind.empty())
    refuse_analysis(path, fmt::format("indices[{}] has no number 'mu_star' or 'total'", number));
  index.low = number_or_nothing(entry, "low");
  index.high = number_or_nothing(entry, "high");
  return index;
}

}  // namespace

std::vector<SensitivityIndex> read_sensitivity(std::string const& path) {
  auto const json = parsed_json(path);
  if (!json.is_object() || !json.contains("indices") || !json["indices"].is_array())
    refuse_analysis(path, "has no array 'indices'");
  std::vector<SensitivityIndex> indices;
  std::size_t number = 0;
  for (auto const& entry : json["indices"]) {
    if (!is_undefined(entry)) indices.push_back(json_index(entry, path, number));
    ++number;
  }
  return indices;
}

}  // namespace myoaxis::report

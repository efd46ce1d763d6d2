#include "io/report/parameters.h"

#include <fmt/core.h>
#include <toml++/toml.h>

#include <array>
#include <utility>

#include "io/config/diagnostics.h"
#include "io/config/toml_text.h"

namespace myoaxis::report {
namespace {

/// A text without its quotes, anything else as in TOML.
std::string plain(toml::node const* node) {
  if (node == nullptr) return "";
  if (auto const* text = node->as_string()) return text->get();
  return inline_text(*node);
}

std::string plain(toml::table const& table, std::string_view key) { return plain(table.get(key)); }

ParameterRecord record_of(std::string key, toml::table const& table) {
  ParameterRecord record{std::move(key),         plain(table, "value"), "", "",
                         plain(table, "status"), plain(table, "source")};
  if (auto const* range = table.get_as<toml::array>("range"); range != nullptr && range->size() == 2) {
    record.low = plain(range->get(0));
    record.high = plain(range->get(1));
  }
  return record;
}

void collect(toml::node const& node, std::string const& key, std::vector<ParameterRecord>& records) {
  if (is_parameter_table(node)) {
    auto const& table = *node.as_table();
    if (table.contains(std::string_view{"status"})) records.push_back(record_of(key, table));
  } else if (auto const* table = node.as_table()) {
    for (auto const& [name, child] : *table)
      collect(child, key.empty() ? std::string{name.str()} : fmt::format("{}.{}", key, name.str()), records);
  } else if (auto const* array = node.as_array()) {
    for (std::size_t i = 0; i < array->size(); ++i)
      collect(*array->get(i), fmt::format("{}[{}]", key, i), records);
  }
}

}  // namespace

std::vector<ParameterRecord> read_parameters(std::string_view config_toml, std::string const& path) {
  try {
    auto const root = toml::parse(config_toml);
    std::vector<ParameterRecord> records;
    collect(root, "", records);
    return records;
  } catch (toml::parse_error const& error) {
    throw ConfigError{
        {{Place{path},
          fmt::format("its root attribute 'config_toml' is no TOML: {} (run the experiment again)",
                      error.description())}}};
  }
}

bool is_weak(std::string_view status) { return status == "assumed" || status == "recalled"; }

bool is_weak(ParameterRecord const& parameter) { return is_weak(parameter.status); }

bool is_gain(ParameterRecord const& parameter) {
  return parameter.key.find(".effect[") != parameter.key.npos && parameter.key.ends_with(".dependence");
}

std::string acts_on(std::string const& key) {
  if (key.starts_with("factor.")) {
    static constexpr std::array kParts{std::pair{".effect[", "effects of factors on cells"},
                                       std::pair{".dissociation", "binding to receptors"},
                                       std::pair{".barrier.", "blood-brain barrier"},
                                       std::pair{".source[", "secretion"},
                                       std::pair{".clearance", "clearance and exchange in the body"},
                                       std::pair{".exchange_per_lymph", "clearance and exchange in the body"},
                                       std::pair{".reflection", "clearance and exchange in the body"},
                                       std::pair{".conversion[", "clearance and exchange in the body"}};
    for (auto const& [part, heading] : kParts) {
      if (key.find(part) != key.npos) return heading;
    }
    return "other properties of factors";
  }
  static constexpr std::array kSections{std::pair{"organism.lineage.", "lineage of new neurons"},
                                        std::pair{"organism.synapses.", "spines"},
                                        std::pair{"organism.mood.", "mood and adherence"},
                                        std::pair{"organism.inflammation.", "inflammation of the brain"},
                                        std::pair{"organism.central.", "central drive and fatigue"},
                                        std::pair{"organism.fatigue.", "muscle and its fatigue"},
                                        std::pair{"organism.muscle.", "muscle and its fatigue"},
                                        std::pair{"organism.motor_units.", "muscle and its fatigue"},
                                        std::pair{"organism.adaptation.", "adaptation to training"},
                                        std::pair{"organism.mode.", "modes of exercise"},
                                        std::pair{"organism.label.", "labels of cells in assays"}};
  for (auto const& [beginning, heading] : kSections) {
    if (key.starts_with(beginning)) return heading;
  }
  return key.starts_with("organism.") ? "circulation and organs" : "other";
}

}  // namespace myoaxis::report

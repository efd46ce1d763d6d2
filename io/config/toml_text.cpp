#include "io/config/toml_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <sstream>
#include <string_view>
#include <type_traits>

namespace myoaxis {
namespace {

constexpr std::string_view kCommandLine = "--set ";

void append_escaped(std::string& text, char c) {
  switch (c) {
    case '"':
      text += "\\\"";
      return;
    case '\\':
      text += "\\\\";
      return;
    case '\n':
      text += "\\n";
      return;
    case '\r':
      text += "\\r";
      return;
    case '\t':
      text += "\\t";
      return;
    default:
      break;
  }
  auto const code = static_cast<unsigned char>(c);
  if (code < 0x20 || code == 0x7f) {
    fmt::format_to(std::back_inserter(text), "\\u{:04X}", code);
  } else {
    text += c;
  }
}

std::string string_text(std::string_view content) {
  std::string text = "\"";
  for (char const c : content) append_escaped(text, c);
  return text + '"';
}

bool is_bare_key(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

std::string key_text(std::string_view key) { return is_bare_key(key) ? std::string{key} : string_text(key); }

/// Shortest text that reads back as the same floating-point number, and as no integer.
std::string float_text(double number) {
  auto text = fmt::format("{}", number);
  return text.find_first_of(".en") == text.npos ? text + ".0" : text;
}

std::string array_text(toml::array const& array) {
  std::string text = "[";
  for (auto const& element : array) {
    if (text.size() > 1) text += ", ";
    text += inline_text(element);
  }
  return text + "]";
}

/// A parameter's value comes first, where a reader looks for it.
std::string table_text(toml::table const& table) {
  if (table.empty()) return "{}";
  std::string value;
  std::string rest;
  for (auto const& [key, node] : table) {
    auto& text = key.str() == "value" ? value : rest;
    if (!text.empty()) text += ", ";
    text += key_text(key.str()) + " = " + inline_text(node);
  }
  return "{ " + value + (value.empty() || rest.empty() ? "" : ", ") + rest + " }";
}

bool is_array_of_tables(toml::node const& node) {
  auto const* array = node.as_array();
  return array != nullptr && !array->empty() &&
         std::all_of(array->begin(), array->end(),
                     [](toml::node const& element) { return element.is_table(); });
}

/// Tables that get a header of their own; anything else stands on a line `key = value`.
bool has_header(toml::node const& node) {
  return (node.is_table() && !is_parameter_table(node)) || is_array_of_tables(node);
}

void append_contents(std::string& text, toml::table const& table, std::string const& path);

void append_header(std::string& text, std::string const& header) {
  if (!text.empty()) text += '\n';
  text += header + '\n';
}

void append_child(std::string& text, toml::node const& node, std::string const& path) {
  if (auto const* array = node.as_array()) {
    for (auto const& element : *array) {
      append_header(text, "[[" + path + "]]");
      append_contents(text, *element.as_table(), path);
    }
    return;
  }
  auto const& table = *node.as_table();
  auto const only_headers =
      std::all_of(table.begin(), table.end(), [](auto const& entry) { return has_header(entry.second); });
  if (table.empty() || !only_headers) append_header(text, "[" + path + "]");
  append_contents(text, table, path);
}

void append_contents(std::string& text, toml::table const& table, std::string const& path) {
  for (auto const& [key, node] : table) {
    if (!has_header(node)) text += key_text(key.str()) + " = " + inline_text(node) + '\n';
  }
  for (auto const& [key, node] : table) {
    auto const name = key_text(key.str());
    if (has_header(node)) append_child(text, node, path.empty() ? name : path + '.' + name);
  }
}

}  // namespace

Place place_of(toml::source_region const& source) {
  auto const file = source.path ? *source.path : std::string{};
  if (file.starts_with(kCommandLine)) return {file, 0, 0};
  return {file, source.begin.line, source.begin.column};
}

Place place_of(toml::node const& node) {
  if (is_parameter_table(node)) return place_of(node.as_table()->get("value")->source());
  return place_of(node.source());
}

bool is_parameter_table(toml::node const& node) {
  auto const* table = node.as_table();
  return table != nullptr && table->contains(std::string_view{"value"});
}

std::string inline_text(toml::node const& node) {
  return node.visit([](auto const& concrete) -> std::string {
    using Node = std::remove_cvref_t<decltype(concrete)>;
    if constexpr (toml::is_table<Node>)
      return table_text(concrete);
    else if constexpr (toml::is_array<Node>)
      return array_text(concrete);
    else if constexpr (toml::is_string<Node>)
      return string_text(*concrete);
    else if constexpr (toml::is_integer<Node>)
      return fmt::format("{}", *concrete);
    else if constexpr (toml::is_floating_point<Node>)
      return float_text(*concrete);
    else if constexpr (toml::is_boolean<Node>)
      return *concrete ? "true" : "false";
    else {
      std::ostringstream text;
      text << *concrete;
      return text.str();
    }
  });
}

std::string shown(toml::node const& node) {
  return shortened(inline_text(is_parameter_table(node) ? *node.as_table()->get("value") : node));
}

std::string shortened(std::string text) {
  constexpr std::size_t longest = 60;
  if (text.size() <= longest) return text;
  auto cut = longest;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;  // not inside a character
  return text.substr(0, cut) + "...";
}

std::string canonical_text(toml::table const& table) {
  std::string text;
  append_contents(text, table, "");
  return text;
}

}  // namespace myoaxis

#include "io/report/markup.h"

#include <cstdint>

namespace myoaxis::report {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// Length of the UTF-8 character at the beginning of `text`, or 0 when there is none.
std::size_t character_length(std::string_view text) {
  auto const first = static_cast<unsigned char>(text[0]);
  std::size_t const length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (length == 0 || length > text.size() || first > 0xF4) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[i])) return 0;
  }
  auto const second = length > 1 ? static_cast<unsigned char>(text[1]) : 0u;
  auto const overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  auto const beyond = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
  return overlong || beyond ? 0 : length;
}

std::string_view entity(char byte) {
  switch (byte) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

bool is_forbidden(char byte) {
  auto const code = static_cast<unsigned char>(byte);
  return (code < 0x20 && byte != '\t' && byte != '\n') || code == 0x7F;
}

std::string opening(std::string_view name, Attributes const& attributes) {
  std::string text = "<";
  text += name;
  for (auto const& [key, value] : attributes) {
    text += ' ';
    text += key;
    text += "=\"";
    text += escaped(value).text();
    text += '"';
  }
  return text;
}

}  // namespace

Markup escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  while (!text.empty()) {
    auto const length = character_length(text);
    if (length == 0 || (length == 1 && is_forbidden(text[0]))) {
      safe += kReplacement;
    } else if (auto const name = entity(text[0]); !name.empty()) {
      safe += name;
    } else {
      safe += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return Markup::trusted(std::move(safe));
}

Markup element(std::string_view name, Attributes const& attributes, Markup const& inside) {
  auto text = opening(name, attributes);
  text += '>';
  text += inside.text();
  text += "</";
  text += name;
  text += '>';
  return Markup::trusted(std::move(text));
}

Markup element(std::string_view name, Markup const& inside) { return element(name, {}, inside); }

Markup element(std::string_view name, Attributes const& attributes, std::string_view text) {
  return element(name, attributes, escaped(text));
}

Markup element(std::string_view name, std::string_view text) { return element(name, {}, escaped(text)); }

Markup empty_element(std::string_view name, Attributes const& attributes) {
  return Markup::trusted(opening(name, attributes) + "/>");
}

Markup joined(std::vector<Markup> const& pieces, std::string_view between) {
  std::string text;
  for (auto const& piece : pieces) {
    if (!text.empty()) text += between;
    text += piece.text();
  }
  return Markup::trusted(std::move(text));
}

}  // namespace myoaxis::report

#include "io/config/key_pattern.h"

namespace myoaxis {
namespace {

constexpr std::string_view kAnyElement = "[]";

bool any_end_matches(std::string_view pattern, std::string_view key) {
  for (std::size_t i = 0; i <= key.size(); ++i) {
    if (matches(pattern, key.substr(i))) return true;
  }
  return false;
}

bool after_element_matches(std::string_view pattern, std::string_view key) {
  auto const end = key.find(']');
  return key.starts_with('[') && end != key.npos && matches(pattern, key.substr(end + 1));
}

}  // namespace

bool matches(std::string_view pattern, std::string_view key) {
  if (pattern.empty()) return key.empty();
  if (pattern.starts_with(kAnyElement)) return after_element_matches(pattern.substr(kAnyElement.size()), key);
  auto const letter = pattern.front();
  pattern.remove_prefix(1);
  if (letter == '*') return any_end_matches(pattern, key);
  return !key.empty() && (letter == '?' || letter == key.front()) && matches(pattern, key.substr(1));
}

}  // namespace myoaxis

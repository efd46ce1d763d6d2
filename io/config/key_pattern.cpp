#include "io/config/key_pattern.h"

namespace myoaxis {
namespace {

/// Takes the part up to the next dot off the path.
std::string_view take_part(std::string_view& path) {
  auto const dot = path.find('.');
  auto const part = path.substr(0, dot);
  path.remove_prefix(dot == path.npos ? path.size() : dot + 1);
  return part;
}

bool part_matches(std::string_view pattern, std::string_view part) {
  if (pattern == "*" || pattern == part) return true;
  if (!pattern.ends_with("[]") || !part.ends_with(']')) return false;
  return part.substr(0, part.rfind('[')) == pattern.substr(0, pattern.size() - 2);
}

}  // namespace

bool matches(std::string_view pattern, std::string_view key) {
  while (!pattern.empty() && !key.empty()) {
    if (!part_matches(take_part(pattern), take_part(key))) return false;
  }
  return pattern.empty() && key.empty();
}

}  // namespace myoaxis

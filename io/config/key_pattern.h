/// Patterns of keys of a configuration, and of names of outcomes.
#pragma once

#include <string_view>

namespace myoaxis {

/// Whether `key` is one of those that `pattern` stands for: * for any text, dots included, ? for one letter,
/// [] for any element of an array. factor.il6.organism.*.source[].rate matches
/// factor.il6.organism.mouse.source[2].rate, and so does factor.il6.*.
bool matches(std::string_view pattern, std::string_view key);

}  // namespace myoaxis

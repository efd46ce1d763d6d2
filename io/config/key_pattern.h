/// Keys of a configuration with parts left open.
#pragma once

#include <string_view>

namespace myoaxis {

/// Whether the dotted path `key` is one of those that `pattern` stands for: [] for any element of an array, *
/// for any name. factor.il6.organism.*.source[].rate matches factor.il6.organism.mouse.source[2].rate.
bool matches(std::string_view pattern, std::string_view key);

}  // namespace myoaxis

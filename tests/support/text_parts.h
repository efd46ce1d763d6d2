/// Looks for parts of a text.
#pragma once

#include <string_view>

namespace myoaxis::test {

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace myoaxis::test

/// The SHA-256 fingerprint by which a configuration, and so a run, is recognized.
#pragma once

#include <string>
#include <string_view>

namespace myoaxis {

/// 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view text);

}  // namespace myoaxis

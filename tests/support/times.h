/// Spans of time for laws that take seconds: `2 * kDays`.
#pragma once

namespace myoaxis::test {

inline constexpr double kHours = 3600;  // s
inline constexpr double kDays = 86400;  // s

}  // namespace myoaxis::test

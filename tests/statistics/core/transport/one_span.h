/// The stretch of time after which transport is compared with its laws.
#pragma once

#include "core/clock.h"

namespace myoaxis {

inline constexpr Tick kBegin{0};
inline constexpr std::int64_t kSpan = 64;  // s

}  // namespace myoaxis

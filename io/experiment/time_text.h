/// Points in time and stretches of it, as a regime writes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/clock.h"
#include "io/config/section.h"

namespace myoaxis {

/// Seconds after 00:00 of "19:30" or "19:30:15"; nothing when it is no time of day.
std::optional<std::int64_t> parse_time_of_day(std::string_view text);

/// The instant of "day 3", "day 3 08:00", "day -2 08:00 + 30 min" or "end" (which is `end`). Throws UnitError
/// with what is wrong.
Tick parse_instant(std::string_view text, Tick end);

/// A duration of whole seconds; a fraction of a second is a problem of the key.
std::int64_t read_whole_seconds(Section& section, std::string_view key, Limits limits,
                                std::string_view meaning);
std::int64_t read_whole_seconds_or(Section& section, std::string_view key, std::int64_t fallback,
                                   std::string_view fallback_text, Limits limits, std::string_view meaning);

}  // namespace myoaxis

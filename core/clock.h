/// Simulated time: whole seconds since day 0, 00:00, which is a Monday.
///
/// Whole seconds make every end of a step exact and every address permanent. The baseline before day 0 has
/// negative times.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/quantity.h"

namespace myoaxis {

/// An instant of simulated time.
class Tick {
 public:
  constexpr Tick() = default;
  constexpr explicit Tick(std::int64_t seconds) : seconds_{seconds} {}
  constexpr std::int64_t seconds() const { return seconds_; }
  constexpr Tick operator+(std::int64_t seconds) const { return Tick{seconds_ + seconds}; }
  constexpr std::int64_t operator-(Tick other) const { return seconds_ - other.seconds_; }
  auto operator<=>(Tick const&) const = default;

 private:
  std::int64_t seconds_ = 0;
};

inline constexpr std::int64_t kMinute = 60;
inline constexpr std::int64_t kHour = 3600;
inline constexpr std::int64_t kDay = 86400;
inline constexpr std::int64_t kWeek = 7 * kDay;

/// Number of whole days before `tick`, rounded down: -1 for the last day of the baseline.
constexpr std::int64_t day_of(Tick tick) {
  auto const seconds = tick.seconds();
  return seconds >= 0 ? seconds / kDay : -((-seconds + kDay - 1) / kDay);
}

/// Day of the week, 0 = Monday.
constexpr int weekday_of(std::int64_t day) { return static_cast<int>(((day % 7) + 7) % 7); }

/// Next instant at or after `tick` that is a multiple of `period` seconds.
constexpr Tick next_multiple(Tick tick, std::int64_t period) {
  auto const remainder = ((tick.seconds() % period) + period) % period;
  return remainder == 0 ? tick : tick + (period - remainder);
}

constexpr Seconds as_seconds(std::int64_t seconds) { return Seconds{static_cast<double>(seconds)}; }

/// "day 3 08:00", with seconds where they are not 0.
std::string to_string(Tick tick);

/// Index of "Mon" .. "Sun", or -1.
int weekday_index(std::string_view name);

}  // namespace myoaxis

#include "core/clock.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace myoaxis {

std::string to_string(Tick tick) {
  auto const day = day_of(tick);
  auto const rest = tick.seconds() - day * kDay;
  auto const text = fmt::format("day {} {:02}:{:02}", day, rest / kHour, rest / kMinute % 60);
  return rest % kMinute == 0 ? text : text + fmt::format(":{:02}", rest % kMinute);
}

int weekday_index(std::string_view name) {
  static constexpr std::array<std::string_view, 7> names{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  auto const found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

}  // namespace myoaxis

#include "io/config/limits.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace myoaxis {
namespace {

std::string limit_with_unit(double number, std::string_view unit) {
  return unit == "1" ? fmt::format("{}", number) : fmt::format("{} {}", number, unit);
}

}  // namespace

std::string to_text(Limits const& limits, std::string_view unit) {
  auto const has_low = std::isfinite(limits.low);
  auto const has_high = std::isfinite(limits.high);
  if (limits.low == 0 && !has_high) return limits.low_open ? "must be positive" : "must not be negative";
  auto const low =
      fmt::format("{} {}", limits.low_open ? "above" : "at least", limit_with_unit(limits.low, unit));
  auto const high =
      fmt::format("{} {}", limits.high_open ? "below" : "at most", limit_with_unit(limits.high, unit));
  if (has_low && has_high && !limits.low_open && !limits.high_open) {
    return fmt::format("must be between {} and {}", limits.low, limit_with_unit(limits.high, unit));
  }
  if (has_low && has_high) return fmt::format("must be {} and {}", low, high);
  if (has_low) return "must be " + low;
  return has_high ? "must be " + high : std::string{};
}

double inside(Limits const& limits) {
  auto const nearest = std::clamp(1.0, limits.low, limits.high);
  if (limits.contain(nearest)) return nearest;
  if (std::isfinite(limits.low) && std::isfinite(limits.high))
    return limits.low + (limits.high - limits.low) / 2;
  return std::isfinite(limits.low) ? limits.low + 1 : limits.high - 1;
}

}  // namespace myoaxis

/// The range in which a configured number makes sense, in base units.
#pragma once

#include <limits>
#include <string>
#include <string_view>

namespace myoaxis {

enum class Bound { included, excluded };

/// An interval; the defaults leave it open to both sides.
struct Limits {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false;
  bool high_open = false;

  constexpr bool contain(double number) const {
    return (low_open ? number > low : number >= low) && (high_open ? number < high : number <= high);
  }
};

constexpr Limits any() { return {}; }
constexpr Limits positive() { return {.low = 0, .low_open = true}; }
constexpr Limits non_negative() { return {.low = 0}; }
constexpr Limits fraction() { return {.low = 0, .high = 1}; }
constexpr Limits at_least(double low) { return {.low = low}; }
constexpr Limits between(double low, double high) { return {.low = low, .high = high}; }

/// "must be positive", "must be between 0 and 1", ...; empty when anything goes.
std::string to_text(Limits const& limits, std::string_view unit);

/// A number inside, for reading on after an error: 1 or what is nearest to it.
double inside(Limits const& limits);

}  // namespace myoaxis

#include "io/batch/varied_parameter.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/units.h"

namespace myoaxis {
namespace {

/// A factor above which equal differences would leave the lower decades without points.
constexpr double kLargestLinearFactor = 10;

bool is_whole(double number) { return number == std::floor(number); }

double between_ends(double low, double high, RangeScale scale, double place) {
  if (scale == RangeScale::linear) return low + place * (high - low);
  return std::exp(std::log(low) + place * (std::log(high) - std::log(low)));
}

std::string varied_number_text(double number, std::string const& unit) {
  return unit == "1" ? fmt::format("{:.6g}", number) : fmt::format("{:.6g} {}", number, unit);
}

}  // namespace

RangeScale default_scale(double low, double high) {
  return low > 0 && high > kLargestLinearFactor * low ? RangeScale::logarithmic : RangeScale::linear;
}

std::optional<std::string> range_problem(Parameter const& parameter, double low, double high,
                                         RangeScale scale) {
  if (low > high) return "must begin with the lower value";
  if (low == high) return "must have two different ends";
  if (scale == RangeScale::logarithmic && !(low > 0))
    return "must be positive on a logarithmic scale; give a positive lower end or scale = \"linear\"";
  if (parameter.whole && !(is_whole(low) && is_whole(high)))
    return fmt::format("must have whole numbers as ends, since {} is a whole number", parameter.key);
  for (auto const end : {low, high}) {
    if (!parameter.limits.contain(end))
      return fmt::format("reaches {}, but {} {}", varied_number_text(end, parameter.unit), parameter.key,
                         to_text(parameter.limits, parameter.unit));
  }
  return {};
}

std::optional<NumberRange> own_range(Parameter const& parameter) {
  if (!parameter.range) return {};
  auto const& [low, high] = *parameter.range;
  return NumberRange{parse_in(low, parameter.unit), parse_in(high, parameter.unit)};
}

double number_at(VariedParameter const& varied, double place) {
  auto const [low, high] = std::pair{varied.low, varied.high};
  if (varied.parameter.whole)
    return std::clamp(std::floor(between_ends(low, high + 1, varied.scale, place)), low, high);
  if (place <= 0) return low;
  if (place >= 1) return high;  // without the rounding of a logarithm
  return std::clamp(between_ends(low, high, varied.scale, place), low, high);
}

double place_reached(VariedParameter const& varied, double place) {
  if (!varied.parameter.whole) return place;
  auto const number = number_at(varied, place);
  auto const [low, high] = std::pair{varied.low, varied.high};
  if (varied.scale == RangeScale::linear) return (number - low) / (high - low);
  return std::log(number / low) / std::log(high / low);
}

std::vector<Parameter> each_once(std::vector<Parameter> const& parameters) {
  std::set<std::string> seen;
  std::vector<Parameter> result;
  for (auto const& parameter : parameters) {
    if (seen.insert(parameter.key).second) result.push_back(parameter);
  }
  return result;
}

}  // namespace myoaxis

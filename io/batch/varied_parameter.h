/// A parameter of the configuration that a scan or a sensitivity study moves through a range.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "io/config/read_context.h"

namespace myoaxis {

enum class RangeScale { linear, logarithmic };

struct VariedParameter {
  Parameter parameter;         // as the base experiment has it
  std::vector<double> values;  // tried one by one, in `parameter.unit`; empty: the range below
  double low = 0;              // in `parameter.unit`
  double high = 0;
  RangeScale scale = RangeScale::linear;
};

/// Logarithmic when the range is positive and spans more than a factor of 10: equal steps are equal factors.
RangeScale default_scale(double low, double high);

/// What is wrong with such a range, or nothing: "the lower end comes first", ...
std::optional<std::string> range_problem(Parameter const& parameter, double low, double high,
                                         RangeScale scale);

/// The own range of a parameter, in its unit; nothing when it has none.
struct NumberRange {
  double low = 0;
  double high = 0;
};
std::optional<NumberRange> own_range(Parameter const& parameter);

/// The number at `place` (0 to 1) of the range, on its scale. Of a whole-number parameter each whole number
/// from end to end has an equal part of the places (on a logarithmic scale, that from log n to log(n + 1)).
double number_at(VariedParameter const& varied, double place);

/// Where in the range that number stands: `place`, but of a whole number the one of all its places at which
/// the lowest is at 0 and the highest at 1.
double place_reached(VariedParameter const& varied, double place);

/// Parameters by key, each once: several laws may read the same one.
std::vector<Parameter> each_once(std::vector<Parameter> const& parameters);

}  // namespace myoaxis

/// What is known about a number of which there are only samples: its estimate and a 95 % interval.
#pragma once

#include <limits>

namespace myoaxis {

inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
inline constexpr double kTail = 0.025;  // on each side of a 95 % interval

/// NaN where too few values tell it.
struct Interval {
  double low = kUnknown;
  double high = kUnknown;
};

struct Estimate {
  double value = kUnknown;
  Interval interval;
};

}  // namespace myoaxis

/// From values to places on the paper, and the round numbers that stand along an axis.
#pragma once

#include <string>
#include <vector>

namespace myoaxis::report {

/// The least and the greatest of some values; NaN and infinities do not count.
struct Extent {
  double low = 0;
  double high = 0;
  bool empty = true;

  void add(double value);
  void add(Extent const& other);
  double span() const { return empty ? 0 : high - low; }
};

/// Round numbers (1, 2 or 5 times a power of ten apart) within an extent, about `wanted` of them.
struct Ticks {
  std::vector<double> values;
  int places = 0;  // decimal places that tell them apart
  std::string text(double value) const;
};
Ticks ticks_within(double low, double high, int wanted);

enum class Zero {
  included,   // always: lengths of bars
  when_near,  // when the axis down to zero leaves the data half of it
  ignored
};

/// The extent of an axis for some data: rounded outwards, never empty or without span.
Extent axis_extent(Extent data, Zero zero, int wanted_ticks);

/// Linear; logarithmic, for positive values; or by the inverse hyperbolic sine of the value: linear near
/// zero, logarithmic beyond 1 to both sides.
enum class Spacing { linear, logarithmic, arcsinh };

class Scale {
 public:
  /// `low` goes to `from`, `high` to `to` (in px). Needs low < high, both positive when logarithmic.
  Scale(double low, double high, double from, double to, Spacing spacing = Spacing::linear);
  double operator()(double value) const;
  double low() const { return low_; }
  double high() const { return high_; }
  bool holds(double value) const { return value >= low_ && value <= high_; }

 private:
  double spaced(double value) const;
  double low_, high_, from_, to_;
  Spacing spacing_;
};

}  // namespace myoaxis::report

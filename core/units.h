/// Reading and converting quantities written by people: "25 g", "3.6 ng/ml", "70 %VO2max".
///
/// The grammar and the unit data base are those of UDUNITS-2, extended by what exercise physiology writes:
/// Da and kDa (molar mass), impulse (imp) and the relative loads %VO2max, %MVC,
/// %1RM, which are dimensions of their own, so that a load is never mistaken for a plain fraction.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace myoaxis {

/// A text is no quantity, or one of another dimension. `what()` says which, and what was wanted.
class UnitError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Number that `text` ("40 min") stands for in `unit` ("s"): 2400. A bare number ("0.5") is dimensionless.
/// Throws UnitError when the text has no number, an unknown unit or another dimension than `unit`.
double parse_in(std::string_view text, std::string_view unit);

/// The quantity that `text` stands for; same errors.
template <class Q>
Q parse_quantity(std::string_view text) {
  return Q{parse_in(text, Q::unit)};
}

/// Factor that turns a number in unit `from` into one in unit `to`. Throws UnitError.
double conversion_factor(std::string_view from, std::string_view to);

/// True when `unit` is an expression that can be read.
bool is_unit(std::string_view unit);

}  // namespace myoaxis

/// Numbers as a printed page shows them.
#pragma once

#include <string>

namespace myoaxis::report {

/// `digits` significant digits, a true minus sign, thin spaces between thousands from 10 000 on, a power of
/// ten below 1e-4 and from 1e7 on ("3.2 × 10⁻⁶"); an en dash for NaN.
std::string number_text(double value, int digits = 3);
/// The same with a sign, also of a positive number; "0" has none.
std::string signed_number_text(double value, int digits = 3);
/// Fixed decimal places, as for the numbers of one axis or one interval.
std::string fixed_text(double value, int places);
std::string signed_fixed_text(double value, int places);
/// Decimal places that show `digits` significant digits of `value`; 0 for large numbers.
int places_for(double value, int digits);
/// "10⁻³".
std::string power_of_ten_text(int exponent);
/// "12 %", "0.3 %", "< 0.01 %" of a share 0..1.
std::string percent_text(double share);
/// "0.031"; "< 0.001" below; an en dash for NaN.
std::string p_text(double p);
/// 1 "run", 2 "runs".
std::string counted(std::size_t n, std::string const& singular, std::string const& plural);
/// "day 3, 19:00" of seconds since day 0.
std::string instant_text(double seconds);
/// "12 weeks", "3 days", "40 min".
std::string duration_text(double seconds);
/// UDUNITS to what a page shows: "ng min-1 g-1" to "ng/min/g", "1" to nothing, "umol" to "µmol".
std::string unit_text(std::string const& unit);

}  // namespace myoaxis::report

#include "tools/comparison_cells.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace myoaxis {
namespace {

/// Decimal places for `digits` significant ones of `value`, at least 0.
int decimals(double value, int digits) {
  if (!(std::abs(value) > 0) || std::isinf(value)) return 0;
  return std::clamp(digits - 1 - static_cast<int>(std::floor(std::log10(std::abs(value)))), 0, 12);
}

std::string signed_text(double value, int places) {
  auto text = fmt::format("{:+.{}f}", value, places);
  return text.find_first_of("123456789") == std::string::npos ? text.substr(1) : text;  // no "-0.0"
}

/// Two significant digits, and whole numbers from 10 on.
std::string short_text(double value) {
  return fmt::format("{:.{}f}", value, std::min(decimals(value, 2), 3));
}

}  // namespace

std::string letter_of(std::size_t arm) {
  auto const letter = std::string(1, static_cast<char>('A' + arm % 26));
  return arm < 26 ? letter : letter_of(arm / 26 - 1) + letter;
}

std::string mean_text(double value) {
  return std::isnan(value) ? "-" : fmt::format("{:.{}f}", value, decimals(value, 4));
}

std::string contrast_text(ArmContrast const& contrast, Interval const& interval) {
  auto const& result = contrast.result;
  if (std::isnan(result.difference)) {
    return std::isnan(contrast.mean) ? "-" : fmt::format("mean {}  ", mean_text(contrast.mean));
  }
  auto const half = (interval.high - interval.low) / 2;
  if (half == 0)  // no run differs from another, such as in what the calendar prescribes
    return result.difference == 0 ? "0 [0, 0]  "
                                  : fmt::format("{0:+.4g} [{0:+.4g}, {0:+.4g}] *", result.difference);
  auto const places = half > 0 ? decimals(half, 2) : decimals(result.difference, 3);
  auto text = signed_text(result.difference, places);
  if (std::isnan(half)) return text + " [-]  ";
  auto const excludes_zero = interval.low > 0 || interval.high < 0;
  return text + fmt::format(" [{}, {}] {}", signed_text(interval.low, places),
                            signed_text(interval.high, places), excludes_zero ? '*' : ' ');
}

std::string effect_text(double hedges_g) {
  if (std::isnan(hedges_g)) return "-";
  return signed_text(hedges_g, std::abs(hedges_g) < 10 ? 2 : 0);
}

std::string p_text(double p) {
  if (std::isnan(p)) return "-";
  return p < 0.001 ? "<0.001" : fmt::format("{:.3f}", p);
}

std::string superiority_text(Estimate const& superiority) {
  return std::isnan(superiority.value) ? "-" : fmt::format("{:.0f} %", 100 * superiority.value);
}

std::string gain_text(Estimate const& pairing_gain) {
  auto const& [value, interval] = pairing_gain;
  if (std::isnan(value)) return "-";
  if (std::isinf(value)) return "inf";
  auto const most = [](double gain) { return gain > 9999 ? std::string{">9999"} : short_text(gain); };
  auto text = most(value) + "x";
  if (std::isfinite(interval.low)) text += fmt::format(" [{}, {}]", most(interval.low), most(interval.high));
  return text;
}

std::string subjects_text(double subjects) {
  if (std::isnan(subjects)) return "-";
  return subjects > 9999 ? ">9999" : fmt::format("{:.0f}", subjects);
}

}  // namespace myoaxis

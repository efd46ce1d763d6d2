#include "io/report/numbers.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace myoaxis::report {
namespace {

constexpr char const* kMinus = "\u2212";
constexpr char const* kThinSpace = "\u202F";
constexpr char const* kDash = "\u2013";

std::string with_thousands(std::string digits) {
  auto const point = std::min(digits.find('.'), digits.size());
  if (point < 5) return digits;
  for (auto i = point; i > 3; i -= 3) digits.insert(i - 3, kThinSpace);
  return digits;
}

std::string superscript(int exponent) {
  static constexpr char const* kDigits[] = {"\u2070", "\u00B9", "\u00B2", "\u00B3", "\u2074",
                                            "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
  std::string text;
  for (auto const digit : fmt::format("{}", std::abs(exponent))) text += kDigits[digit - '0'];
  return fmt::format("{}{}", exponent < 0 ? "\u207B" : "", text);
}

std::string power_text(double magnitude, int digits) {
  auto const plain = fmt::format("{:.{}e}", magnitude, digits - 1);
  auto const e = plain.find('e');
  return fmt::format("{} \u00D7 10{}", plain.substr(0, e), superscript(std::stoi(plain.substr(e + 1))));
}

std::string magnitude_text(double magnitude, int digits) {
  if (magnitude == 0) return "0";
  if (std::isinf(magnitude)) return "\u221E";
  if (magnitude < 1e-4 || magnitude >= 1e7) return power_text(magnitude, digits);
  return with_thousands(fmt::format("{:.{}f}", magnitude, places_for(magnitude, digits)));
}

bool shows_zero(std::string const& text) { return text.find_first_of("123456789") == text.npos; }

}  // namespace

int places_for(double value, int digits) {
  if (!(std::abs(value) > 0) || std::isinf(value)) return 0;
  return std::clamp(digits - 1 - static_cast<int>(std::floor(std::log10(std::abs(value)))), 0, 12);
}

std::string number_text(double value, int digits) {
  if (std::isnan(value)) return kDash;
  return fmt::format("{}{}", value < 0 ? kMinus : "", magnitude_text(std::abs(value), digits));
}

std::string signed_number_text(double value, int digits) {
  return fmt::format("{}{}", value > 0 ? "+" : "", number_text(value, digits));
}

std::string fixed_text(double value, int places) {
  if (std::isnan(value)) return kDash;
  auto const text = with_thousands(fmt::format("{:.{}f}", std::abs(value), places));
  return value < 0 && !shows_zero(text) ? kMinus + text : text;
}

std::string signed_fixed_text(double value, int places) {
  auto const text = fixed_text(value, places);
  return value > 0 && !shows_zero(text) ? "+" + text : text;
}

std::string power_of_ten_text(int exponent) { return fmt::format("10{}", superscript(exponent)); }

std::string percent_text(double share) {
  if (std::isnan(share)) return kDash;
  auto const percent = 100 * share;
  if (percent == 0) return "0 %";
  if (std::abs(percent) < 0.01) return percent > 0 ? "< 0.01 %" : "> \u22120.01 %";
  auto const digits = std::abs(percent) >= 99.95 && std::abs(percent) < 100 ? 4 : 2;
  return fixed_text(percent, std::min(places_for(percent, digits), 2)) + " %";
}

std::string p_text(double p) {
  if (std::isnan(p)) return kDash;
  return p < 0.001 ? "< 0.001" : fmt::format("{:.3f}", p);
}

std::string counted(std::size_t n, std::string const& singular, std::string const& plural) {
  return fmt::format("{} {}", n, n == 1 ? singular : plural);
}

std::string instant_text(double seconds) {
  constexpr double day = 86400;
  auto const days = std::floor(seconds / day);
  auto const minutes = static_cast<int>(std::floor((seconds - days * day) / 60));
  return fmt::format("day {}, {:02}:{:02}", fixed_text(days, 0), minutes / 60, minutes % 60);
}

std::string duration_text(double seconds) {
  struct Unit {
    double seconds;
    char const *one, *many;
  };
  static constexpr Unit kUnits[] = {
      {604800, "week", "weeks"}, {86400, "day", "days"}, {3600, "h", "h"}, {60, "min", "min"}};
  for (auto const& unit : kUnits) {
    auto const n = seconds / unit.seconds;
    if (n >= 1 && n == std::floor(n)) return fmt::format("{:.0f} {}", n, n == 1 ? unit.one : unit.many);
  }
  if (seconds >= 86400) return fmt::format("{:.1f} days", seconds / 86400);
  return seconds >= 60 ? fmt::format("{:.0f} min", seconds / 60) : fmt::format("{:g} s", seconds);
}

std::string unit_text(std::string const& unit) {
  if (unit == "1" || unit.empty()) return "";
  std::istringstream words{unit};
  std::string text, word;
  while (words >> word) {
    auto const exponent = word.find_first_of("-0123456789");
    if (word.size() > 2 && word.substr(word.size() - 2) == "-1" && exponent == word.size() - 2) {
      text += fmt::format("{}/{}", text.empty() ? "1" : "", word.substr(0, exponent));
    } else {
      text += (text.empty() ? "" : " ") + word;
    }
  }
  for (auto const* prefix : {"umol", "ug", "ul", "um"}) {
    if (text.starts_with(prefix)) return fmt::format("\u00B5{}", text.substr(1));
  }
  if (text == "1/d") return "per day";
  return text;
}

}  // namespace myoaxis::report

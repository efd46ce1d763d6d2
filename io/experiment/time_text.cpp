#include "io/experiment/time_text.h"

#include <fmt/core.h>

#include <cmath>
#include <regex>
#include <string>

#include "core/units.h"

namespace myoaxis {
namespace {

std::int64_t whole_seconds(Section& section, std::string_view key, Seconds value) {
  section.mark_whole(key);
  auto const rounded = std::llround(value.value());
  if (std::abs(value.value() - static_cast<double>(rounded)) > 1e-6) {
    section.fail(key, fmt::format("{} s is no whole number of seconds", value.value()));
  }
  return rounded;
}

}  // namespace

std::optional<std::int64_t> parse_time_of_day(std::string_view text) {
  static std::regex const pattern{R"((\d{1,2}):(\d{2})(?::(\d{2}))?)"};
  std::match_results<std::string_view::const_iterator> match;
  if (!std::regex_match(text.begin(), text.end(), match, pattern)) return {};
  auto const number = [&](std::size_t group) {
    return match[group].matched ? std::stoll(match[group].str()) : 0;
  };
  if (number(1) > 23 || number(2) > 59 || number(3) > 59) return {};
  return number(1) * kHour + number(2) * kMinute + number(3);
}

Tick parse_instant(std::string_view text, Tick end) {
  if (text == "end") return end;
  static std::regex const pattern{R"(day\s+(-?\d{1,6})(?:\s+([\d:]+))?(?:\s*\+\s*(\S.*))?)"};
  std::match_results<std::string_view::const_iterator> match;
  if (!std::regex_match(text.begin(), text.end(), match, pattern)) {
    throw UnitError{fmt::format(
        "'{}' is no point in time; allowed: \"end\", \"day 3\", \"day 3 08:00\", \"day 3 08:00 + 30 min\"",
        text)};
  }
  auto instant = Tick{std::stoll(match[1].str()) * kDay};
  if (match[2].matched) {
    auto const time = parse_time_of_day(match[2].str());
    if (!time)
      throw UnitError{fmt::format("'{}' is no time of day; allowed: 00:00 to 23:59", match[2].str())};
    instant = instant + *time;
  }
  if (match[3].matched) instant = instant + std::llround(parse_in(match[3].str(), "s"));
  return instant;
}

std::int64_t read_whole_seconds(Section& section, std::string_view key, Limits limits,
                                std::string_view meaning) {
  return whole_seconds(section, key, section.quantity<Seconds>(key, limits, meaning));
}

std::int64_t read_whole_seconds_or(Section& section, std::string_view key, std::int64_t fallback,
                                   std::string_view fallback_text, Limits limits, std::string_view meaning) {
  return whole_seconds(
      section, key, section.quantity_or<Seconds>(key, as_seconds(fallback), fallback_text, limits, meaning));
}

}  // namespace myoaxis

#include "core/units.h"

#include <fmt/core.h>
#include <udunits2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <memory>
#include <mutex>
#include <regex>
#include <utility>

namespace myoaxis {
namespace {

struct UnitDeleter {
  void operator()(ut_unit* unit) const { ut_free(unit); }
};
using UnitPtr = std::unique_ptr<ut_unit, UnitDeleter>;

/// UDUNITS keeps its parser in statics: one caller at a time.
std::mutex& parser_mutex() {
  static std::mutex mutex;
  return mutex;
}

void add_unit(char const* name, UnitPtr unit) { ut_map_name_to_unit(name, UT_ASCII, unit.get()); }

ut_system* make_system() {
  ut_set_error_message_handler(ut_ignore);
  ut_system* system = ut_read_xml(nullptr);
  if (system == nullptr)
    throw UnitError{"the unit data base of UDUNITS cannot be read (package libudunits2-0)"};
  auto const parsed = [&](char const* text) { return UnitPtr{ut_parse(system, text, UT_UTF8)}; };
  for (auto const& [name, meaning] : {std::pair{"Da", "g/mol"}, {"kDa", "kg/mol"}}) {
    add_unit(name, parsed(meaning));
  }
  auto impulse = UnitPtr{ut_new_base_unit(system)};
  ut_map_name_to_unit("imp", UT_ASCII, impulse.get());
  add_unit("impulse", std::move(impulse));
  for (auto const* load : {"VO2max", "MVC", "RM"}) add_unit(load, UnitPtr{ut_new_base_unit(system)});
  return system;
}

ut_system* unit_system() {
  static ut_system* const system = make_system();
  return system;
}

/// UDUNITS reads "1RM" as a number times RM and "%VO2max" as one word: write them as products.
std::string spelled_for_udunits(std::string_view unit) {
  if (unit == "%1RM") return "% RM";
  if (unit.size() > 1 && unit.front() == '%') return "% " + std::string{unit.substr(1)};
  return std::string{unit};
}

/// A product or quotient of symbols with whole exponents: "ml/g/min", "kg m-3", "1/s". UDUNITS reads far
/// more, among it slips of the pen: "s)" as s and "s 3" as 3 s.
bool has_form_of_unit(std::string_view unit) {
  static std::string const symbol =
      "%?(?:[A-Za-z]|\u00b5|\u03bc)+"
      R"((?:\d[A-Za-z]+)?(?:\^?-?\d+)?)";
  static std::regex const form{"(?:1\\s*/\\s*)?" + symbol + "(?:\\s*[ ./*]\\s*" + symbol + ")*"};
  return unit.empty() || unit == "1" || unit == "%" || unit == "%1RM" ||
         std::regex_match(unit.begin(), unit.end(), form);
}

UnitPtr parse_unit(std::string_view unit) {
  if (!has_form_of_unit(unit)) return {};
  auto const spelled = spelled_for_udunits(unit);
  return UnitPtr{ut_parse(unit_system(), spelled.c_str(), UT_UTF8)};
}

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Number at the head of `text` and the unit behind it.
std::pair<double, std::string_view> split_number(std::string_view text) {
  auto body = trimmed(text);
  if (body.starts_with("+") && !body.starts_with("+-")) body.remove_prefix(1);
  double number = 0;
  auto const [end, error] = std::from_chars(body.data(), body.data() + body.size(), number);
  if (error != std::errc{} || !std::isfinite(number))
    throw UnitError{fmt::format("'{}' does not begin with a number", text)};
  return {number, trimmed(body.substr(static_cast<std::size_t>(end - body.data())))};
}

/// Examples a reader can copy, for the dimension of `unit`.
std::string_view example_of(std::string_view unit) {
  static constexpr std::pair<std::string_view, std::string_view> examples[] = {
      {"s", "40 min"},
      {"s-1", "0.5 min-1"},
      {"m", "8 mm"},
      {"m2", "2000 um2"},
      {"m3", "1.9 ml"},
      {"m3 s-1", "14 ml/min"},
      {"m3 kg-1", "0.2 ml/g"},
      {"m3 kg-1 s-1", "2.5e-4 ml/g/min"},
      {"kg", "25 g"},
      {"kg s-1", "4 pg/min"},
      {"kg m-3", "3.6 ng/ml"},
      {"kg mol-1", "27 kDa"},
      {"mol m-3", "5 nmol/l"},
      {"VO2max", "70 %VO2max"},
      {"1", "0.5"},
      {"impulse s-1", "8 imp/s"},
      {"kg kg-1 s-1", "9 ng/g/d"}};
  for (auto const& [symbol, example] : examples) {
    if (symbol == unit) return example;
  }
  return {};
}

/// Short forms that people write and UDUNITS does not know.
std::string meant_by(std::string_view symbol) {
  using Pair = std::pair<std::string_view, std::string_view>;
  constexpr std::array<Pair, 12> kShort{Pair{"wk", "weeks"},   Pair{"wks", "weeks"}, Pair{"mins", "min"},
                                        Pair{"hrs", "h"},      Pair{"secs", "s"},    Pair{"yrs", "years"},
                                        Pair{"mos", "months"}, Pair{"kgs", "kg"},    Pair{"gms", "g"},
                                        Pair{"gm", "g"},       Pair{"mgs", "mg"},    Pair{"dy", "days"}};
  auto const* const found =
      std::find_if(kShort.begin(), kShort.end(), [&](Pair const& pair) { return pair.first == symbol; });
  return found == kShort.end() ? "" : fmt::format(" did you mean '{}'?", found->second);
}

std::string wanted(std::string_view unit) {
  auto const example = example_of(unit);
  if (example.empty()) return fmt::format("a quantity convertible to {} is wanted", unit);
  return fmt::format("a quantity convertible to {} is wanted, such as \"{}\"", unit, example);
}

}  // namespace

double parse_in(std::string_view text, std::string_view unit) {
  auto const [number, symbol] = split_number(text);
  std::scoped_lock const lock{parser_mutex()};
  auto const given = parse_unit(symbol);
  if (!given) {
    throw UnitError{fmt::format("'{}' is not a known unit;{} {}", symbol, meant_by(symbol), wanted(unit))};
  }
  auto const target = parse_unit(unit);
  if (!target) throw UnitError{fmt::format("'{}' is not a known unit", unit)};
  // UDUNITS converts to the reciprocal, too: 5 s would be a rate of 0.2 s-1.
  auto const ratio = UnitPtr{ut_divide(given.get(), target.get())};
  auto const same_dimension = ratio && ut_is_dimensionless(ratio.get()) != 0;
  auto* const converter = same_dimension ? ut_get_converter(given.get(), target.get()) : nullptr;
  if (converter == nullptr) {
    auto const shown = symbol.empty() ? std::string{"a bare number"} : fmt::format("'{}'", symbol);
    throw UnitError{fmt::format("{} has the wrong dimension; {}", shown, wanted(unit))};
  }
  auto const value = cv_convert_double(converter, number);
  cv_free(converter);
  return value;
}

double conversion_factor(std::string_view from, std::string_view to) {
  return parse_in(fmt::format("1 {}", from), to);
}

bool is_unit(std::string_view unit) {
  std::scoped_lock const lock{parser_mutex()};
  return parse_unit(unit) != nullptr;
}

}  // namespace myoaxis

#include "io/batch/vary.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "core/address.h"
#include "core/statistics/designs.h"
#include "io/batch/shares.h"

namespace myoaxis {
namespace {

constexpr std::array<std::string_view, 3> kVaryMethods{"grid", "latin_hypercube", "sobol"};
constexpr std::array<std::string_view, 2> kScales{"linear", "log"};

template <class Enum, std::size_t N>
Enum enum_of(std::array<std::string_view, N> const& names, std::string const& name) {
  auto const found = std::find(names.begin(), names.end(), name);
  return static_cast<Enum>(found == names.end() ? 0 : found - names.begin());
}

/// The values of a grid, or nothing of any other method, in which they make no sense.
void read_values(Section& section, VaryMethod method, VariedParameter& varied) {
  auto const& parameter = varied.parameter;
  varied.values = section.numbers_or("values", parameter.unit, parameter.limits,
                                     "values of a grid, in any unit of the parameter's dimension");
  if (method != VaryMethod::grid) {
    if (section.has("values"))
      section.fail("values", "is for method = \"grid\"; other methods take points from a range");
    return;
  }
  if (!section.has("values"))
    section.fail(
        fmt::format("values is missing: a grid tries values, such as the present one, {}", parameter.value));
  auto sorted = varied.values;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
    section.fail("values", "the same value stands there twice");
  auto const whole = [](double value) { return value == std::floor(value); };
  if (parameter.whole && !std::all_of(sorted.begin(), sorted.end(), whole))
    section.fail("values", "must be whole numbers, as the parameter is");
}

/// The range from which points are taken: that of the section, or the parameter's own.
std::optional<NumberRange> read_range(Section& section, VaryMethod method, Parameter const& parameter) {
  auto const ends = section.numbers_or("range", parameter.unit, any(),
                                       "lowest and highest value; default: the parameter's own range");
  if (section.has("range")) {
    if (ends.size() == 2) return NumberRange{ends[0], ends[1]};
    if (!ends.empty()) section.fail("range", "must be an array of the lowest and the highest value");
    return {};
  }
  if (method == VaryMethod::grid) return {};
  auto const own = own_range(parameter);
  if (!own)
    section.fail(fmt::format("range is missing: {} has none of its own, so give range = [LOWEST, HIGHEST]",
                             parameter.key));
  return own;
}

constexpr auto kScaleMeaning =
    "equal differences or equal factors; default: log when the range is positive and spans more than a "
    "factor of 10";

void set_range(Section& section, VariedParameter& varied, NumberRange range, std::string const& scale) {
  varied.low = range.low;
  varied.high = range.high;
  varied.scale = scale.empty() ? default_scale(range.low, range.high) : enum_of<RangeScale>(kScales, scale);
  auto const& parameter = varied.parameter;
  auto const problem = range_problem(parameter, varied.low, varied.high, varied.scale);
  if (!problem) return;
  if (section.has("range"))
    section.fail("range", *problem);
  else
    section.fail(fmt::format("the range of {}, {} to {}, {}; give another `range`", parameter.key,
                             (*parameter.range)[0], (*parameter.range)[1], *problem));
}

void read_scale(Section& section, VaryMethod method, VariedParameter& varied) {
  auto const range = read_range(section, method, varied.parameter);
  auto const scale = section.choice_or("scale", "", kScales, kScaleMeaning);
  if (method != VaryMethod::grid) {
    if (range) set_range(section, varied, *range, scale);
    return;
  }
  for (auto const* key : {"range", "scale"}) {
    if (section.has(key)) section.fail(key, "is for the other methods; a grid has `values`");
  }
}

/// The parameter of that key, or nothing after a problem was added.
std::optional<Parameter> find_parameter(Section& section, std::vector<Parameter> const& parameters) {
  auto const key = section.text("key", "key of the parameter, as `myoaxis params` lists it");
  if (key.empty()) return {};
  auto const found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](Parameter const& parameter) { return parameter.key == key; });
  if (found != parameters.end()) return *found;
  std::vector<std::string> keys;
  for (auto const& parameter : parameters) keys.push_back(parameter.key);
  section.fail("key",
               fmt::format("is no number of the experiment{} ('myoaxis params --experiment FILE' lists all)",
                           did_you_mean(key, keys)));
  return {};
}

void read_parameter(Section section, VaryParams& vary, std::vector<Parameter> const& parameters) {
  auto const parameter = find_parameter(section, parameters);
  if (!parameter) return;
  auto const is_same = [&](VariedParameter const& other) { return other.parameter.key == parameter->key; };
  if (std::any_of(vary.parameters.begin(), vary.parameters.end(), is_same))
    section.fail("key", "is varied twice; once is enough");
  VariedParameter varied{*parameter, {}};
  read_values(section, vary.method, varied);
  read_scale(section, vary.method, varied);
  section.finish();
  vary.parameters.push_back(std::move(varied));
}

void read_numbers(Section& section, VaryParams& vary) {
  auto const grid = vary.method == VaryMethod::grid;
  constexpr std::int64_t most = kMostScanPoints;
  if (grid && section.has("points"))
    section.fail("points", "is for the other methods; a grid tries all combinations");
  if (!grid && !section.has("points")) section.fail("points is missing: how many points, such as 64");
  vary.points = static_cast<std::size_t>(section.integer_or("points", 1, 1, most, "number of points"));
  vary.seed = static_cast<std::uint64_t>(section.integer_or(
      "seed", 0, 0, std::numeric_limits<std::int64_t>::max(), "seed of the points, not of the runs"));
}

/// Says how many points a grid has when these are too many.
void check_grid_size(Section& section, VaryParams const& vary) {
  double points = 1;
  for (auto const& varied : vary.parameters) points *= static_cast<double>(varied.values.size());
  if (points > static_cast<double>(kMostScanPoints))
    section.fail(
        fmt::format("a grid of {:.6g} points is too large (at most {}); take fewer values, or method = "
                    "\"sobol\"",
                    points, kMostScanPoints));
}

std::vector<std::uint64_t> varied_keys(VaryParams const& vary) {
  std::vector<std::uint64_t> keys;
  for (auto const& varied : vary.parameters) keys.push_back(name_key(varied.parameter.key));
  return keys;
}

/// The numbers of each point, in the order of the parameters.
std::vector<std::vector<double>> numbers_of(VaryParams const& vary) {
  std::vector<std::vector<double>> numbers;
  if (vary.method == VaryMethod::grid) {
    std::vector<std::size_t> levels;
    for (auto const& varied : vary.parameters) levels.push_back(varied.values.size());
    for (auto const& level : full_grid(levels)) {
      auto& point = numbers.emplace_back();
      for (std::size_t d = 0; d < level.size(); ++d) point.push_back(vary.parameters[d].values[level[d]]);
    }
    return numbers;
  }
  auto const keys = varied_keys(vary);
  auto const places = vary.method == VaryMethod::sobol ? shifted_sobol_points(vary.points, keys, vary.seed)
                                                       : latin_hypercube(vary.points, keys, vary.seed);
  for (auto const& place : places) {
    auto& point = numbers.emplace_back();
    for (std::size_t d = 0; d < place.size(); ++d) point.push_back(number_at(vary.parameters[d], place[d]));
  }
  return numbers;
}

}  // namespace

VaryParams read_vary(Section section, std::vector<Parameter> const& parameters) {
  VaryParams vary;
  vary.method = enum_of<VaryMethod>(
      kVaryMethods, section.choice("method", kVaryMethods, "grid of values, or points spread over ranges"));
  read_numbers(section, vary);
  auto tables = section.sections("parameter", "parameters that are varied");
  if (tables.empty()) section.fail("parameter is missing: name what is varied in [[vary.parameter]]");
  for (auto& table : tables) read_parameter(std::move(table), vary, parameters);
  if (vary.method == VaryMethod::grid) check_grid_size(section, vary);
  if (vary.method == VaryMethod::sobol && vary.parameters.size() > kMostSobolDimensions)
    section.fail(fmt::format("at most {} parameters can be varied by Sobol points", kMostSobolDimensions));
  section.finish();
  std::vector<std::string> keys;
  for (auto const& varied : vary.parameters) keys.push_back(varied.parameter.key);
  vary.shares = sharing_with(keys, parameters);
  return vary;
}

std::vector<std::vector<Setting>> points_of(VaryParams const& vary) {
  std::vector<std::vector<Setting>> points;
  std::set<std::vector<double>> seen;
  for (auto const& numbers : numbers_of(vary)) {
    if (!seen.insert(numbers).second) continue;
    auto& point = points.emplace_back();
    for (std::size_t d = 0; d < numbers.size(); ++d) {
      point.push_back(setting_of(vary.parameters[d].parameter, numbers[d]));
    }
    keep_sums(point, vary.shares);
  }
  return points;
}

}  // namespace myoaxis

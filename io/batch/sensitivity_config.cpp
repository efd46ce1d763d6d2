#include "io/batch/sensitivity_config.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <optional>
#include <string_view>

#include "core/statistics/designs.h"
#include "io/batch/shares.h"
#include "io/config/key_pattern.h"

namespace myoaxis {
namespace {

constexpr std::array<std::string_view, 2> kSensitivityMethods{"morris", "sobol"};
constexpr std::array<std::string_view, 2> kTrajectoryShapes{"winding", "radial"};
constexpr std::int64_t kMostRows = 100'000;

template <class Enum>
void read_choice(Section& section, std::string_view key, std::array<std::string_view, 2> const& names,
                 Enum& value, std::string_view meaning) {
  auto const name = section.choice_or(key, names[static_cast<std::size_t>(value)], names, meaning);
  value = name == names[1] ? static_cast<Enum>(1) : static_cast<Enum>(0);
}

void read_count(Section& section, std::string_view key, std::int64_t low, std::size_t& value,
                std::string_view meaning) {
  value = static_cast<std::size_t>(
      section.integer_or(key, static_cast<std::int64_t>(value), low, kMostRows, meaning));
}

void read_texts(Section& section, std::string_view key, std::vector<std::string>& texts,
                std::string_view meaning) {
  auto read = section.texts_or(key, meaning);
  if (section.has(key)) texts = std::move(read);
}

std::optional<std::string> samples_problem(std::size_t samples) {
  if (std::has_single_bit(samples)) return {};
  return fmt::format("must be a power of two, such as {} or {}", std::bit_floor(samples),
                     std::bit_ceil(samples));
}

std::optional<std::string> levels_problem(std::size_t levels) {
  if (levels >= 2 && levels % 2 == 0) return {};
  return "must be even and at least 2, such as 4";
}

std::optional<std::string> status_problem(std::string const& status) {
  if (std::find(kParameterStatuses.begin(), kParameterStatuses.end(), status) != kParameterStatuses.end())
    return {};
  return fmt::format("'{}' must be one of {}{}", status, fmt::join(kParameterStatuses, ", "),
                     did_you_mean(status, {kParameterStatuses.begin(), kParameterStatuses.end()}));
}

struct KeyedProblem {
  std::string key;
  std::string value;  // a number's; others stand in the text
  std::string text;
};

std::vector<KeyedProblem> keyed_problems(SensitivityParams const& params) {
  std::vector<KeyedProblem> problems;
  auto const add = [&](std::string const& key, std::optional<std::string> problem) {
    if (problem) problems.push_back({key, {}, *problem});
  };
  auto const add_count = [&](std::string const& key, std::size_t count, std::optional<std::string> problem) {
    if (problem) problems.push_back({key, fmt::format("{}", count), *problem});
  };
  if (params.method == SensitivityMethod::sobol)
    add_count("samples", params.samples, samples_problem(params.samples));
  if (params.method == SensitivityMethod::morris) {
    add_count("levels", params.levels, levels_problem(params.levels));
    if (params.trajectories < 2)
      add_count("trajectories", params.trajectories, "must be at least 2: one says nothing about spread");
  }
  for (auto const& status : params.statuses) add("statuses", status_problem(status));
  if (params.parameters.empty()) add("parameters", "must not be empty: \"*\" stands for all");
  if (params.outcomes.empty()) add("outcomes", "must not be empty: \"*\" stands for all");
  return problems;
}

void reject_foreign_keys(Section& section, SensitivityMethod method) {
  auto const of_morris = method == SensitivityMethod::morris;
  for (auto const* key : {"trajectories", "levels", "shape"}) {
    if (!of_morris && section.has(key)) section.fail(key, "is for method = \"morris\"; sobol has `samples`");
  }
  if (of_morris && section.has("samples"))
    section.fail("samples", "is for method = \"sobol\"; morris has `trajectories`");
}

bool fits_any(std::vector<std::string> const& patterns, std::string const& key) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](auto const& pattern) { return matches(pattern, key); });
}

/// What a pattern finds nothing for, as a message; nothing when it finds a parameter with a range.
std::optional<std::string> pattern_problem(std::string const& pattern, std::vector<Parameter> const& all) {
  std::vector<std::string> keys;
  auto found = false;
  for (auto const& parameter : all) {
    keys.push_back(parameter.key);
    if (!matches(pattern, parameter.key)) continue;
    if (parameter.range) return {};
    found = true;
  }
  if (!found)
    return fmt::format("'{}' fits no parameter{} ('myoaxis params' lists all)", pattern,
                       did_you_mean(pattern, keys));
  return fmt::format("'{}' fits only parameters without a range; give them one, range = [LOWEST, HIGHEST]",
                     pattern);
}

/// A share that is all of its whole.
bool is_alone(Parameter const& parameter, std::vector<Parameter> const& all) {
  return whole_of(parameter.key) && sharing_with({parameter.key}, all).size() == 1;
}

std::optional<VariedParameter> over_own_range(Parameter const& parameter, Place const& place,
                                              Diagnostics& diagnostics) {
  auto const [low, high] = *own_range(parameter);
  VariedParameter varied{parameter, {}, low, high, default_scale(low, high)};
  auto const problem = range_problem(parameter, low, high, varied.scale);
  if (!problem) return varied;
  diagnostics.add(place,
                  fmt::format("the range of {}, {} to {}, {}; correct it, or name the parameter in `except`",
                              parameter.key, (*parameter.range)[0], (*parameter.range)[1], *problem));
  return {};
}

}  // namespace

SensitivityParams read_sensitivity(Section section, SensitivityParams const& defaults) {
  auto params = defaults;
  read_choice(section, "method", kSensitivityMethods, params.method,
              "morris: screening of many parameters; sobol: shares of variance of a few");
  read_count(section, "trajectories", 2, params.trajectories,
             "of morris: each takes a run more than there are parameters");
  read_count(section, "levels", 2, params.levels, "of morris: levels of each parameter; even");
  read_choice(section, "shape", kTrajectoryShapes, params.shape,
              "of morris: each step from the one before, or all from the first point");
  read_count(section, "samples", 2, params.samples,
             "of sobol: each takes two runs more than there are parameters; a power of two");
  params.seed = static_cast<std::uint64_t>(section.integer_or("seed", static_cast<std::int64_t>(params.seed),
                                                              0, std::numeric_limits<std::int64_t>::max(),
                                                              "seed of the points"));
  params.luck = section.flag_or("luck", params.luck,
                                "true: the luck of the run is one more input; false: all runs share theirs");
  params.highest_extraction =
      section
          .quantity_or<Fraction>(
              "highest_extraction", Fraction{params.highest_extraction}, "0.95",
              {.low = 0, .high = 1, .low_open = true, .high_open = true},
              "most that an organ clears of what flows through it, in experiments that do not give one")
          .value();
  read_texts(
      section, "parameters", params.parameters,
      "patterns of keys, * standing for any text and [] for any element; default: all that have a range");
  read_texts(section, "except", params.except, "patterns of keys that are left out");
  read_texts(section, "statuses", params.statuses, "only parameters of these statuses; default: any");
  read_texts(section, "outcomes", params.outcomes, "patterns of outcomes; default: all");
  reject_foreign_keys(section, params.method);
  for (auto const& problem : keyed_problems(params)) section.fail(problem.key, problem.text);
  section.finish();
  return params;
}

std::vector<std::string> problems_of(SensitivityParams const& params) {
  std::vector<std::string> texts;
  for (auto const& [key, value, text] : keyed_problems(params))
    texts.push_back(value.empty() ? fmt::format("{}: {}", key, text)
                                  : fmt::format("{} = {}: {}", key, value, text));
  return texts;
}

std::vector<VariedParameter> choose_parameters(SensitivityParams const& params,
                                               std::vector<Parameter> const& all, Place const& place,
                                               Diagnostics& diagnostics) {
  auto const problems_before = diagnostics.problems().size();
  for (auto const& pattern : params.parameters) {
    if (auto const problem = pattern_problem(pattern, all))
      diagnostics.add(place, fmt::format("parameters: {}", *problem));
  }
  std::vector<VariedParameter> chosen;
  for (auto const& parameter : each_once(all)) {
    auto const has_status =
        params.statuses.empty() || std::ranges::count(params.statuses, parameter.status) > 0;
    if (!parameter.range || !has_status || !fits_any(params.parameters, parameter.key) ||
        fits_any(params.except, parameter.key) || is_alone(parameter, all))
      continue;
    auto varied = over_own_range(parameter, place, diagnostics);
    if (varied) chosen.push_back(std::move(*varied));
  }
  if (chosen.empty() && diagnostics.problems().size() == problems_before)
    diagnostics.add(
        place,
        "no parameter is left that has a range, fits `parameters` and `statuses` and is not in `except`");
  return chosen;
}

}  // namespace myoaxis

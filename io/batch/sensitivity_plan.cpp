#include "io/batch/sensitivity_plan.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/address.h"
#include "core/contracts.h"
#include "core/statistics/moments.h"
#include "io/batch/shares.h"

namespace myoaxis {
namespace {

constexpr char const* kLuck = "luck";

std::vector<std::uint64_t> keys_of(SensitivityPlan const& plan) {
  std::vector<std::uint64_t> keys;
  for (auto const& one : plan.varied) keys.push_back(name_key(one.parameter.key));
  if (plan.params.luck) keys.push_back(name_key(kLuck));
  return keys;
}

/// A row's two lucks stand for all: A has the one, B the other.
void set_lucks(SaltelliDesign& design) {
  auto const luck = design.dimensions - 1;
  for (std::size_t i = 0; i < design.points.size(); ++i) {
    auto const row = design.row_of(i);
    design.points[i][luck] = i == design.b(row) || i == design.ab(row, luck) ? 0.75 : 0.25;
  }
}

/// Moves points to where their inputs really stand, so that an effect is per step really made: a whole number
/// has only some places of its range, and luck has two ends.
void move_to_values(MorrisDesign& design, SensitivityPlan const& plan) {
  for (auto& point : design.points) {
    for (std::size_t d = 0; d < plan.varied.size(); ++d) point[d] = place_reached(plan.varied[d], point[d]);
    if (plan.params.luck) point.back() = point.back() > 0.5 ? 1 : 0;
  }
}

std::variant<MorrisDesign, SaltelliDesign> design_of(SensitivityPlan const& plan) {
  auto const& params = plan.params;
  auto const keys = keys_of(plan);
  if (params.method == SensitivityMethod::morris) {
    auto design = morris_design(params.trajectories, params.levels, params.shape, keys, params.seed);
    move_to_values(design, plan);
    return design;
  }
  auto design = saltelli_design(params.samples, keys, params.seed);
  if (params.luck) set_lucks(design);
  return design;
}

std::vector<UnitPoint> const& plan_points(SensitivityPlan const& plan) {
  return std::visit(
      [](auto const& design) -> auto const& { return design.points; }, plan.design);
}

/// Number of the trajectory or row of a point.
std::size_t group_of(SensitivityPlan const& plan, std::size_t point) {
  if (auto const* morris = std::get_if<MorrisDesign>(&plan.design)) return morris->trajectory_of(point);
  return std::get<SaltelliDesign>(plan.design).row_of(point);
}

std::uint64_t luck_of(SensitivityPlan const& plan, std::size_t point) {
  if (!plan.params.luck) return 0;
  auto const other = plan_points(plan)[point].back() > 0.5;
  return 2 * group_of(plan, point) + (other ? 1 : 0);
}

std::vector<Setting> settings_at(SensitivityPlan const& plan, UnitPoint const& point,
                                 std::vector<Parameter> const& shares) {
  std::vector<Setting> settings;
  for (std::size_t d = 0; d < plan.varied.size(); ++d) {
    auto const& parameter = plan.varied[d].parameter;
    settings.push_back(setting_of(parameter, number_at(plan.varied[d], point[d])));
  }
  keep_sums(settings, shares);
  return settings;
}

std::vector<Influence> named_influences(SensitivityPlan const& plan) {
  std::vector<Influence> influences;
  for (auto const& [parameter, values, low, high, scale] : plan.varied) {
    auto const range = parameter.range ? fmt::format("{} to {}", (*parameter.range)[0], (*parameter.range)[1])
                                       : fmt::format("{:.6g} to {:.6g} {}", low, high, parameter.unit);
    influences.push_back({parameter.key, parameter.status, range, scale, {}});
  }
  if (plan.params.luck) influences.push_back({kLuck, kLuck, "", RangeScale::linear, {}});
  return influences;
}

/// Mean and spread of what has a value.
void summarize(OutcomeSensitivity& result, std::span<double const> values) {
  std::vector<double> known{values.begin(), values.end()};
  result.without_value = std::erase_if(known, [](double value) { return std::isnan(value); });
  result.runs = values.size();
  result.mean = mean_of(known);
  result.deviation = std::sqrt(variance_of(known));
}

}  // namespace

std::size_t most_inputs(SensitivityMethod method) {
  return method == SensitivityMethod::sobol ? kMostSobolDimensions / 2
                                            : std::numeric_limits<std::size_t>::max();
}

SensitivityPlan plan_sensitivity(SensitivityParams const& params, std::vector<VariedParameter> const& varied,
                                 std::vector<Parameter> const& all) {
  EXPECTS(problems_of(params).empty() && varied.size() < most_inputs(params.method));
  SensitivityPlan plan{params, varied, {}, {}};
  plan.design = design_of(plan);
  std::vector<std::string> keys;
  for (auto const& one : varied) keys.push_back(one.parameter.key);
  auto const shares = sharing_with(keys, all);
  auto const& points = plan_points(plan);
  for (std::size_t i = 0; i < points.size(); ++i)
    plan.runs.push_back({settings_at(plan, points[i], shares), luck_of(plan, i)});
  return plan;
}

double Influence::size() const {
  if (auto const* effects = std::get_if<ElementaryEffects>(&numbers)) return effects->mu_star;
  return std::get<SobolIndices>(numbers).total;
}

OutcomeSensitivity analyze(SensitivityPlan const& plan, std::string const& outcome, std::string const& unit,
                           std::span<double const> values) {
  EXPECTS(values.size() == plan.runs.size());
  OutcomeSensitivity result;
  result.outcome = outcome;
  result.unit = unit;
  summarize(result, values);
  result.influences = named_influences(plan);
  auto const take = [&](auto const& numbers) {
    for (std::size_t d = 0; d < numbers.size(); ++d) result.influences[d].numbers = numbers[d];
  };
  auto const keys = keys_of(plan);
  if (auto const* morris = std::get_if<MorrisDesign>(&plan.design))
    take(elementary_effects(*morris, values, keys, name_key(outcome)));
  else
    take(sobol_indices(std::get<SaltelliDesign>(plan.design), values, keys, name_key(outcome)));
  std::ranges::sort(result.influences, [](Influence const& a, Influence const& b) {
    auto const rank = [](Influence const& one) {
      return std::isnan(one.size()) ? -std::numeric_limits<double>::infinity() : one.size();
    };
    return std::pair{-rank(a), a.key} < std::pair{-rank(b), b.key};
  });
  return result;
}

}  // namespace myoaxis

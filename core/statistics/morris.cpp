#include "core/statistics/morris.h"

#include <algorithm>
#include <boost/random/uniform_int_distribution.hpp>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/contracts.h"
#include "core/statistics/design_draws.h"
#include "core/statistics/moments.h"

namespace myoaxis {
namespace {

struct LevelChange {
  double from = 0;
  double to = 0;
};

/// Where a dimension stands in a trajectory, and where its step leads.
LevelChange level_change(std::size_t levels, std::uint64_t seed, std::uint64_t dimension,
                         std::size_t trajectory) {
  auto draws = design_draws(seed, dimension, DesignPart::level, trajectory);
  auto const half = levels / 2;
  auto const level = boost::random::uniform_int_distribution<std::size_t>{0, levels - 1}(draws);
  auto const there = level < half ? level + half : level - half;
  auto const highest = static_cast<double>(levels - 1);
  return {static_cast<double>(level) / highest, static_cast<double>(there) / highest};
}

/// The dimensions in the order of their turns.
std::vector<std::size_t> turns(std::span<std::uint64_t const> dimensions, std::uint64_t seed,
                               std::size_t trajectory) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> address(dimensions.size());
  for (std::size_t d = 0; d < dimensions.size(); ++d)
    address[d] = {design_draws(seed, dimensions[d], DesignPart::turn, trajectory)(), dimensions[d]};
  std::vector<std::size_t> order(dimensions.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return address[a] < address[b]; });
  return order;
}

void add_trajectory(MorrisDesign& design, std::size_t levels, std::span<std::uint64_t const> dimensions,
                    std::uint64_t seed) {
  auto const trajectory = design.steps.size();
  std::vector<LevelChange> changes(dimensions.size());
  UnitPoint point(dimensions.size());
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    changes[d] = level_change(levels, seed, dimensions[d], trajectory);
    point[d] = changes[d].from;
  }
  design.steps.push_back(turns(dimensions, seed, trajectory));
  design.points.push_back(point);
  for (auto const d : design.steps.back()) {
    point[d] = changes[d].to;
    design.points.push_back(point);
    if (design.shape == TrajectoryShape::radial) point[d] = changes[d].from;
  }
}

/// The effects of each dimension, in the order of the trajectories; NaN where an output has no value or no
/// step was made.
std::vector<std::vector<double>> all_effects(MorrisDesign const& design, std::span<double const> outputs) {
  std::vector<std::vector<double>> effects(design.dimensions);
  for (std::size_t t = 0; t < design.trajectories; ++t) {
    for (std::size_t k = 0; k < design.dimensions; ++k) {
      auto const d = design.steps[t][k];
      auto const after = design.first_point(t) + k + 1;
      auto const before = design.shape == TrajectoryShape::winding ? after - 1 : design.first_point(t);
      auto const step = design.points[after][d] - design.points[before][d];
      auto const change = outputs[after] - outputs[before];
      effects[d].push_back(step == 0 ? kUnknown : change / step);
    }
  }
  return effects;
}

ElementaryEffects summary_of(std::vector<double> effects, std::uint64_t key) {
  ElementaryEffects result{kUnknown, kUnknown, {}, kUnknown};
  result.left_out = std::erase_if(effects, [](double effect) { return std::isnan(effect); });
  result.used = effects.size();
  if (effects.empty()) return result;
  result.mu = mean_of(effects);
  result.sigma = std::sqrt(variance_of(effects));
  for (auto& effect : effects) effect = std::abs(effect);
  result.mu_star = mean_of(effects);
  auto const mean_size = [&](std::span<std::size_t const> chosen) {
    std::vector<double> sizes;
    for (auto const i : chosen) sizes.push_back(effects[i]);
    return std::vector{mean_of(sizes)};
  };
  result.mu_star_interval = resampling_intervals(effects.size(), key, mean_size).front();
  return result;
}

}  // namespace

MorrisDesign morris_design(std::size_t trajectories, std::size_t levels, TrajectoryShape shape,
                           std::span<std::uint64_t const> dimensions, std::uint64_t seed) {
  EXPECTS(levels >= 2 && levels % 2 == 0);
  MorrisDesign design;
  design.trajectories = trajectories;
  design.dimensions = dimensions.size();
  design.delta = static_cast<double>(levels) / static_cast<double>(2 * (levels - 1));
  design.shape = shape;
  design.points.reserve(trajectories * (dimensions.size() + 1));
  for (std::size_t t = 0; t < trajectories; ++t) add_trajectory(design, levels, dimensions, seed);
  return design;
}

std::vector<ElementaryEffects> elementary_effects(MorrisDesign const& design, std::span<double const> outputs,
                                                  std::span<std::uint64_t const> keys, std::uint64_t key) {
  EXPECTS(outputs.size() == design.points.size() && keys.size() == design.dimensions);
  auto const effects = all_effects(design, outputs);
  std::vector<ElementaryEffects> results;
  for (std::size_t d = 0; d < design.dimensions; ++d)
    results.push_back(summary_of(effects[d], child_key(key, keys[d])));
  return results;
}

}  // namespace myoaxis

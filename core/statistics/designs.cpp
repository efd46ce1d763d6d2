#include "core/statistics/designs.h"

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <functional>
#include <numeric>
#include <utility>

#include "core/contracts.h"
#include "core/statistics/design_draws.h"

namespace myoaxis {
namespace {

/// A random order of 0 ... n-1.
std::vector<std::size_t> random_order(std::size_t n, std::uint64_t seed, std::uint64_t dimension) {
  std::vector<std::pair<std::uint64_t, std::size_t>> keyed(n);
  for (std::size_t i = 0; i < n; ++i) keyed[i] = {design_draws(seed, dimension, DesignPart::order, i)(), i};
  std::sort(keyed.begin(), keyed.end());
  std::vector<std::size_t> order(n);
  std::transform(keyed.begin(), keyed.end(), order.begin(), [](auto const& one) { return one.second; });
  return order;
}

double as_fraction(std::uint64_t word) { return static_cast<double>(word >> 11) * 0x1.0p-53; }

std::vector<UnitPoint> sobol_sequence(std::size_t points, std::span<std::uint64_t const> shifts) {
  EXPECTS(!shifts.empty() && shifts.size() <= kMostSobolDimensions);
  boost::random::sobol engine{shifts.size()};
  std::vector<UnitPoint> sequence(points, UnitPoint(shifts.size()));
  for (std::size_t i = 0; i < points; ++i) {
    for (std::size_t d = 0; d < shifts.size(); ++d) {
      auto const word = i == 0 ? std::uint64_t{0} : engine();  // the library leaves out the point 0, 0, ...
      sequence[i][d] = as_fraction(word ^ shifts[d]);
    }
  }
  return sequence;
}

}  // namespace

std::vector<std::vector<std::size_t>> full_grid(std::span<std::size_t const> levels) {
  auto const count = std::accumulate(levels.begin(), levels.end(), std::size_t{1}, std::multiplies<>{});
  std::vector<std::vector<std::size_t>> grid(count, std::vector<std::size_t>(levels.size()));
  for (std::size_t i = 0; i < count; ++i) {
    auto rest = i;
    for (auto d = levels.size(); d-- > 0; rest /= levels[d]) grid[i][d] = rest % levels[d];
  }
  return grid;
}

std::vector<UnitPoint> latin_hypercube(std::size_t points, std::span<std::uint64_t const> dimensions,
                                       std::uint64_t seed) {
  std::vector<UnitPoint> design(points, UnitPoint(dimensions.size()));
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    auto const strata = random_order(points, seed, dimensions[d]);
    for (std::size_t i = 0; i < points; ++i) {
      auto within = design_draws(seed, dimensions[d], DesignPart::place, i);
      design[i][d] = (static_cast<double>(strata[i]) + unit_interval(within)) / static_cast<double>(points);
    }
  }
  return design;
}

std::vector<UnitPoint> shifted_sobol_points(std::size_t points, std::span<std::uint64_t const> dimensions,
                                            std::uint64_t seed) {
  std::vector<std::uint64_t> shifts(dimensions.size());
  std::transform(dimensions.begin(), dimensions.end(), shifts.begin(), [&](std::uint64_t dimension) {
    return design_draws(seed, dimension, DesignPart::shift, 0)();
  });
  return sobol_sequence(points, shifts);
}

std::vector<UnitPoint> sobol_points(std::size_t points, std::size_t dimensions) {
  return sobol_sequence(points, std::vector<std::uint64_t>(dimensions, 0));
}

}  // namespace myoaxis

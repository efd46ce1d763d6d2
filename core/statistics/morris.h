/// Screening after Morris [Morris1991]: which inputs of a model matter at all, from few runs.
///
/// A trajectory begins at a random point of a grid of `levels` levels in the unit cube and changes each
/// dimension once by
///
///     delta = levels / (2 (levels - 1)),
///
/// up from the lower half of the levels, down from the upper one. The change of the output over that of the
/// input is an elementary effect: an estimate of what the whole range of this input does, with the others
/// where they happen to be. An input that has only some values of its range, such as a count, makes another
/// step: move the points to where it really stands, and the effect is per step really made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/statistics/designs.h"
#include "core/statistics/resampling.h"

namespace myoaxis {

enum class TrajectoryShape {
  winding,  // one step after the other, in random order [Morris1991]
  radial,   // each step from the first point [Campolongo2011]
};

/// Points of all trajectories, each of `dimensions + 1` points. Trajectory t is the same whatever other
/// trajectories there are.
struct MorrisDesign {
  std::size_t trajectories = 0;
  std::size_t dimensions = 0;
  double delta = 0;
  TrajectoryShape shape = TrajectoryShape::winding;
  std::vector<UnitPoint> points;
  /// The dimension that is changed by step k (0 ... dimensions - 1) of each trajectory.
  std::vector<std::vector<std::size_t>> steps;

  std::size_t first_point(std::size_t trajectory) const { return trajectory * (dimensions + 1); }
  std::size_t trajectory_of(std::size_t point) const { return point / (dimensions + 1); }
};

/// `levels`: even, at least 2. `dimensions`: their permanent keys, none twice.
MorrisDesign morris_design(std::size_t trajectories, std::size_t levels, TrajectoryShape shape,
                           std::span<std::uint64_t const> dimensions, std::uint64_t seed);

/// What the elementary effects of one input say. NaN where there are too few: all without any, sigma and the
/// interval with one.
struct ElementaryEffects {
  double mu = 0;              // mean: 0 as well when rises and falls cancel
  double mu_star = 0;         // mean size [Campolongo2007]: how much the input matters
  Interval mu_star_interval;  // 95 %, by drawing trajectories again
  double sigma = 0;      // standard deviation: how far its effect depends on other inputs or is not linear
  std::size_t used = 0;  // effects
  std::size_t left_out = 0;  // effects with a NaN at one of their two points, or without a step
};

/// The elementary effects of each dimension. `outputs`: one for each point of the design; NaN: no value. Such
/// a point costs the effects that need it, not the whole trajectory. `keys`: those of the dimensions, which
/// address the draws together with `key`, such as the hash of the output's name.
std::vector<ElementaryEffects> elementary_effects(MorrisDesign const& design, std::span<double const> outputs,
                                                  std::span<std::uint64_t const> keys, std::uint64_t key);

}  // namespace myoaxis

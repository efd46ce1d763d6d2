/// `[vary]` of a batch: the points at which an experiment is run again, each with other parameters.
///
///     [vary]
///     method = "latin_hypercube"
///     points = 64
///     [[vary.parameter]]
///     key = "factor.bdnf.clearance"
///     range = ["0.3 ml/min", "2 ml/min"]
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "io/batch/setting.h"
#include "io/batch/varied_parameter.h"
#include "io/config/section.h"

namespace myoaxis {

enum class VaryMethod { grid, latin_hypercube, sobol };

struct VaryParams {
  VaryMethod method = VaryMethod::grid;
  std::size_t points = 0;  // not of a grid
  std::uint64_t seed = 0;  // not of a grid
  std::vector<VariedParameter> parameters;
  std::vector<Parameter> shares;  // of the wholes that a parameter is a share of, see io/batch/shares.h
};

/// Most points of a scan.
inline constexpr std::size_t kMostScanPoints = 100'000;

/// Reads the section. `parameters`: all of the base experiment, as `LoadedExperiment::parameters`. What is
/// wrong becomes problems of the section's context; then the result is not to be used.
VaryParams read_vary(Section section, std::vector<Parameter> const& parameters);

/// The settings of each point, in the order of `VaryParams::parameters`. A grid's last parameter runs
/// fastest. Points that rounding to whole numbers makes equal are there once, so that there may be fewer than
/// asked for.
std::vector<std::vector<Setting>> points_of(VaryParams const& vary);

}  // namespace myoaxis

/// `[sensitivity]`: which parameters are moved through their ranges, how, and for which outcomes.
///
///     [sensitivity]
///     method = "morris"
///     trajectories = 20
///     parameters = ["factor.*"]
///     statuses = ["assumed"]
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/statistics/morris.h"
#include "io/batch/varied_parameter.h"
#include "io/config/section.h"

namespace myoaxis {

enum class SensitivityMethod { morris, sobol };

/// The defaults are those of the configuration.
struct SensitivityParams {
  SensitivityMethod method = SensitivityMethod::morris;
  std::size_t trajectories = 20;  // of morris
  std::size_t levels = 4;         // of morris; even
  TrajectoryShape shape = TrajectoryShape::winding;
  std::size_t samples = 64;                  // rows of sobol; a power of two
  std::uint64_t seed = 0;                    // of the design
  bool luck = true;                          // the luck of the run is one more input
  double highest_extraction = 0.95;          // of an organ, in experiments that do not give one
  std::vector<std::string> parameters{"*"};  // patterns of keys, see io/config/key_pattern.h
  std::vector<std::string> except{};         // patterns of keys that are left out
  std::vector<std::string> statuses{};       // empty: any
  std::vector<std::string> outcomes{"*"};    // patterns of names
};

/// Reads the section, whose missing keys keep the values of `defaults`.
SensitivityParams read_sensitivity(Section section, SensitivityParams const& defaults = {});

/// What makes no sense in it, such as after options of the command line have changed it: "samples = 100: must
/// be a power of two, such as 64 or 128".
std::vector<std::string> problems_of(SensitivityParams const& params);

/// The parameters of `all` that `params` chooses: those that have a range, fit a pattern and have one of the
/// statuses, each over its own range on its default scale. A share without others beside it is left out,
/// since it is always 1. What cannot be done is a problem at `place`.
std::vector<VariedParameter> choose_parameters(SensitivityParams const& params,
                                               std::vector<Parameter> const& all, Place const& place,
                                               Diagnostics& diagnostics);

}  // namespace myoaxis

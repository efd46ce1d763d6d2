/// The runs of a sensitivity study, and what their outcomes say about each parameter.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/statistics/morris.h"
#include "core/statistics/sobol_indices.h"
#include "io/batch/sensitivity_config.h"
#include "io/batch/setting.h"

namespace myoaxis {

struct SensitivityRun {
  std::vector<Setting> settings;
  std::uint64_t luck = 0;  // 0, 1, ...: runs of equal number share their random draws
};

/// Inputs are the parameters varied and, if wanted, luck. Then each trajectory, or row, has two lucks of its
/// own: each parameter is compared within one of them, so that common random numbers take away what luck
/// does, and the effect of going from one to the other tells how much that would be.
struct SensitivityPlan {
  SensitivityParams params;
  std::vector<VariedParameter> varied;
  std::variant<MorrisDesign, SaltelliDesign> design;  // of the varied parameters, then luck
  std::vector<SensitivityRun> runs;                   // one for each point of the design
};

/// `all`: every parameter of the experiment, so that shares of one whole keep their sum.
SensitivityPlan plan_sensitivity(SensitivityParams const& params, std::vector<VariedParameter> const& varied,
                                 std::vector<Parameter> const& all);

/// How many inputs a design may have at most: of sobol, which takes two dimensions for each.
std::size_t most_inputs(SensitivityMethod method);

/// What one input does to an outcome: `effects` of morris, in the outcome's unit for the whole range of the
/// parameter, or `indices` of sobol.
struct Influence {
  std::string key;     // of the parameter; "luck"
  std::string status;  // of the parameter; "luck"
  std::string range;   // "0.3 ml/min to 2 ml/min"; empty for luck
  RangeScale scale = RangeScale::linear;
  std::variant<ElementaryEffects, SobolIndices> numbers;

  /// What it is ranked by: mu* or the total index.
  double size() const;
};

struct OutcomeSensitivity {
  std::string outcome;
  std::string unit;
  double mean = 0;       // over all runs that have the outcome
  double deviation = 0;  // standard deviation
  std::size_t runs = 0;
  std::size_t without_value = 0;      // runs that failed or had no occasion
  std::vector<Influence> influences;  // largest first, those that cannot be told last
};

/// `values`: the outcome of each of the plan's runs; NaN where it has none.
OutcomeSensitivity analyze(SensitivityPlan const& plan, std::string const& outcome, std::string const& unit,
                           std::span<double const> values);

}  // namespace myoaxis

/// When a batch has enough subjects.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/batch/batch_config.h"
#include "io/batch/batch_folder.h"
#include "io/batch/batch_plan.h"

namespace myoaxis {

/// The 95 % interval of the difference between an arm and the reference.
struct ArmPrecision {
  std::string arm;
  std::size_t n = 0;
  double half_width = 0;  // NaN where it cannot be told
};

struct PrecisionLook {
  std::vector<ArmPrecision> arms;
  bool is_enough = false;  // in every arm
};

/// Looks at the finished runs of `plan`. An interval that is looked at again and again until it is narrow is
/// not chosen by its place, and keeps its coverage as n grows (Chow & Robbins 1965, Ann. Math. Stat. 36:457);
/// with few subjects it covers somewhat less. Throws ConfigError when no run has the outcome.
PrecisionLook look_at_precision(BatchFolder const& folder, BatchParams const& params, BatchPlan const& plan);

/// How many subjects to have at the look after `subjects`; the same when there are no more.
std::int64_t subjects_of_next_look(BatchParams const& params, std::int64_t subjects);

}  // namespace myoaxis

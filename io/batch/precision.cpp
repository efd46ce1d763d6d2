#include "io/batch/precision.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/address.h"
#include "core/statistics/two_arms.h"
#include "io/results/run_outcomes.h"

namespace myoaxis {
namespace {

/// The outcome of each finished run, arm by arm.
std::map<std::size_t, std::vector<Replicate>> replicates_of(BatchFolder const& folder, BatchPlan const& plan,
                                                            PrecisionParams const& wanted) {
  std::map<std::size_t, std::vector<Replicate>> replicates;
  for (auto const& planned : plan.runs) {
    auto const files = folder.run(planned.name);
    if (state_of_run(files) != RunState::complete) continue;
    auto const run = read_run_outcomes(files.output().string());
    auto const found = std::ranges::find(run.outcomes, wanted.outcome, &Outcome::name);
    if (found == run.outcomes.end()) {
      throw ConfigError{{{Place{run.path},
                          fmt::format("[precision] outcome: the run has no outcome '{}'", wanted.outcome)}}};
    }
    replicates[planned.arm].push_back({run.luck, found->value});
  }
  return replicates;
}

}  // namespace

PrecisionLook look_at_precision(BatchFolder const& folder, BatchParams const& params, BatchPlan const& plan) {
  auto const& wanted = *params.precision;
  auto replicates = replicates_of(folder, plan, wanted);
  PrecisionLook look;
  look.is_enough = true;
  for (std::size_t arm = 0; arm < params.arms.size(); ++arm) {
    if (arm == params.reference) continue;
    auto const result = compare_two_arms(replicates[arm], replicates[params.reference],
                                         Resampling{name_key(wanted.outcome), 0});
    auto const half = (result.high - result.low) / 2;
    look.arms.push_back({params.arms[arm].name, result.n, half});
    look.is_enough = look.is_enough && half <= wanted.half_width;  // not of NaN
  }
  return look;
}

std::int64_t subjects_of_next_look(BatchParams const& params, std::int64_t subjects) {
  auto const& precision = *params.precision;
  auto const next = subjects == 0 ? precision.first : subjects + precision.step;
  return std::min(next, params.subjects);
}

}  // namespace myoaxis

#include "tools/batch_estimate.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>

#include "agents/organism.h"
#include "io/cache/propagator_cache.h"
#include "io/experiment/experiment_config.h"
#include "io/run/expected_size.h"
#include "io/run/run_start.h"
#include "tools/seconds_since.h"

namespace myoaxis {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kTrial{3};

/// Number of steps of each length in the whole run.
std::map<std::int64_t, std::int64_t> steps_by_length(Model const& model) {
  std::map<std::int64_t, std::int64_t> steps;
  for (auto now = model.begin(); now < model.end();) {
    auto const step = model.planner.next(now);
    ++steps[step.seconds];
    now = step.end();
  }
  return steps;
}

/// Times steps from the beginning on until the trial is over.
std::map<std::int64_t, RunTimes> timed_steps(Model const& model, Organism& organism) {
  std::map<std::int64_t, RunTimes> times;
  auto const begin = Clock::now();
  while (organism.now < model.end() && Clock::now() - begin < kTrial) {
    auto const step = model.planner.next(organism.now);
    auto const start = Clock::now();
    advance(organism, model, step);
    times[step.seconds].add("", seconds_since(start));
  }
  return times;
}

/// Steps of a length that was not timed are taken to cost as much as those of the next longer one that was,
/// or else of the longest.
double seconds_of_all(std::map<std::int64_t, std::int64_t> const& steps,
                      std::map<std::int64_t, RunTimes> const& times) {
  double seconds = 0;
  for (auto const& [length, number] : steps) {
    auto found = times.lower_bound(length);
    if (found == times.end()) found = std::prev(found);
    seconds += found->second.expected("").value_or(0) * static_cast<double>(number);
  }
  return seconds;
}

/// The experiment of a run by itself, without the baseline that may not be there yet.
LoadedExperiment experiment_of(PlannedRun const& run, BatchParams const& params) {
  auto root = toml::parse(run.configuration);
  root.erase(std::string_view{"start"});
  return load_experiment(std::move(root), params.file, {}, SearchPath{{}});
}

ArmEstimate look_at(PlannedRun const& run, BatchParams const& params, std::optional<double> measured) {
  auto const loaded = experiment_of(run, params);
  auto const folder = cache_folder();
  std::optional<PropagatorCache> cache;
  if (folder) cache.emplace(*folder);
  auto const start = Clock::now();
  Model const model{loaded.experiment, cache ? &*cache : nullptr};
  auto organism = make_organism(model);
  auto const setting_up = seconds_since(start);
  auto const size = expected_size(loaded, model, organism, model.begin(), model.end());
  auto const steps = steps_by_length(model);
  ArmEstimate estimate;
  for (auto const& [length, number] : steps) estimate.steps += number;
  estimate.is_measured = measured.has_value();
  estimate.cpu_seconds =
      measured ? *measured : setting_up + seconds_of_all(steps, timed_steps(model, organism));
  estimate.bytes = size.compressed();
  estimate.working_bytes = size.disk_needed();
  estimate.state_bytes = size.checkpoint;
  return estimate;
}

ArmEstimate estimate_arm(std::size_t arm, BatchFolder const& folder, BatchParams const& params,
                         BatchPlan const& plan) {
  RunTimes ended;
  std::size_t waiting = 0;
  PlannedRun const* first = nullptr;
  for (auto const& run : plan.runs) {
    if (run.arm != arm) continue;
    if (first == nullptr) first = &run;
    auto const files = folder.run(run.name);
    if (state_of_run(files) != RunState::complete)
      ++waiting;
    else if (auto const cost = cost_of(files))
      ended.add("", cost->cpu_seconds);
  }
  auto estimate = first == nullptr ? ArmEstimate{} : look_at(*first, params, ended.expected(""));
  estimate.runs = waiting;
  return estimate;
}

/// Those that runs need which are still to be done.
std::size_t baselines_to_do(BatchFolder const& folder, BatchPlan const& plan) {
  std::set<std::string> needed;
  for (auto const& run : plan.runs) {
    if (run.baseline.empty() || state_of_run(folder.run(run.name)) == RunState::complete) continue;
    if (state_of_run(folder.baseline(run.baseline)) != RunState::complete) needed.insert(run.baseline);
  }
  return needed.size();
}

}  // namespace

BatchEstimate estimate_batch(BatchFolder const& folder, BatchParams const& params, BatchPlan const& plan) {
  BatchEstimate estimate;
  std::size_t state = 0;
  for (std::size_t arm = 0; arm < params.arms.size(); ++arm) {
    estimate.arms.push_back(estimate_arm(arm, folder, params, plan));
    state = std::max(state, estimate.arms.back().state_bytes);
  }
  estimate.baselines = baselines_to_do(folder, plan);
  estimate.baseline_bytes = estimate.baselines * state;
  return estimate;
}

}  // namespace myoaxis

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

/// Number of steps of each length.
std::map<std::int64_t, std::int64_t> steps_by_length(Model const& model, Tick begin, Tick end) {
  std::map<std::int64_t, std::int64_t> steps;
  for (auto now = begin; now < end;) {
    auto const step = model.planner.next(now);
    ++steps[step.seconds];
    now = step.end();
  }
  return steps;
}

std::int64_t number_of(std::map<std::int64_t, std::int64_t> const& steps) {
  std::int64_t number = 0;
  for (auto const& [length, of_it] : steps) number += of_it;
  return number;
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
  if (times.empty()) return seconds;
  for (auto const& [length, number] : steps) {
    auto found = times.lower_bound(length);
    if (found == times.end()) found = std::prev(found);
    seconds += found->second.expected("").value_or(0) * static_cast<double>(number);
  }
  return seconds;
}

/// The experiment of an arm as it stands: that of a run may be at the end of a range, where none is possible.
LoadedExperiment experiment_of(std::size_t arm, BatchParams const& params) {
  return load_experiment(toml::parse(params.arms[arm].resolved_toml), params.file, {}, SearchPath{{}});
}

/// What one run takes, and the baseline that it sets out from, if it is shared.
struct RunAndBaseline {
  RunEstimate run, baseline;
};

enum class Trial { none, first_steps };

RunAndBaseline look_at(std::size_t arm, BatchParams const& params, bool shares_baseline, Trial trial) {
  auto const loaded = experiment_of(arm, params);
  auto const folder = cache_folder();
  std::optional<PropagatorCache> cache;
  if (folder) cache.emplace(*folder);
  auto const start = Clock::now();
  Model const model{loaded.experiment, cache ? &*cache : nullptr};
  auto organism = make_organism(model);
  auto const setting_up = seconds_since(start);
  auto const begin = shares_baseline ? Tick{0} : model.begin();
  auto const size = expected_size(loaded, model, organism, model.begin(), model.end());
  auto const of_baseline = expected_size(loaded, model, organism, model.begin(), begin);
  std::map<std::int64_t, RunTimes> times;
  if (trial == Trial::first_steps) times = timed_steps(model, organism);
  auto const estimate = [&](Tick from, Tick to, std::size_t bytes) {
    auto const steps = steps_by_length(model, from, to);
    return RunEstimate{0,     number_of(steps),  setting_up + seconds_of_all(steps, times), false,
                       bytes, size.disk_needed()};
  };
  return {estimate(begin, model.end(), size.compressed()),
          estimate(model.begin(), begin, of_baseline.compressed() + of_baseline.checkpoint)};
}

/// Runs that have ended say best what others will take.
void use_measured(RunEstimate& estimate, RunTimes const& ended) {
  auto const measured = ended.expected("");
  estimate.is_measured = measured.has_value();
  if (measured) estimate.cpu_seconds = *measured;
}

void add_cost_of(RunFiles const& files, RunTimes& times) {
  if (auto const cost = cost_of(files)) times.add("", cost->cpu_seconds);
}

/// How many runs of an arm are to be done, and what others took.
std::size_t count_runs(std::size_t arm, BatchFolder const& folder, BatchPlan const& plan, RunTimes& ended) {
  std::size_t waiting = 0;
  for (auto const& run : plan.runs) {
    if (run.arm != arm) continue;
    auto const files = folder.run(run.name);
    if (state_of_run(files) == RunState::complete)
      add_cost_of(files, ended);
    else
      ++waiting;
  }
  return waiting;
}

/// The same of the baselines, as far as runs need them that are to be done.
std::size_t count_baselines(BatchFolder const& folder, BatchPlan const& plan, RunTimes& ended) {
  std::set<std::string> needed;
  for (auto const& run : plan.runs) {
    if (run.baseline.empty() || state_of_run(folder.run(run.name)) == RunState::complete) continue;
    if (state_of_baseline(folder.baseline(run.baseline)) != RunState::complete) needed.insert(run.baseline);
  }
  for (auto const& [name, configuration] : plan.baselines) {
    auto const files = folder.baseline(name);
    if (state_of_baseline(files) == RunState::complete) add_cost_of(files, ended);
  }
  return needed.size();
}

}  // namespace

BatchEstimate estimate_batch(BatchFolder const& folder, BatchParams const& params, BatchPlan const& plan) {
  BatchEstimate estimate;
  RunTimes baselines_ended;
  auto const baselines = count_baselines(folder, plan, baselines_ended);
  for (std::size_t arm = 0; arm < params.arms.size(); ++arm) {
    auto const first = std::ranges::find(plan.runs, arm, &PlannedRun::arm);
    if (first == plan.runs.end()) {
      estimate.arms.emplace_back();
      continue;
    }
    RunTimes ended;
    auto const waiting = count_runs(arm, folder, plan, ended);
    auto const shares_baseline = !first->baseline.empty();
    auto const is_known = ended.expected("") && (!shares_baseline || baselines_ended.expected(""));
    auto found = look_at(arm, params, shares_baseline, is_known ? Trial::none : Trial::first_steps);
    found.run.runs = waiting;
    use_measured(found.run, ended);
    estimate.arms.push_back(found.run);
    if (shares_baseline) estimate.baselines = found.baseline;
  }
  estimate.baselines.runs = baselines;
  use_measured(estimate.baselines, baselines_ended);
  return estimate;
}

}  // namespace myoaxis

#include "tools/batch_report.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "core/parallel.h"
#include "tools/run_plan.h"

namespace myoaxis {

BatchEstimate estimate_of(BatchFolder const& folder, BatchParams const& params, BatchPlan const& plan) {
  BatchEstimate estimate;
  Workers workers{1};
  workers.run([&] { estimate = estimate_batch(folder, params, plan); });
  return estimate;
}

void print_estimate(BatchFolder const& folder, BatchParams const& params, BatchEstimate const& estimate,
                    CpuSharing const& sharing) {
  fmt::print(stderr, "  {:<24} {:>6} {:>10} {:>14} {:>14}\n", "arm", "runs", "steps", "CPU time a run",
             "results a run");
  double seconds = 0, bytes = 0, working = 0;
  auto const print_row = [&](std::string const& name, RunEstimate const& one) {
    auto const runs = static_cast<double>(one.runs);
    seconds += one.cpu_seconds * runs;
    bytes += static_cast<double>(one.bytes) * runs;
    working = std::max(working, static_cast<double>(one.working_bytes));
    fmt::print(stderr, "  {:<24} {:>6} {:>10} {:>14} {:>14}\n", name, one.runs, one.steps,
               (one.is_measured ? "" : "about ") + clock_text(one.cpu_seconds), megabytes(one.bytes));
  };
  auto const has_baselines = estimate.baselines.runs > 0;
  if (has_baselines) print_row("shared baselines", estimate.baselines);
  for (std::size_t arm = 0; arm < estimate.arms.size(); ++arm)
    print_row(params.arms[arm].name, estimate.arms[arm]);
  auto const jobs = static_cast<double>(sharing.jobs);
  fmt::print(stderr, "  to do    {} of CPU time, {} with {} at a time\n", clock_text(seconds),
             clock_text(seconds / (jobs * sharing.threads)), sharing.jobs);
  fmt::print(stderr, "  disk     {} of results, {} more while they are written\n",
             megabytes(static_cast<std::size_t>(bytes)), megabytes(static_cast<std::size_t>(working * jobs)));
  if (!has_baselines) return;
  fmt::print(stderr, "           of these {} in {}, kept for further arms\n",
             megabytes(estimate.baselines.runs * estimate.baselines.bytes),
             (folder.path() / "baselines").string());
}

BatchTally tally_of(BatchFolder const& folder, BatchPlan const& plan) {
  BatchTally tally;
  for (auto const& run : plan.runs) {
    auto const state = state_of_run(folder.run(run.name));
    ++(state == RunState::complete   ? tally.complete
       : state == RunState::failed   ? tally.failed
       : state == RunState::outdated ? tally.outdated
                                     : tally.waiting);
  }
  return tally;
}

void report_tally(BatchFolder const& folder, BatchTally const& tally, ReportOf what) {
  spdlog::info("{}: {} runs complete, {} failed, {} to do", folder.path().string(), tally.complete,
               tally.failed, tally.waiting);
  if (tally.outdated > 0) spdlog::info(outdated_text(folder, tally.outdated));
  if (tally.waiting > 0) {
    spdlog::info(what == ReportOf::batch ? "stopped; the same command goes on"
                                         : "if nobody is at work on them any more, the same command goes on "
                                           "without --index");
  }
  if (tally.failed > 0)
    spdlog::info("why runs failed: {}/runs/*.failed.txt; the same command tries them again",
                 folder.path().string());
}

ExitCode exit_code_of(BatchTally const& tally) {
  if (tally.outdated > 0) return ExitCode::wrong_input;
  if (tally.waiting > 0) return ExitCode::stopped;
  return tally.failed > 0 ? ExitCode::failed : ExitCode::done;
}

}  // namespace myoaxis

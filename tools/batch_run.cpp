#include "tools/batch_run.h"

#include <algorithm>
#include <chrono>

#include "tools/available_cpus.h"
#include "tools/stop_request.h"

namespace myoaxis {
void add_batch_run_options(CLI::App& command, BatchRunOptions& options) {
  command.add_option("--jobs", options.jobs, "runs at a time; default: the CPUs this process really has")
      ->check(CLI::Range(1, 4096))
      ->type_name("N");
  command
      .add_option("--max-walltime", options.max_walltime,
                  "stop after this time, with checkpoints and exit code 75, such as \"23 h\"")
      ->type_name("TIME");
  command.add_flag("--overwrite", options.overwrite, "run again what another revision of the program did");
  command.add_option("--progress", options.progress, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN");
}

CpuSharing share_cpus(BatchRunOptions const& options, std::size_t runs) {
  auto const number = static_cast<std::size_t>(available_cpus(options.jobs).number);
  auto const jobs = std::max<std::size_t>(1, std::min(number, runs));
  return {jobs, std::max(1, static_cast<int>(number / jobs))};
}

BatchTally run_batch_plan(BatchRunOptions const& options, BatchFolder const& folder,
                          BatchParams const& params, BatchPlan const& plan, std::size_t tried) {
  remember_signals();
  auto const sharing = share_cpus(options, plan.runs.size());
  RunnerOptions runner{sharing.jobs, sharing.threads, options.overwrite, {}, tried};
  std::optional<std::chrono::duration<double>> limit;
  if (!options.max_walltime.empty()) limit = duration_option("--max-walltime", options.max_walltime);
  runner.stop = [limit] { return stop_reason(limit).has_value(); };
  BatchProgress progress{progress_style(options.progress)};
  return BatchRunner{folder, params, plan, std::move(runner), progress}.run();
}

}  // namespace myoaxis

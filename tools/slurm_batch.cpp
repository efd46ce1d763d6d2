#include "tools/slurm_batch.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "io/batch/batch_index.h"
#include "tools/batch_report.h"
#include "tools/shard.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

/// Without a slash at the end, so that it has a file name.
fs::path whole_path(fs::path const& path) {
  auto whole = fs::absolute(path).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

std::size_t largest_block(BatchPlan const& plan) {
  auto const cuts = cuts_of(plan);
  std::size_t largest = 1;
  for (std::size_t i = 1; i < cuts.size(); ++i) largest = std::max(largest, cuts[i] - cuts[i - 1]);
  return largest;
}

/// So many that none has more than `runs_per_task`, or more than one block.
std::size_t parts_of(TaskSizing const& sizing, std::size_t runs_per_task) {
  auto const runs = std::max<std::size_t>(1, runs_per_task / sizing.runs_per_block) * sizing.runs_per_block;
  return (sizing.runs + runs - 1) / runs;
}

TaskSizing sizing_of(BatchPlan const& plan, BatchEstimate const& estimate) {
  TaskSizing sizing{plan.runs.size(), largest_block(plan), 0};
  auto seconds = estimate.baselines.cpu_seconds * static_cast<double>(estimate.baselines.runs);
  double runs = 0;
  for (auto const& one : estimate.arms) {
    seconds += one.cpu_seconds * static_cast<double>(one.runs);
    runs += static_cast<double>(one.runs);
  }
  if (runs > 0) sizing.seconds_per_run = seconds / runs;
  return sizing;
}

/// The parts of the batch as tasks, those that are complete left out.
SlurmJob plan_jobs(SlurmRequest const& request, SbatchOptions const& sbatch, BatchFolder const& folder,
                   BatchPlan const& plan, std::size_t parts) {
  SlurmJob job;
  job.program = fs::read_symlink("/proc/self/exe");
  job.file = fs::absolute(request.file).lexically_normal();
  job.folder = whole_path(folder.path());
  job.working_folder = fs::current_path();
  if (auto const* configs = std::getenv("MYOAXIS_CONFIGS")) job.search_path = configs;
  job.settings = request.settings;
  job.max_walltime = request.max_walltime;
  job.overwrite = request.overwrite;
  job.options = sbatch;
  job.parts = parts;
  for (std::size_t part = 1; part <= job.parts; ++part) {
    auto const runs = shard_of(plan, {part, job.parts});
    if (tally_of(folder, runs).complete < runs.runs.size()) job.tasks.push_back(part);
  }
  return job;
}

std::size_t largest_part(BatchPlan const& plan, std::size_t parts) {
  std::size_t largest = 0;
  for (std::size_t part = 1; part <= parts; ++part)
    largest = std::max(largest, shard_of(plan, {part, parts}).runs.size());
  return largest;
}

ExitCode print_scripts(SlurmJob const& job) {
  fmt::print("{}\n{}", array_script(job), merge_script(job));
  return ExitCode::done;
}

}  // namespace

ExitCode submit_batch(SlurmRequest const& request, BatchFolder const& folder, BatchParams const& params,
                      BatchPlan const& plan) {
  auto const sbatch = parse_sbatch_options(request.sbatch);
  if (!request.max_walltime.empty()) duration_option("--max-walltime", request.max_walltime);
  if (!request.dry_run) require_sbatch();
  BatchEstimate estimate;
  if (request.dry_run || !request.runs_per_task) estimate = estimate_of(folder, params, plan);
  auto const before = tally_of(folder, plan);
  if (before.outdated > 0 && !request.overwrite) throw UsageError{outdated_text(folder, before.outdated)};
  auto const sizing = sizing_of(plan, estimate);
  auto const runs_per_task = request.runs_per_task.value_or(sensible_runs_per_task(sizing, sbatch));
  auto const job = plan_jobs(request, sbatch, folder, plan, parts_of(sizing, runs_per_task));
  if (request.dry_run) print_estimate(folder, params, estimate, {job.tasks.size() * sbatch.cpus, 1});
  fmt::print(stderr, "  slurm    {} of {} tasks have something to do; a task: up to {} runs on {} CPUs\n",
             job.tasks.size(), job.parts, largest_part(plan, job.parts), sbatch.cpus);
  if (request.dry_run) return print_scripts(job);
  folder.create();
  write_scripts(job);
  if (!job.tasks.empty()) submit(job, request.after);
  if (!job.tasks.empty() && request.after == AfterSubmission::leave) return ExitCode::done;
  if (job.tasks.empty()) write_index(folder, params, plan);
  auto const tally = tally_of(folder, plan);
  report_tally(folder, tally);
  return exit_code_of(tally);
}

}  // namespace myoaxis

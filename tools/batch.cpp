#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

#include "io/batch/batch_index.h"
#include "io/batch/precision.h"
#include "io/run/disk_space.h"
#include "tools/available_cpus.h"
#include "tools/batch_report.h"
#include "tools/batch_run.h"
#include "tools/common.h"
#include "tools/shard.h"
#include "tools/slurm_batch.h"

namespace myoaxis {
namespace {

struct BatchOptions {
  std::string file;
  std::string folder;
  std::string shard;
  std::vector<std::string> sets;
  BatchRunOptions run;
  bool dry_run = false;
  bool index_only = false;
  std::optional<std::string> slurm;  // options for sbatch
  std::optional<std::size_t> runs_per_task;
  bool wait = false;
};

void print_look(PrecisionParams const& precision, std::int64_t subjects, PrecisionLook const& look) {
  for (auto const& arm : look.arms) {
    fmt::print(stderr, "  {} subjects: {} of {}: difference known to +-{:.4g}, wanted +-{:.4g}\n", subjects,
               precision.outcome, arm.arm, arm.half_width, precision.half_width);
  }
}

/// Sees to the runs of a plan, whose first ones it has `tried` before.
using Worker = std::function<BatchTally(BatchPlan const& plan, std::size_t tried)>;

/// Adds subjects until the intervals are narrow enough, or runs are left to do. Gives the plan of all
/// subjects that were needed until then.
std::pair<BatchPlan, BatchTally> go_to_precision(BatchFolder const& folder, BatchParams const& params,
                                                 Worker const& work) {
  auto subjects = subjects_of_next_look(params, 0);
  std::size_t tried = 0;
  while (true) {
    auto plan = plan_batch(params, 0, subjects);
    auto const tally = work(plan, std::exchange(tried, plan.runs.size()));
    if (tally.waiting > 0 || tally.outdated > 0) return {std::move(plan), tally};
    auto const look = look_at_precision(folder, params, plan);
    print_look(*params.precision, subjects, look);
    auto const next = subjects_of_next_look(params, subjects);
    if (look.is_enough || next == subjects) {
      if (!look.is_enough) spdlog::warn("all {} subjects are not enough for the precision wanted", subjects);
      return {std::move(plan), tally};
    }
    subjects = next;
  }
}

void check_options(BatchOptions const& options, BatchParams const& params) {
  auto const* by_parts = options.slurm ? "--slurm" : "--shard";
  if (params.precision && (options.slurm || !options.shard.empty())) {
    throw UsageError{fmt::format(
        "{0}: a batch with [precision] decides by all of its runs how many there will be (leave {0} "
        "out, or [precision])",
        by_parts)};
  }
}

SlurmRequest request_of(BatchOptions const& options) {
  return {options.file,          options.sets,
          *options.slurm,        options.run.max_walltime,
          options.run.overwrite, options.runs_per_task,
          options.dry_run,       options.wait ? AfterSubmission::wait : AfterSubmission::leave};
}

ExitCode run_batch(BatchOptions const& options) {
  auto const params = load_batch(options.file, options.sets, config_search_path());
  check_options(options, params);
  BatchFolder const folder{options.folder};
  auto const whole = plan_batch(params);
  auto const plan = options.shard.empty() ? whole : shard_of(whole, parse_shard(options.shard));
  fmt::print(stderr, "{}: {}\n  {} arms, {} runs{}, {} baselines shared", options.file, params.title,
             params.arms.size(), plan.runs.size(), params.precision ? " at most" : "", plan.baselines.size());
  if (options.slurm) {
    fmt::print(stderr, "\n");
    return submit_batch(request_of(options), folder, params, plan);
  }
  auto const cpus = available_cpus(options.run.jobs);
  fmt::print(stderr, "; CPUs {} ({})\n", cpus.number, options.run.jobs ? "--jobs" : cpus.reason);
  if (options.dry_run) {
    print_estimate(folder, params, estimate_of(folder, params, plan),
                   share_cpus(options.run, plan.runs.size()));
    return ExitCode::done;
  }
  folder.create();
  check_writable(folder.index());
  Worker const look = [&](BatchPlan const& runs, std::size_t) { return tally_of(folder, runs); };
  Worker const run = [&](BatchPlan const& runs, std::size_t tried) {
    return run_batch_plan(options.run, folder, params, runs, tried);
  };
  if (options.index_only) {
    auto const [listed, tally] =
        params.precision ? go_to_precision(folder, params, look) : std::pair{whole, tally_of(folder, whole)};
    write_index(folder, params, listed);
    report_tally(folder, tally, ReportOf::index);
    return ExitCode::done;
  }
  auto const [listed, tally] =
      params.precision ? go_to_precision(folder, params, run) : std::pair{whole, run(plan, 0)};
  if (options.shard.empty())
    write_index(folder, params, listed);
  else if (!try_to_write_index(folder, params, listed))
    spdlog::warn(
        "{}: is being written by another process, and may lack runs of this part; write it at last with "
        "--index",
        folder.index().string());
  report_tally(folder, tally);
  return exit_code_of(tally);
}

void add_cluster_options(CLI::App& command, BatchOptions& options) {
  auto* slurm = command
                    .add_option("--slurm", options.slurm,
                                "submit the runs as a job array of Slurm, with these options for sbatch")
                    ->type_name("\"SBATCH OPTIONS\"");
  for (auto const* other : {"--jobs", "--shard", "--index"}) slurm->excludes(command.get_option(other));
  command
      .add_option("--runs-per-task", options.runs_per_task,
                  "most runs of a task of the array, which has whole subjects where they share baselines; "
                  "default: a few hours, and at most 1000 tasks")
      ->check(CLI::Range(1, 1'000'000))
      ->needs(slurm)
      ->type_name("K");
  command.add_flag("--wait", options.wait, "wait for the jobs of --slurm; the exit code is the batch's")
      ->needs(slurm);
}

}  // namespace

VerbEntry add_batch(CLI::App& program) {
  auto* command = program.add_subcommand("batch", "Run the arms and subjects of a study, each run once");
  auto options = std::make_shared<BatchOptions>();
  command->add_option("FILE", options->file, "batch (TOML)")->required();
  command->add_option("-o,--output", options->folder, "folder of the batch")->required()->type_name("DIR");
  command->add_option("--shard", options->shard, "do only the K-th of N parts of the runs")->type_name("K/N");
  command->add_option("--set", options->sets, "override a key of all experiments; may be given again")
      ->type_name("KEY=VALUE");
  command->add_flag("--dry-run", options->dry_run, "list arms, runs, CPU time and disk, and write nothing");
  command->add_flag("--index", options->index_only, "only write DIR/index.h5 for the runs as they are");
  add_batch_run_options(*command, options->run);
  add_cluster_options(*command, *options);
  command->footer(
      "Example: myoaxis batch configs/batches/regimes.toml -o regimes\n"
      "On a cluster: myoaxis batch FILE -o DIR --slurm \"--time=24:00:00 --cpus-per-task=8\"\n"
      "Give the command again after a stop, a crash or with more subjects: what is complete is never done\n"
      "again. Any number of these processes may work in one folder. Exit codes: 0 all runs complete; 1 some\n"
      "failed; 2 command or configuration wrong; 75 stopped, run again to go on");
  return {command, [options] { return run_batch(*options); }};
}

}  // namespace myoaxis

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <charconv>
#include <chrono>
#include <filesystem>
#include <limits>
#include <memory>

#include "core/parallel.h"
#include "io/cache/propagator_cache.h"
#include "io/hdf5/error.h"
#include "io/run/build_info.h"
#include "io/run/disk_space.h"
#include "io/run/graph_simulation.h"
#include "io/run/run_lock.h"
#include "io/run/simulation.h"
#include "tools/available_cpus.h"
#include "tools/common.h"
#include "tools/go_on.h"
#include "tools/outcome_table.h"
#include "tools/progress.h"
#include "tools/run_plan.h"
#include "tools/seconds_since.h"
#include "tools/shell_command.h"
#include "tools/stop_request.h"
#include "tools/until.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

struct RunOptions {
  std::string file;
  std::string output;
  std::string seed;
  std::optional<int> threads;
  std::vector<std::string> sets;
  std::string until;
  std::string max_walltime;
  std::string checkpoint_every = "10 min";
  bool keep_checkpoint = false;
  bool overwrite = false;
  bool dry_run = false;
  std::string progress = "auto";
  std::string command_line;

  fs::path output_path() const {
    return output.empty() ? fs::path{fs::path{file}.stem().string() + ".h5"} : fs::path{output};
  }
  /// What may stand at the output's place before `loaded` is run.
  template <class Loaded>
  EarlierRun earlier(Loaded const& loaded) const {
    return {{output_path()}, loaded.resolved_toml, loaded.sha256, overwrite, dry_run};
  }
};

/// Builds the model; says beforehand what its propagators cost, and afterwards whether they had to be made.
Model make_model(LoadedExperiment const& loaded) {
  auto const folder = cache_folder();
  std::optional<PropagatorCache> cache;
  if (folder) cache.emplace(*folder);
  auto const announce = [&](PropagatorPlan const& plan) {
    fmt::print(stderr, "  graph    {} cells, {} factors, {} propagators of {}, about {:.1f} s to make\n",
               plan.cells, loaded.experiment.factors.size(), plan.number, megabytes(plan.bytes),
               plan.seconds);
  };
  Model model{loaded.experiment, cache ? &*cache : nullptr, announce};
  if (cache && cache->found() > 0) {
    fmt::print(stderr, "  cache    {} of {} sets of propagators from {}\n", cache->found(),
               cache->found() + cache->kept(), folder->string());
  }
  return model;
}

RunRequest make_request(RunOptions const& options, std::optional<Tick> until, Progress& progress) {
  RunRequest request{{options.output_path()}, until, options.command_line};
  request.progress = [&](Tick now, std::int64_t steps) { progress.update(now, steps); };
  std::optional<std::chrono::duration<double>> limit;
  if (!options.max_walltime.empty()) limit = duration_option("--max-walltime", options.max_walltime);
  request.interrupted = [limit] { return stop_reason(limit).has_value(); };
  request.checkpoint_every = duration_option("--checkpoint-every", options.checkpoint_every);
  request.keep_checkpoint = options.keep_checkpoint;
  return request;
}

ExitCode report_end(RunOptions const& options, RunResult const& result, double seconds) {
  auto const path = options.output_path();
  if (result.ending == Ending::interrupted) {
    spdlog::info("{}: stopped at {} after {:.1f} s; the same command goes on from there", path.string(),
                 to_string(result.time), seconds);
    return ExitCode::stopped;
  }
  spdlog::info("{}: done in {:.1f} s, state {}", path.string(), seconds, to_string(result.state));
  if (result.uncompressed) spdlog::warn("{}: {}: {}", path.string(), kNotCompressed, *result.uncompressed);
  fmt::print("{}", outcome_table({{path.stem().string(), result.outcomes}}));
  return ExitCode::done;
}

/// Warns when another program saved the state that the run sets out from.
void warn_of_revision(LoadedExperiment const& loaded) {
  if (!loaded.start || loaded.start->git_sha1 == git_revision()) return;
  spdlog::warn("{}: was saved by revision {} of the program, this is {}", loaded.start->checkpoint.string(),
               loaded.start->git_sha1, git_revision());
}

ExitCode simulate_and_report(RunOptions const& options, LoadedExperiment const& loaded,
                             CpuCount const& cpus) {
  fmt::print(stderr, "{}: {}\n", options.file, loaded.experiment.title);
  auto const earlier = options.earlier(loaded);
  std::optional<RunLock> lock;
  if (!options.dry_run) {
    lock.emplace(options.output_path());
    // Another process may have come to the end since.
    if (already_done(earlier)) return ExitCode::done;
  }
  auto const checkpoint = checkpoint_to_use(earlier);
  auto const model = make_model(loaded);
  auto const until = until_option(options.until, loaded, model);
  if (until && has_come_to(earlier, *until)) return ExitCode::done;
  auto found = checkpoint ? go_on(earlier, *checkpoint, model) : std::nullopt;
  auto const goes_on = found.has_value();
  auto start = goes_on ? std::move(*found) : first_start(loaded, model);
  auto const plan = plan_run(loaded, model, start, until.value_or(model.end()));
  print_plan(plan, options.output_path(), model, cpus);
  if (!goes_on && loaded.start) {
    warn_of_revision(loaded);
    fmt::print(stderr, "  setting out from {}, {}\n", loaded.start->from, to_string(start.organism.now));
  }
  if (goes_on) fmt::print(stderr, "  going on from {}\n", to_string(start.organism.now));
  check_room(options.output_path(), plan.size);
  if (options.dry_run) return ExitCode::done;
  auto const begin = std::chrono::steady_clock::now();
  Progress progress{progress_style(options.progress), start.organism.now, until.value_or(model.end()),
                    start.steps, plan.steps};
  auto const request = make_request(options, until, progress);
  try {
    auto const result = simulate(loaded, model, std::move(start), request);
    progress.finish();
    return report_end(options, result, seconds_since(begin));
  } catch (FileError const&) {
    progress.finish();
    tell_where_to_go_on(earlier);
    throw;
  }
}

/// `--seed` as an override of the file's. It is read as text, since the command-line library lets overflows
/// pass.
std::string seed_override(std::string const& text) {
  std::int64_t seed = -1;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (error != std::errc{} || end != text.data() + text.size() || seed < 0) {
    throw UsageError{fmt::format("--seed: '{}' is no whole number from 0 to {}", text,
                                 std::numeric_limits<std::int64_t>::max())};
  }
  return fmt::format("seed={}", seed);
}

/// A bare transport graph instead of an organism.
ExitCode run_graph(RunOptions const& options) {
  if (!options.max_walltime.empty() || options.keep_checkpoint) {
    throw UsageError{
        "--max-walltime, --keep-checkpoint: are for experiments with an organism; this one is short"};
  }
  if (!options.until.empty()) {
    throw UsageError{
        "--until: is for experiments with an organism; shorten this one with --set graph.duration=..."};
  }
  auto const loaded = load_graph_experiment(options.file, options.sets, config_search_path());
  if (!options.dry_run && already_done(options.earlier(loaded))) return ExitCode::done;
  std::optional<RunLock> lock;
  if (!options.dry_run) {
    check_writable(options.output_path());
    lock.emplace(options.output_path());
  }
  auto const cpus = available_cpus(options.threads);
  fmt::print(stderr, "{}: {}\n", options.file, loaded.experiment.title);
  auto const size = expected_size(loaded);
  print_graph_plan(loaded.experiment, size, options.output_path(), cpus);
  check_room(options.output_path(), size);
  if (options.dry_run) return ExitCode::done;
  auto const folder = cache_folder();
  std::optional<PropagatorCache> cache;
  if (folder) cache.emplace(*folder);
  auto const start = std::chrono::steady_clock::now();
  std::string state;
  Workers workers{cpus.number};
  workers.run([&] {
    state = simulate_graph(loaded, {options.output_path(), options.command_line, cache ? &*cache : nullptr});
  });
  spdlog::info("{}: done in {:.1f} s, state {}", options.output_path().string(), seconds_since(start), state);
  return ExitCode::done;
}

void check_output(RunOptions const& options) {
  std::error_code missing;
  if (!fs::equivalent(options.output_path(), options.file, missing)) return;
  throw UsageError{fmt::format("{}: is the experiment itself; name another output with -o", options.file)};
}

ExitCode run(RunOptions options) {
  if (!options.seed.empty()) options.sets.push_back(seed_override(options.seed));
  if (!options.max_walltime.empty()) duration_option("--max-walltime", options.max_walltime);
  duration_option("--checkpoint-every", options.checkpoint_every);
  check_output(options);
  expect_experiment(options.file);
  if (is_graph_experiment(options.file)) return run_graph(options);
  remember_signals();
  auto const loaded = load_experiment(options.file, options.sets, config_search_path());
  if (!options.dry_run && already_done(options.earlier(loaded))) return ExitCode::done;
  auto const cpus = available_cpus(options.threads);
  Workers workers{cpus.number};
  auto code = ExitCode::done;
  workers.run([&] { code = simulate_and_report(options, loaded, cpus); });
  return code;
}

}  // namespace

VerbEntry add_run(CLI::App& program, std::vector<std::string> const& arguments) {
  auto* command = program.add_subcommand("run", "Run one experiment and write its results");
  auto options = std::make_shared<RunOptions>();
  options->command_line = shell_command(arguments);
  command->add_option("FILE", options->file, "experiment (TOML)")->required();
  command
      ->add_option("-o,--output", options->output, "results file (HDF5); default: FILE's name with .h5, here")
      ->type_name("OUT.h5");
  command->add_option("--seed", options->seed, "seed of all random numbers, instead of the file's")
      ->type_name("N");
  command->add_option("--threads", options->threads, "threads; default: the CPUs this process really has")
      ->check(CLI::Range(1, 4096));
  command->add_option("--set", options->sets, "override a key of the file; may be given again")
      ->type_name("KEY=VALUE");
  command->add_option("--until", options->until, "stop early, such as \"day 7\" or \"day 3 08:00\"")
      ->type_name("TIME");
  command
      ->add_option("--max-walltime", options->max_walltime,
                   "stop after this time with a checkpoint and exit code 75, such as \"23 h\"")
      ->type_name("TIME");
  command
      ->add_option("--checkpoint-every", options->checkpoint_every,
                   "wall time between checkpoints, beside those of every stop")
      ->capture_default_str()
      ->type_name("TIME");
  command->add_flag("--keep-checkpoint", options->keep_checkpoint,
                    "keep that of the end too, for other experiments to start from");
  command->add_flag("--overwrite", options->overwrite,
                    "replace an existing output, and start anew where a stopped run cannot go on");
  command->add_flag("--dry-run", options->dry_run, "print the plan and write nothing");
  command->add_option("--progress", options->progress, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN");
  command->footer(
      "Example: myoaxis run configs/experiments/endurance.toml -o endurance.h5 --set organism.age=\"20 "
      "weeks\"\n"
      "A signal (SIGINT, SIGTERM, SIGUSR1) stops the run with a checkpoint; the same command goes on from "
      "it, as "
      "it does after a crash.\n"
      "Exit codes: 0 done; 1 output cannot be written, or an invariant broke; 2 command or configuration "
      "wrong; 75 stopped, run again to go on");
  return {command, [options] { return run(*options); }};
}

}  // namespace myoaxis

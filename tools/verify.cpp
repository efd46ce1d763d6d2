#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <memory>

#include "io/cache/propagator_cache.h"
#include "io/verification/verification.h"
#include "tools/available_cpus.h"
#include "tools/common.h"
#include "tools/until.h"

namespace myoaxis {
namespace {

struct VerifyOptions {
  std::string file;
  std::vector<std::string> sets;
  std::string until;
  std::optional<int> threads;
};

/// The first output time at which two paths differ.
std::size_t first_unequal(StatePath const& one, StatePath const& other) {
  std::size_t i = 0;
  while (i < std::min(one.states.size(), other.states.size()) && one.states[i] == other.states[i]) ++i;
  return i;
}

void print_difference(Verification const& verification, Way const& one, Way const& other,
                      StatePath const& path_of_one, StatePath const& path_of_other) {
  auto const row = first_unequal(path_of_one, path_of_other);
  if (row < path_of_one.times.size())
    fmt::print("  first output time that differs: {}\n", to_string(path_of_one.times[row]));
  auto const found = verification.find_difference(one, other, path_of_one, path_of_other);
  if (!found) {
    fmt::print("  gone when run once more, step by step{}\n",
               other.writes_results ? " and without results: writing them changes the run"
                                    : ": the result depends on chance");
    return;
  }
  auto const& where = found->where;
  fmt::print(
      "  first step that differs: up to {}\n  population: {}, column: {}, agent (row): {}\n  values: {} and "
      "{}\n",
      to_string(found->time), where.part.empty() ? "organism" : where.part, where.column, where.row,
      where.one, where.other);
}

ExitCode verify(VerifyOptions const& options) {
  expect_experiment(options.file);
  auto const loaded = load_experiment(options.file, options.sets, config_search_path());
  auto const folder = cache_folder();
  std::optional<PropagatorCache> cache;
  if (folder) cache.emplace(*folder);
  Model const model{loaded.experiment, cache ? &*cache : nullptr};
  auto const until = until_option(options.until, loaded, model);
  Verification const verification{loaded, model, std::min(until.value_or(model.end()), model.end())};
  auto const ways = verification.ways(std::max(2, available_cpus(options.threads).number));
  auto const reference = verification.run(ways.front());
  fmt::print("{:<32} {:<34} {}\n", "way", "state at the end", "verdict");
  fmt::print("{:<32} {:<34} reference, {} output times\n", ways.front().name,
             to_string(reference.states.back()), reference.states.size());
  auto code = ExitCode::done;
  for (std::size_t i = 1; i < ways.size(); ++i) {
    auto const path = verification.run(ways[i]);
    auto const same = path.states == reference.states && path.times == reference.times &&
                      path.recorded == reference.recorded;
    fmt::print("{:<32} {:<34} {}\n", ways[i].name, to_string(path.states.back()), same ? "same" : "DIFFERS");
    if (same) continue;
    code = ExitCode::failed;
    if (path.states == reference.states && path.times == reference.times)
      fmt::print("  the states are the same; means or counts of the outcomes differ\n");
    else
      print_difference(verification, ways.front(), ways[i], reference, path);
  }
  return code;
}

}  // namespace

VerbEntry add_verify(CLI::App& program) {
  auto* command = program.add_subcommand(
      "verify",
      "Show that an experiment has one result: on any number of threads, written or not, restarted or not");
  auto options = std::make_shared<VerifyOptions>();
  command->add_option("FILE", options->file, "experiment (TOML)")->required();
  command->add_option("--set", options->sets, "KEY=VALUE, overrides the file; may be given again")
      ->type_name("KEY=VALUE");
  command->add_option("--until", options->until, "compare no further than this, such as \"day 7\"")
      ->type_name("TIME");
  command->add_option("--threads", options->threads, "most threads to try, at least 2; default: all CPUs")
      ->check(CLI::Range(2, 4096));
  command->footer(
      "Example: myoaxis verify configs/experiments/endurance.toml --set scale.preset=quick --until \"day "
      "2\"\n"
      "The state is compared at each output time, by a fingerprint of every bit of it.\n"
      "Exit codes: 0 all the same; 1 a difference, whose first time, population, agent and column are "
      "printed");
  return {command, [options] { return verify(*options); }};
}

}  // namespace myoaxis

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/clock.h"
#include "io/batch/batch_index.h"
#include "io/hdf5/reader.h"
#include "io/results/run_outcomes.h"
#include "io/results/run_view.h"
#include "io/run/run_file.h"
#include "io/run/run_lock.h"
#include "io/run/run_paths.h"
#include "tools/common.h"
#include "tools/follow.h"
#include "tools/layout.h"
#include "tools/outcome_table.h"

namespace myoaxis {
namespace {

using Json = nlohmann::ordered_json;

struct RunInfo {
  std::string path;
  std::string title, status, date, revision, state_hash, sha256;
  std::int64_t seed = 0, subject = 0;
  std::optional<double> time;
  bool written_now = false;
  std::vector<std::string> groups;
  std::vector<Outcome> outcomes;
};

/// A batch has many runs, which other verbs take together.
void refuse_batch_folder(std::filesystem::path const& path) {
  auto const folder = std::filesystem::is_directory(path) ? path : path.parent_path();
  if (!is_index(folder / "index.h5") || (path != folder && path.filename() != "index.h5")) return;
  throw UsageError{
      fmt::format("{0}: is of a batch; its runs are {1}/runs/*.h5 ('myoaxis compare {1}' and 'report {1}' "
                  "take all of them)",
                  path.string(), folder.string())};
}

/// The file itself or, while it is not there yet, the one that becomes it.
std::string existing_file(std::string const& path) {
  auto const partial = RunPaths{path}.partial();
  refuse_batch_folder(path);
  if (std::filesystem::exists(path)) return path;
  if (std::filesystem::exists(partial)) return partial.string();
  throw UsageError{fmt::format("{}: no such file, nor {}", path, partial.filename().string())};
}

RunInfo read_info(std::string const& named) {
  auto const path = existing_file(named);
  auto const file = open_results(path);
  auto const text = [&](char const* name) { return file.text_attribute("/", name).value_or(""); };
  if (text("format") != kFormatName) throw UsageError{fmt::format("{}: is no results file of myoaxis", path)};
  RunInfo info;
  info.path = path;
  info.title = text("title");
  info.status = text("status");
  info.date = text("date_created");
  info.revision = text("git_sha1");
  info.state_hash = text("state_hash");
  info.sha256 = text("config_sha256");
  info.seed = file.integer_attribute("/", "seed").value_or(0);
  info.subject = file.integer_attribute("/", "subject").value_or(0);
  info.written_now = is_being_written(output_of(path));
  // A run that goes on has the time at which it was stopped before.
  info.time = info.status == "running" ? newest_time(file) : file.number_attribute("/", "time");
  info.groups = file.groups();
  info.outcomes = read_outcomes(file);
  return info;
}

Json to_json(RunInfo const& info) {
  Json json{{"file", info.path}, {"status", info.status}};
  if (info.time) json["time"] = *info.time;
  json.update({{"seed", info.seed},
               {"subject", info.subject},
               {"git_sha1", info.revision},
               {"state_hash", info.state_hash},
               {"config_sha256", info.sha256},
               {"groups", info.groups}});
  auto& outcomes = json["outcomes"] = Json::array();
  for (auto const& outcome : info.outcomes) {  // NaN becomes null
    outcomes.push_back({{"name", outcome.name}, {"value", outcome.value}, {"unit", outcome.unit}});
  }
  return json;
}

void print_for_people(std::vector<RunInfo> const& runs) {
  std::vector<OutcomeColumn> columns;
  for (auto const& run : runs) {
    fmt::print("{}: {}\n", run.path, run.title);
    auto const left = run.status == "running" && !run.written_now;
    fmt::print("  status {}{}", run.status, left ? ", though no program here writes it," : "");
    if (run.time) fmt::print(" at {}", to_string(Tick{static_cast<std::int64_t>(*run.time)}));
    fmt::print(", seed {}, subject {}, created {}\n", run.seed, run.subject, run.date);
    fmt::print("  configuration {}, state {}, revision {}\n", run.sha256.substr(0, 12), run.state_hash,
               run.revision.substr(0, 12));
    std::string groups;
    for (auto const& group : run.groups) groups += " /" + group;
    fmt::print("  groups{}\n\n", groups);
    columns.push_back({std::filesystem::path{run.path}.stem().string(), run.outcomes});
  }
  fmt::print("{}", outcome_table(columns));
  auto const is_open = [](RunInfo const& run) { return run.status == "running"; };
  if (std::ranges::any_of(runs, is_open))
    fmt::print("Outcomes are written when a run ends or is stopped; until then they are '-'.\n");
}

}  // namespace

VerbEntry add_info(CLI::App& program) {
  auto* command =
      program.add_subcommand("info", "Show what a results file holds; outcomes of several side by side");
  struct Options {
    std::vector<std::string> files;
    bool json = false;
    bool follow = false;
    bool layout = false;
    std::string every = "1 s";
  };
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->files, "results file (HDF5)")->required();
  command->add_flag("--json", options->json, "print JSON: an object, or an array for several files");
  command->add_flag("--follow", options->follow, "watch the run while it goes on, until it ends or ctrl-C");
  command->add_flag("--layout", options->layout,
                    "print every group and data set with unit and meaning, as Markdown");
  command->add_option("--every", options->every, "wall time between looks of --follow")
      ->capture_default_str()
      ->type_name("TIME");
  command->footer(
      "Example: myoaxis info sedentary.h5 endurance.h5\n"
      "         myoaxis info endurance.h5 --follow\n"
      "While OUT.h5 is not there, OUT.h5.partial is taken, which the run writes.");
  return {command, [options] {
            auto const every = duration_option("--every", options->every);
            if (options->follow) {
              if (options->files.size() > 1) throw UsageError{"--follow: watches one file at a time"};
              if (options->json) throw UsageError{"--follow: shows a view for people; leave out --json"};
              return follow(options->files.front(), every.count());
            }
            if (options->layout) {
              for (auto const& file : options->files)
                fmt::print("{}", layout_page(open_results(existing_file(file))));
              return ExitCode::done;
            }
            std::vector<RunInfo> runs;
            for (auto const& file : options->files) runs.push_back(read_info(file));
            if (!options->json) {
              print_for_people(runs);
              return ExitCode::done;
            }
            Json all = Json::array();
            for (auto const& run : runs) all.push_back(to_json(run));
            fmt::print("{}\n", (runs.size() == 1 ? all[0] : all).dump(2));
            return ExitCode::done;
          }};
}

}  // namespace myoaxis

#include <fmt/core.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>

#include "io/batch/batch_index.h"
#include "io/batch/sensitivity_plan.h"
#include "io/config/key_pattern.h"
#include "io/results/run_outcomes.h"
#include "io/run/disk_space.h"
#include "io/whole_file.h"
#include "tools/batch_report.h"
#include "tools/batch_run.h"
#include "tools/common.h"
#include "tools/sensitivity_table.h"
#include "tools/terminal.h"

namespace myoaxis {
namespace {

using Json = nlohmann::ordered_json;

struct SensitivityOptions {
  std::string file;
  std::string folder;
  std::vector<std::string> sets;
  std::string method;
  std::optional<std::size_t> trajectories;
  std::optional<std::size_t> samples;
  std::vector<std::string> parameters;
  std::vector<std::string> except;
  std::vector<std::string> statuses;
  std::vector<std::string> outcomes;
  std::size_t rows = 15;
  std::string json;
  bool dry_run = false;
  BatchRunOptions run;
};

/// The section of the file, as the command line changes it.
SensitivityParams wanted(SensitivityOptions const& options, SensitivityParams params) {
  if (options.method == "morris") params.method = SensitivityMethod::morris;
  if (options.method == "sobol") params.method = SensitivityMethod::sobol;
  if (options.trajectories) params.trajectories = *options.trajectories;
  if (options.samples) params.samples = *options.samples;
  if (!options.parameters.empty()) params.parameters = options.parameters;
  if (!options.except.empty()) params.except = options.except;
  if (!options.statuses.empty()) params.statuses = options.statuses;
  if (!options.outcomes.empty()) params.outcomes = options.outcomes;
  if (auto const problems = problems_of(params); !problems.empty())
    throw UsageError{fmt::format("{}", fmt::join(problems, "; "))};
  return params;
}

SensitivityPlan plan_of(SensitivityOptions const& options, BatchParams const& batch) {
  auto const params = wanted(options, batch.sensitivity);
  auto const& all = batch.arms[batch.reference].parameters;
  Diagnostics diagnostics;
  auto const chosen = choose_parameters(params, all, {options.file}, diagnostics);
  for (auto const& one : chosen) {
    auto const arm = arm_without(batch, one.parameter.key);
    if (!arm) continue;
    diagnostics.add({options.file}, fmt::format("parameters: the arm '{}' has no {}; name it in `except`",
                                                *arm, one.parameter.key));
  }
  for (auto const& pattern : params.outcomes) {
    auto const problem = outcome_problem(batch, pattern, OutcomeText::pattern);
    if (problem) diagnostics.add({options.file}, fmt::format("outcomes: {}", *problem));
  }
  diagnostics.throw_if_any();
  return plan_sensitivity(params, chosen, all);
}

/// Each run of the design in every arm; runs of one luck are the same subject.
BatchPlan runs_of(SensitivityPlan const& plan, BatchParams& batch) {
  batch.points.clear();
  batch.highest_extraction = plan.params.highest_extraction;
  std::vector<std::size_t> arms(batch.arms.size());
  for (std::size_t arm = 0; arm < arms.size(); ++arm) arms[arm] = arm;
  if (batch.variation) {
    std::vector<std::string> keys;
    for (auto const& setting : plan.runs.front().settings) keys.push_back(setting.key);
    hold_fractions(*batch.variation, keys);
  }
  std::vector<BatchCell> cells;
  for (auto const& run : plan.runs) {
    cells.push_back({static_cast<std::uint64_t>(batch.first_subject) + run.luck, batch.points.size(), arms});
    batch.points.push_back(run.settings);
  }
  return plan_cells(batch, cells);
}

/// Outcomes of the finished runs, by arm and point.
class Findings {
 public:
  Findings(BatchFolder const& folder, BatchParams const& batch, BatchPlan const& plan)
      : values_(batch.arms.size(), std::vector<std::vector<Outcome>>(batch.points.size())) {
    for (auto const& run : plan.runs) {
      auto const files = folder.run(run.name);
      if (state_of_run(files) != RunState::complete) continue;
      values_[run.arm][run.point] = read_run_outcomes(files.output().string()).outcomes;
    }
  }

  /// All outcomes that any run has and a pattern names.
  std::vector<Outcome> outcomes(std::vector<std::string> const& patterns) const {
    std::vector<Outcome> all;
    for (auto const& arm : values_) {
      for (auto const& run : arm) {
        for (auto const& outcome : run) {
          if (std::ranges::find(all, outcome.name, &Outcome::name) == all.end()) all.push_back(outcome);
        }
      }
    }
    std::erase_if(all, [&](Outcome const& outcome) {
      return std::ranges::none_of(patterns,
                                  [&](auto const& pattern) { return matches(pattern, outcome.name); });
    });
    return all;
  }

  /// The outcome at each point: of the arm, or its difference from the reference.
  std::vector<double> values(std::string const& outcome, std::size_t arm, std::size_t reference) const {
    std::vector<double> values;
    for (std::size_t point = 0; point < values_[arm].size(); ++point) {
      auto const here = value(values_[arm][point], outcome);
      values.push_back(arm == reference ? here : here - value(values_[reference][point], outcome));
    }
    return values;
  }

 private:
  static double value(std::vector<Outcome> const& outcomes, std::string const& name) {
    auto const found = std::ranges::find(outcomes, name, &Outcome::name);
    return found == outcomes.end() ? std::numeric_limits<double>::quiet_NaN() : found->value;
  }
  std::vector<std::vector<std::vector<Outcome>>> values_;
};

struct ArmSensitivity {
  std::string arm;
  OutcomeSensitivity result;
};

std::vector<ArmSensitivity> analyze_all(SensitivityPlan const& plan, BatchParams const& batch,
                                        Findings const& findings) {
  std::vector<ArmSensitivity> all;
  for (auto const& outcome : findings.outcomes(plan.params.outcomes)) {
    for (std::size_t arm = 0; arm < batch.arms.size(); ++arm) {
      if (arm == batch.reference && batch.arms.size() > 1) continue;
      auto const values = findings.values(outcome.name, arm, batch.reference);
      if (std::ranges::all_of(values, [](double value) { return std::isnan(value); })) continue;
      all.push_back({batch.arms[arm].name, analyze(plan, outcome.name, outcome.unit, values)});
    }
  }
  return all;
}

Json influence_json(Influence const& influence) {
  Json json{{"parameter", influence.key}, {"status", influence.status}, {"range", influence.range}};
  if (auto const* effects = std::get_if<ElementaryEffects>(&influence.numbers)) {
    json.update({{"mu_star", effects->mu_star},
                 {"low", effects->mu_star_interval.low},
                 {"high", effects->mu_star_interval.high},
                 {"mu", effects->mu},
                 {"sigma", effects->sigma},
                 {"used", effects->used}});
  } else {
    auto const& indices = std::get<SobolIndices>(influence.numbers);
    json.update({{"total", indices.total},
                 {"low", indices.total_interval.low},
                 {"high", indices.total_interval.high},
                 {"first", indices.first},
                 {"first_low", indices.first_interval.low},
                 {"first_high", indices.first_interval.high},
                 {"used", indices.used}});
  }
  return json;
}

Json to_json(SensitivityPlan const& plan, BatchParams const& batch, std::vector<ArmSensitivity> const& all) {
  auto const morris = plan.params.method == SensitivityMethod::morris;
  Json json{{"version", 1}, {"title", batch.title}, {"method", morris ? "morris" : "sobol"}};
  auto& rows = json["indices"] = Json::array();
  for (auto const& [arm, result] : all) {
    for (auto const& influence : result.influences) {
      Json row{{"outcome", result.outcome}, {"unit", result.unit}, {"arm", arm}};
      if (batch.arms.size() > 1) row["reference"] = batch.arms[batch.reference].name;
      row.update(influence_json(influence));  // NaN becomes null
      rows.push_back(std::move(row));
    }
  }
  return json;
}

void print_tables(SensitivityOptions const& options, BatchParams const& batch,
                  std::vector<ArmSensitivity> const& all) {
  for (auto const& [arm, result] : all) {
    auto const against = batch.arms.size() > 1 ? ", minus " + batch.arms[batch.reference].name : "";
    fmt::print("{}{}\n{}\n", arm, against, sensitivity_table(result, options.rows, stdout_columns()));
  }
}

ExitCode run_sensitivity(SensitivityOptions const& options) {
  auto const search = config_search_path();
  auto batch = is_batch(options.file) ? load_batch(options.file, options.sets, search)
                                      : batch_of_experiment(options.file, options.sets, search);
  auto const plan = plan_of(options, batch);
  auto const runs = runs_of(plan, batch);
  fmt::print(stderr, "{}: {}\n  {} parameters, {} points, {} runs\n", options.file, batch.title,
             plan.varied.size(), plan.runs.size(), runs.runs.size());
  BatchFolder const folder{options.folder};
  if (options.dry_run) {
    print_estimate(folder, batch, estimate_of(folder, batch, runs),
                   share_cpus(options.run, runs.runs.size()));
    for (auto const& varied : plan.varied) fmt::print("{}\n", varied.parameter.key);
    return ExitCode::done;
  }
  folder.create();
  check_writable(folder.index());
  auto const tally = run_batch_plan(options.run, folder, batch, runs);
  write_index(folder, batch, runs);
  report_tally(folder, tally);
  if (tally.waiting > 0) return ExitCode::stopped;
  if (tally.complete == 0) {
    spdlog::error("no run is complete, so nothing is known of any outcome");
    return exit_code_of(tally);
  }
  auto const all = analyze_all(plan, batch, Findings{folder, batch, runs});
  if (all.empty())
    throw UsageError{fmt::format("no run had an occasion for the outcomes {} (name others with --outcome)",
                                 fmt::join(plan.params.outcomes, ", "))};
  auto const json = to_json(plan, batch, all);
  write_whole(folder.path() / "sensitivity.json", json.dump(2) + '\n');
  if (options.json == "-")
    fmt::print("{}\n", json.dump(2));
  else
    print_tables(options, batch, all);
  if (!options.json.empty() && options.json != "-") write_whole(options.json, json.dump(2) + '\n');
  return exit_code_of(tally);
}

}  // namespace

VerbEntry add_sensitivity(CLI::App& program) {
  auto* command = program.add_subcommand(
      "sensitivity", "Find the parameters that drive an outcome, over the ranges that they carry");
  auto options = std::make_shared<SensitivityOptions>();
  auto& o = *options;
  command->add_option("FILE", o.file, "experiment, or batch: then differences from its reference arm")
      ->required();
  command->add_option("-o,--output", o.folder, "folder of the runs")->required()->type_name("DIR");
  command->add_option("--method", o.method, "morris: which ones matter at all; sobol: shares of the variance")
      ->check(CLI::IsMember({"morris", "sobol"}))
      ->type_name("METHOD");
  command
      ->add_option("--trajectories", o.trajectories, "of morris: each takes a run more than there are inputs")
      ->type_name("N");
  command->add_option("--samples", o.samples, "of sobol: rows, each of two runs more than there are inputs")
      ->type_name("N");
  command->add_option("--parameter", o.parameters, "only these, such as \"factor.*\"; may be given again")
      ->type_name("PATTERN");
  command->add_option("--except", o.except, "not these; may be given again")->type_name("PATTERN");
  command
      ->add_option("--status", o.statuses, "only those of this status, such as assumed; may be given again")
      ->type_name("STATUS");
  command->add_option("--outcome", o.outcomes, "only these outcomes; may be given again")
      ->type_name("PATTERN");
  command->add_option("--rows", o.rows, "most rows of a table")->capture_default_str()->type_name("N");
  command->add_option("--set", o.sets, "override a key of the experiments; may be given again")
      ->type_name("KEY=VALUE");
  command->add_option("--json", o.json, "write the numbers to this file too; -: print them instead of tables")
      ->type_name("F");
  command->add_flag("--dry-run", o.dry_run,
                    "list the parameters, runs, CPU time and disk, and write nothing");
  add_batch_run_options(*command, o.run);
  command->footer(
      "Example: myoaxis sensitivity batch.toml -o screening --status assumed --parameter \"factor.bdnf.*\" "
      "\\\n"
      "           --outcome neurons_matured --trajectories 10\n"
      "The same command goes on after a stop, and adds to what is there with more trajectories or samples.\n"
      "Numbers are kept in DIR/sensitivity.json, which `report --sensitivity` takes.");
  return {command, [options] { return run_sensitivity(*options); }};
}

}  // namespace myoaxis

#include "io/report/report.h"

#include <fmt/core.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "io/hdf5/reader.h"
#include "io/report/binning.h"
#include "io/report/parameters.h"
#include "io/report/read_run.h"
#include "io/report/sensitivity.h"
#include "io/report/shared_settings.h"
#include "io/report/wording.h"
#include "tools/common.h"
#include "tools/comparison.h"
#include "tools/shell_command.h"
#include "tools/study.h"

namespace myoaxis {
namespace {

struct ReportOptions {
  std::vector<std::string> inputs;
  std::string output;
  std::string reference;
  std::vector<std::string> outcomes;
  std::string sensitivity;
  bool overwrite = false;
};

/// Two hours before a session to eight hours after its start.
constexpr double kBeforeSession = 7200, kAroundSession = 36000;
/// Rows that are farther apart than this do not resolve a session.
constexpr double kLongestRow = 900;
constexpr double kShortestBin = 300;

/// Bins around sessions as fine as the coarsest rows of the study allow; none when a run's rows are too far
/// apart, or when no run has sessions.
report::TimeBins bins_around(std::vector<report::RunTimes> const& runs) {
  std::optional<double> longest;
  for (auto const& run : runs) {
    if (run.row_length_in_session) longest = std::max(longest.value_or(0), *run.row_length_in_session);
  }
  if (!longest || *longest > kLongestRow) return {};
  auto const width = std::max(kShortestBin, *longest);
  return {-kBeforeSession, width, static_cast<std::size_t>(kAroundSession / width)};
}

/// Reads what the page shows of every run.
void read_runs(std::vector<Arm> const& arms, report::StudyRecord& study) {
  std::vector<report::RunTimes> times;
  for (auto const& arm : arms) {
    for (auto const& run : arm.runs) times.push_back(report::read_run_times(run.path));
  }
  study.begin = std::ranges::min(times, {}, &report::RunTimes::begin).begin;
  study.end = std::ranges::max(times, {}, &report::RunTimes::end).end;
  // Where all runs set out from saved baselines, no file has rows of what was before.
  auto const rows_begin = std::ranges::min(times, {}, &report::RunTimes::rows_begin).rows_begin;
  study.bins = report::bins_along(rows_begin, study.end);
  study.around_bins = bins_around(times);
  std::vector<std::string> names;
  for (auto const& arm : arms) names.push_back(arm.name);
  names = report::without_common_tail(std::move(names));
  for (auto const& arm : arms) {
    std::vector<Settings const*> settings;
    for (auto const& run : arm.runs) settings.push_back(&run.settings);
    auto [shared, varying] = report::shared_settings(settings, study.parameters);
    report::ArmRecord record{
        names[study.arms.size()], std::move(shared), {}, arm.reference, std::move(varying)};
    for (auto const& run : arm.runs)
      record.runs.push_back(report::read_run_record(run.path, study.bins, study.around_bins));
    study.arms.push_back(std::move(record));
  }
}

std::vector<report::ComparedOutcome> compared(Comparison const& comparison) {
  std::vector<report::ComparedOutcome> outcomes;
  for (auto const& outcome : comparison.outcomes) {
    report::ComparedOutcome record{outcome.name,           outcome.unit, outcome.meaning,
                                   outcome.reference_mean, {},           outcome.kind};
    for (auto const& contrast : outcome.contrasts)
      record.contrasts.push_back({contrast.result, contrast.mean, contrast.p_holm});
    outcomes.push_back(std::move(record));
  }
  return outcomes;
}

void check_outcomes(std::vector<std::string> const& wanted, report::StudyRecord const& study) {
  for (auto const& name : wanted) {
    auto const known = std::ranges::find(study.outcomes, name, &report::ComparedOutcome::name);
    if (known == study.outcomes.end() && !study.outcomes.empty()) {
      std::vector<std::string> names;
      for (auto const& outcome : study.outcomes) names.push_back(outcome.name);
      throw UsageError{
          fmt::format("--outcome: there is no '{}'; there are {}", name, fmt::join(names, ", "))};
    }
  }
}

/// The configuration that the first run of the reference holds.
std::vector<report::ParameterRecord> parameters_of(Arm const& arm) {
  auto const& path = arm.runs.front().path;
  auto const configuration = H5Reader::open(path).text_attribute("/", "config_toml").value_or("");
  return report::read_parameters(configuration, path);
}

std::vector<report::UnfinishedRun> unfinished(Study const& study) {
  std::vector<report::UnfinishedRun> runs;
  for (auto const& run : study.unfinished) {
    auto const* state = run.state == RunState::failed     ? "failed"
                        : run.state == RunState::outdated ? "of another revision of the program"
                                                          : "not done yet";
    runs.push_back({run.name, run.arm, run.subject, state, run.message});
  }
  return runs;
}

ExitCode report_study(ReportOptions const& options, std::string const& command_line) {
  report::check_report_path(options.output,
                            options.overwrite ? report::OtherFiles::replaced : report::OtherFiles::refused);
  auto const study = with_references(read_study(options.inputs), options.reference);
  if (study.arms.empty()) throw UsageError{"there is no finished run among these files; nothing to report"};
  report::StudyRecord record;
  record.title = study.title;
  record.warnings = study.warnings;
  if (study.arms.size() > 1) {
    auto const comparison = compare_arms(study.arms, {}, IntervalKind::t);
    record.outcomes = compared(comparison);
    record.warnings.insert(record.warnings.end(), comparison.warnings.begin(), comparison.warnings.end());
  }
  for (auto const& warning : record.warnings) spdlog::warn("{}", warning);
  record.unfinished = unfinished(study);
  record.command_line = command_line;
  record.panel_outcomes = options.outcomes;
  if (!options.sensitivity.empty()) {
    record.sensitivity = report::read_sensitivity(options.sensitivity);
    record.sensitivity_file = options.sensitivity;
  }
  check_outcomes(options.outcomes, record);
  record.parameters = parameters_of(study.arms[record.reference]);
  read_runs(study.arms, record);
  report::mark_varying(record);
  report::write_report(report::report_page(record), options.output);
  spdlog::info("{}: open it in a browser, or print it", options.output);
  return ExitCode::done;
}

void add_report_options(CLI::App& command, ReportOptions& options) {
  command.add_option("RUNS", options.inputs, "results files, or folders of them")
      ->required()
      ->type_name("DIR|OUT.h5");
  command.add_option("-o,--output", options.output, "the page; an earlier report there is replaced")
      ->required()
      ->type_name("FILE.html");
  command
      .add_option(
          "--reference", options.reference,
          "title of the arm that the others are compared to, or its beginning; default: in the folder "
          "of a batch its reference, else the one that begins with Sedentary, else the first")
      ->type_name("ARM");
  command
      .add_option("--outcome", options.outcomes,
                  "subjects of this outcome get a panel, instead of those usually shown; may be given again")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command
      .add_option("--sensitivity", options.sensitivity,
                  "which parameters drive the result, as JSON: they come first among those of weak evidence")
      ->type_name("FILE.json");
  command.add_flag("--overwrite", options.overwrite, "replace a file that is no report");
}

}  // namespace

VerbEntry add_report(CLI::App& program, std::vector<std::string> const& arguments) {
  auto* command = program.add_subcommand(
      "report",
      "Write a page about finished runs: what was asked, what came out, how sure that is, what it rests on.\n"
      "One HTML file that needs no network, no other file and no script, on a screen, a phone or paper.");
  auto options = std::make_shared<ReportOptions>();
  add_report_options(*command, *options);
  command->footer(
      "Example: myoaxis report results/ -o report.html\n"
      "Exit codes: 0 done; 1 a file cannot be read or written; 2 command wrong, or nothing to report");
  return {command, [options, arguments] {
            try {
              return report_study(*options, shell_command(arguments));
            } catch (report::OccupiedPath const& error) {
              throw UsageError{error.what()};
            }
          }};
}

}  // namespace myoaxis

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <map>
#include <memory>

#include "io/whole_file.h"
#include "tools/common.h"
#include "tools/comparison.h"
#include "tools/comparison_record.h"
#include "tools/comparison_table.h"
#include "tools/study.h"
#include "tools/terminal.h"

namespace myoaxis {
namespace {

struct CompareOptions {
  std::vector<std::string> inputs;
  std::string reference;
  std::vector<std::string> outcomes;
  std::string json, csv;
  IntervalKind interval_kind = IntervalKind::t;
};

void warn_of_single_runs(Comparison const& comparison) {
  auto single = comparison.reference.runs == 1;
  for (auto const& arm : comparison.arms) single = single || arm.runs == 1;
  if (single)
    spdlog::warn(
        "an arm has a single run: no interval, no p (run each experiment with several --seed, or a batch "
        "with "
        "more subjects)");
}

std::string text_for_stdout(Comparison const& comparison, CompareOptions const& options) {
  if (options.json == "-") return comparison_json(comparison);
  if (options.csv == "-") return comparison_csv(comparison);
  return comparison_table(comparison, stdout_columns());
}

ExitCode compare(CompareOptions const& options) {
  if (options.json == "-" && options.csv == "-")
    throw UsageError{"--json - and --csv - cannot both go to stdout; name a file for one of them"};
  auto const study = with_references(read_study(options.inputs), options.reference);
  for (auto const& warning : study.warnings) spdlog::warn("{}", warning);
  auto const& arms = study.arms;
  if (arms.empty()) throw UsageError{"there is no finished run among these files; nothing to compare"};
  if (arms.size() == 1) {
    throw UsageError{fmt::format(
        "all {} runs are of one arm, '{}'; a comparison takes two, such as an experiment and its control",
        arms.front().runs.size(), arms.front().name)};
  }
  auto const comparison = compare_arms(arms, options.outcomes, options.interval_kind);
  for (auto const& warning : comparison.warnings) spdlog::warn("{}", warning);
  warn_of_single_runs(comparison);
  if (!options.json.empty() && options.json != "-") write_whole(options.json, comparison_json(comparison));
  if (!options.csv.empty() && options.csv != "-") write_whole(options.csv, comparison_csv(comparison));
  fmt::print("{}", text_for_stdout(comparison, options));
  return ExitCode::done;
}

}  // namespace

VerbEntry add_compare(CLI::App& program) {
  auto* command = program.add_subcommand(
      "compare",
      "Compare the outcomes of finished runs between arms: experiments that differ in more than seed and\n"
      "subject. The run is the unit of replication; runs of equal seed and subject are paired. For each "
      "outcome\n"
      "and arm: difference with 95 % interval, Hedges' g, p by permutation after Holm for the outcomes\n"
      "compared, for readings of assays apart (with n pairs p is at least 2^(1-n)), how often the arm is "
      "above the reference, what "
      "pairing\n"
      "saves, and how many more subjects would settle it. tools/COMPARE.md explains each.");
  auto options = std::make_shared<CompareOptions>();
  std::map<std::string, IntervalKind> const kinds{{"t", IntervalKind::t},
                                                  {"bootstrap", IntervalKind::bootstrap}};
  command->add_option("RUNS", options->inputs, "results files, or folders of them")
      ->required()
      ->type_name("DIR|OUT.h5");
  command
      ->add_option("--reference", options->reference,
                   "title of the arm that the others are compared to, or its beginning; default: in the "
                   "folder of a batch "
                   "its reference, else the one that begins with Sedentary, else the first")
      ->type_name("ARM");
  command
      ->add_option(
          "--outcome", options->outcomes,
          "only this outcome or reading of an assay, or those of a pattern such as 'draw.*'; may be given "
          "again")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command
      ->add_option("--interval", options->interval_kind,
                   "95 % interval that is shown, t (Student's, Welch's; the default) or bootstrap (makes no "
                   "normal distribution a premise; from 5 pairs or runs an arm on)")
      ->type_name("KIND")
      ->transform(CLI::CheckedTransformer(kinds, CLI::ignore_case).description(""));
  command
      ->add_option("--csv", options->csv,
                   "write a row an outcome and arm to a file; -: to stdout, instead of "
                   "the table")
      ->type_name("FILE");
  command->add_option("--json", options->json, "write JSON to a file; -: to stdout, instead of the table")
      ->type_name("FILE");
  command->footer(
      "Example: myoaxis compare results/ --reference Sedentary --outcome neurons_matured --json -\n"
      "Exit codes: 0 done; 1 a file cannot be read or written; 2 command wrong, or nothing to compare");
  return {command, [options] { return compare(*options); }};
}

}  // namespace myoaxis

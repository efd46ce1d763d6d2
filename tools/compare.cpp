#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "io/hdf5/error.h"
#include "tools/common.h"
#include "tools/comparison.h"
#include "tools/comparison_table.h"
#include "tools/study.h"
#include "tools/terminal.h"

namespace myoaxis {
namespace {

using Json = nlohmann::ordered_json;

struct CompareOptions {
  std::vector<std::string> inputs;
  std::string reference;
  std::vector<std::string> outcomes;
  std::string json;
};

void warn_of_single_runs(Comparison const& comparison) {
  auto single = comparison.reference.runs == 1;
  for (auto const& arm : comparison.arms) single = single || arm.runs == 1;
  if (single)
    spdlog::warn("an arm has a single run: no interval, no p (run each experiment with several --seed)");
}

Json to_json(Comparison const& comparison) {
  Json json{{"version", 1}};
  auto& rows = json["outcomes"] = Json::array();
  for (auto const& outcome : comparison.outcomes) {
    for (std::size_t i = 0; i < outcome.contrasts.size(); ++i) {
      auto const& [result, mean, p_holm] = outcome.contrasts[i];
      rows.push_back({{"name", outcome.name},  // NaN becomes null
                      {"unit", outcome.unit},
                      {"arm", comparison.arms[i].name},
                      {"reference", comparison.reference.name},
                      {"mean", mean},
                      {"reference_mean", result.reference_mean},
                      {"difference", result.difference},
                      {"low", result.low},
                      {"high", result.high},
                      {"hedges_g", result.hedges_g},
                      {"p", result.p},
                      {"p_holm", p_holm},
                      {"n", result.n},
                      {"n_reference", result.n_reference},
                      {"left_out", result.left_out},
                      {"paired", result.pairing == Pairing::paired}});
    }
  }
  return json;
}

void write_json(Comparison const& comparison, std::string const& path) {
  std::ofstream file{path};
  file << to_json(comparison).dump(2) << '\n';
  file.close();
  if (!file) throw FileError{path, "cannot be written", "is its folder there and writable?"};
}

ExitCode compare(CompareOptions const& options) {
  auto const study = read_study(options.inputs);
  for (auto const& warning : study.warnings) spdlog::warn("{}", warning);
  auto const& arms = study.arms;
  if (arms.empty()) throw UsageError{"there is no finished run among these files; nothing to compare"};
  auto const reference = reference_arm(arms, options.reference);
  if (arms.size() == 1) {
    throw UsageError{fmt::format(
        "all {} runs are of one arm, '{}'; a comparison takes two, such as an experiment and its control",
        arms.front().runs.size(), arms.front().name)};
  }
  auto const comparison = compare_arms(arms, reference, options.outcomes);
  warn_of_single_runs(comparison);
  if (!options.json.empty() && options.json != "-") write_json(comparison, options.json);
  if (options.json == "-")
    fmt::print("{}\n", to_json(comparison).dump(2));
  else
    fmt::print("{}", comparison_table(comparison, stdout_columns()));
  return ExitCode::done;
}

}  // namespace

VerbEntry add_compare(CLI::App& program) {
  auto* command = program.add_subcommand(
      "compare",
      "Compare the outcomes of finished runs between arms: experiments that differ in more than seed and\n"
      "subject. The run is the unit of replication; runs of equal seed and subject are paired. Intervals: 95 "
      "%,\n"
      "Student's t or Welch. JSON has Hedges' g and p by permutation, alone and after Holm for the outcomes\n"
      "compared; with n pairs p is at least 2^(1-n).");
  auto options = std::make_shared<CompareOptions>();
  command->add_option("RUNS", options->inputs, "results files, or folders of them")
      ->required()
      ->type_name("DIR|OUT.h5");
  command
      ->add_option(
          "--reference", options->reference,
          "title of the arm that the others are compared to, or its beginning; default: the one that "
          "begins with Sedentary, else the first")
      ->type_name("ARM");
  command->add_option("--outcome", options->outcomes, "only this outcome; may be given again")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command->add_option("--json", options->json, "write JSON to a file; -: to stdout, instead of the table")
      ->type_name("FILE");
  command->footer(
      "Example: myoaxis compare results/ --reference Sedentary --outcome neurons_matured --json -\n"
      "Exit codes: 0 done; 1 a file cannot be read or written; 2 command wrong, or nothing to compare");
  return {command, [options] { return compare(*options); }};
}

}  // namespace myoaxis

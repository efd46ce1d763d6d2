#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/parallel.h"
#include "io/cache/propagator_cache.h"
#include "io/config/diagnostics.h"
#include "io/hdf5/error.h"
#include "io/validation/evaluation.h"
#include "tools/available_cpus.h"
#include "tools/common.h"
#include "tools/terminal.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr char const* kFolder = "validation";

struct ValidateOptions {
  std::vector<std::string> ids;
  std::string json;
  std::optional<int> threads;
  bool list = false;
};

/// The file of a finding: as all pieces are looked up, beside the current folder first.
fs::path file_of(std::string const& id, SearchPath const& search) {
  for (auto const& candidate : search.candidates(kFolder, id, fs::path{"."})) {
    if (is_readable_kind(candidate)) return candidate.lexically_normal();
  }
  throw UsageError{fmt::format("there is no finding '{}'{} (--list shows all)", id,
                               did_you_mean(id, search.names(kFolder, fs::path{"."})))};
}

std::vector<fs::path> chosen_files(std::vector<std::string> ids, SearchPath const& search) {
  if (ids.empty()) ids = search.names(kFolder, fs::path{"."});
  if (ids.empty()) throw UsageError{"there is no finding: the folder validation/ is empty"};
  std::vector<fs::path> files;
  for (auto const& id : ids) {
    auto const file = file_of(id, search);
    if (std::find(files.begin(), files.end(), file) == files.end()) files.push_back(file);
  }
  return files;
}

std::string_view kind_name(std::optional<FindingKind> kind) {
  return kind ? kFindingKinds[static_cast<std::size_t>(*kind)] : std::string_view{"-"};
}

std::string_view verdict_name(Verdict verdict) { return kVerdicts[static_cast<std::size_t>(verdict)]; }

ExitCode list_findings(std::vector<fs::path> const& files) {
  auto code = ExitCode::done;
  for (auto const& file : files) {
    try {
      auto const finding = load_finding(file);
      fmt::print("{:<6} {:<13} {}\n", finding.id, kind_name(finding.kind), finding.title);
    } catch (ConfigError const& error) {
      fmt::print(stderr, "{}\n", error.what());
      code = ExitCode::wrong_input;
    }
  }
  return code;
}

/// "50 (40 to 60)", "1 (at least 1)".
std::string published_text(ValidationTarget const& target) {
  auto const low = std::isfinite(target.low), high = std::isfinite(target.high);
  auto const range = low && high ? fmt::format("{:.5g} to {:.5g}", target.low, target.high)
                     : low       ? fmt::format("at least {:.5g}", target.low)
                                 : fmt::format("at most {:.5g}", target.high);
  return fmt::format("{:.5g} ({})", target.published, range);
}

using TargetRow = std::array<std::string, 7>;

TargetRow row_of(ComparedTarget const& each) {
  auto const& target = each.target;
  auto const read = each.kind.has_value();
  return {each.id,
          read ? target.quantity : "-",
          read ? published_text(target) : "-",
          each.simulated ? fmt::format("{:.4g}", *each.simulated) : "-",
          read ? target.unit : "-",
          std::string{verdict_name(each.verdict)},
          std::string{kind_name(each.kind)}};
}

void print_table(std::vector<ComparedTarget> const& compared) {
  std::vector<TargetRow> rows{{"id", "quantity", "published", "simulated", "unit", "verdict", "kind"}};
  for (auto const& each : compared) rows.push_back(row_of(each));
  std::array<std::size_t, std::tuple_size_v<TargetRow>> width{};
  for (auto const& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) width[i] = std::max(width[i], text_columns(row[i]));
  }
  for (auto const& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      if (i + 1 < row.size()) line += std::string(width[i] - text_columns(row[i]) + 2, ' ');
    }
    fmt::print("{}\n", line);
  }
}

/// How many of each kind pass, fail and are errors: the three kinds say different things.
void print_summary(std::vector<ComparedTarget> const& compared) {
  auto const print = [&](std::optional<FindingKind> kind, std::string_view name) {
    std::array<std::size_t, kVerdicts.size()> number{};
    for (auto const& each : compared) {
      if (each.kind == kind) ++number[static_cast<std::size_t>(each.verdict)];
    }
    if (number[0] + number[1] + number[2] == 0) return;
    fmt::print("{}: {} of {} pass, {} fail, {} errors\n", name, number[0], number[0] + number[1] + number[2],
               number[1], number[2]);
  };
  fmt::print("\n");
  for (std::size_t i = 0; i < kFindingKinds.size(); ++i) print(static_cast<FindingKind>(i), kFindingKinds[i]);
  print({}, "not readable");
}

Json number_or_null(double number) { return std::isfinite(number) ? Json(number) : Json(nullptr); }

Json json_of(ComparedTarget const& each) {
  auto const& target = each.target;
  auto const read = each.kind.has_value();
  Json json{{"id", each.id},
            {"kind", read ? Json(kind_name(each.kind)) : Json(nullptr)},
            {"verdict", verdict_name(each.verdict)},
            {"published", read ? Json(target.published) : Json(nullptr)},
            {"simulated", each.simulated ? Json(*each.simulated) : Json(nullptr)},
            {"unit", target.unit},
            {"quantity", target.quantity},
            {"low", number_or_null(target.low)},
            {"high", number_or_null(target.high)},
            {"source", each.sources}};
  if (!each.message.empty()) json["message"] = each.message;
  return json;
}

Json json_of(std::vector<ComparedTarget> const& compared) {
  Json targets = Json::array();
  for (auto const& each : compared) targets.push_back(json_of(each));
  return {{"version", 1}, {"targets", targets}};
}

/// Writes aside and renames, so that a file is whole or not there.
void write_json(std::vector<ComparedTarget> const& compared, fs::path const& path) {
  auto partial = path;
  partial += ".partial";
  std::ofstream file{partial};
  file << json_of(compared).dump(2) << '\n';
  file.close();
  std::error_code error;
  if (file) fs::rename(partial, path, error);
  if (file && !error) return;
  std::error_code ignored;
  fs::remove(partial, ignored);
  throw FileError{path.string(), "cannot be written", "is its folder there and writable?"};
}

std::vector<ComparedTarget> evaluate_all(std::vector<fs::path> const& files, SearchPath const& search) {
  auto const folder = cache_folder();
  std::optional<PropagatorCache> cache;
  if (folder) cache.emplace(*folder);
  EvaluationTools const tools{
      search, cache ? &*cache : nullptr,
      [](std::string const& id, std::string const& run) { fmt::print(stderr, "  {}: run {}\n", id, run); }};
  std::vector<ComparedTarget> all;
  for (auto const& file : files) {
    auto compared = evaluate(file, tools);
    for (auto const& each : compared) {
      if (!each.message.empty()) spdlog::error("{}: {}", each.id, each.message);
    }
    std::move(compared.begin(), compared.end(), std::back_inserter(all));
  }
  return all;
}

ExitCode validate(ValidateOptions const& options) {
  auto const search = config_search_path();
  auto const files = chosen_files(options.ids, search);
  if (options.list) return list_findings(files);
  std::vector<ComparedTarget> compared;
  Workers workers{available_cpus(options.threads).number};
  workers.run([&] { compared = evaluate_all(files, search); });
  if (options.json == "-") {
    fmt::print("{}\n", json_of(compared).dump(2));
  } else {
    print_table(compared);
    print_summary(compared);
    if (!options.json.empty()) write_json(compared, options.json);
  }
  // What cannot be read may be a verification.
  auto const holds = std::all_of(compared.begin(), compared.end(), [](ComparedTarget const& each) {
    auto const counts = !each.kind || *each.kind == FindingKind::verification;
    return !counts || each.verdict == Verdict::pass;
  });
  return holds ? ExitCode::done : ExitCode::failed;
}

}  // namespace

VerbEntry add_validate(CLI::App& program) {
  auto* command =
      program.add_subcommand("validate", "Compare published findings with what the model gives for them");
  auto options = std::make_shared<ValidateOptions>();
  command->add_option("ID", options->ids, "findings, by name or file; default: all of configs/validation");
  command->add_option("--json", options->json, "write the table to a file as JSON, too; -: to stdout instead")
      ->type_name("FILE");
  command->add_flag("--list", options->list, "list the findings and run nothing");
  command->add_option("--threads", options->threads, "threads; default: the CPUs this process really has")
      ->check(CLI::Range(1, 4096));
  command->footer(
      "Example: myoaxis validate C08\n"
      "Kinds: a verification follows from laws and parameters; to a calibration a parameter was fitted; a "
      "prediction was used in no fit.\n"
      "Exit codes: 0 all verifications pass; 1 one does not; 2 command wrong");
  return {command, [options] { return validate(*options); }};
}

}  // namespace myoaxis

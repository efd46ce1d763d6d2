#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <memory>
#include <set>

#include "io/config/diagnostics.h"
#include "io/experiment/experiment_config.h"
#include "tools/common.h"
#include "tools/terminal.h"

namespace myoaxis {
namespace {

constexpr char const* kShippedExperiment = "endurance";
/// How the table calls parameters without provenance: what an experimenter chooses.
constexpr char const* kChosen = "chosen";
std::vector<std::string> const kStatuses = {"verified", "derived", "recalled", "fitted", "assumed", kChosen};

struct ParamsOptions {
  std::string name;
  std::string experiment;
  std::vector<std::string> statuses;
  bool markdown = false;
};

/// A line of the table: key, value, range, organism, status, source.
using ParameterRow = std::array<std::string, 6>;
constexpr std::size_t kSource = 5;
ParameterRow const kHeading = {"key", "value", "range", "organism", "status", "source"};

/// The experiment that stands for the shipped pieces, from the program's own folders.
std::string experiment_of_pieces(SearchPath const& search) {
  std::filesystem::path const nowhere{"/dev/null"};  // no file of the current folder is meant
  for (auto const& file : search.candidates("experiments", kShippedExperiment, nowhere)) {
    if (is_readable_kind(file)) return file.string();
  }
  throw UsageError{fmt::format(
      "experiments/{}.toml: is in none of the folders of configurations (set MYOAXIS_CONFIGS to the one that "
      "holds experiments/, or name a file with --experiment)",
      kShippedExperiment)};
}

std::string status_of(Parameter const& parameter) {
  return parameter.status.empty() ? kChosen : parameter.status;
}

/// A parameter that several laws read is listed once.
std::vector<Parameter> without_repetition(std::vector<Parameter> parameters) {
  std::set<std::string> seen;
  std::erase_if(parameters, [&](Parameter const& parameter) { return !seen.insert(parameter.key).second; });
  return parameters;
}

std::string lower(std::string text) {
  for (auto& letter : text) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return text;
}

/// `factor.bdnf` is the beginning of `factor.bdnf.clearance`, not of `factor.bdnf2`.
bool is_dotted_prefix(std::string_view prefix, std::string_view key) {
  if (!key.starts_with(prefix)) return false;
  return key.size() == prefix.size() || key[prefix.size()] == '.' || key[prefix.size()] == '[';
}

std::string last_part(std::string const& key) { return key.substr(key.rfind('.') + 1); }

/// Those whose key begins with `name`, part by part; when there are none, those whose key has it anywhere.
std::vector<Parameter> named(std::vector<Parameter> const& all, std::string const& name) {
  std::vector<Parameter> found;
  std::ranges::copy_if(all, std::back_inserter(found),
                       [&](Parameter const& one) { return is_dotted_prefix(name, one.key); });
  if (!found.empty()) return found;
  std::ranges::copy_if(all, std::back_inserter(found), [&](Parameter const& one) {
    return lower(one.key).find(lower(name)) != std::string::npos;
  });
  if (!found.empty()) return found;
  std::vector<std::string> last_parts;
  for (auto const& one : all) last_parts.push_back(last_part(one.key));
  throw UsageError{fmt::format("no parameter has '{}' in its key{} ('myoaxis params' lists all)", name,
                               did_you_mean(last_part(name), last_parts))};
}

std::vector<Parameter> chosen_parameters(std::vector<Parameter> const& all, ParamsOptions const& options) {
  auto chosen = options.name.empty() ? all : named(all, options.name);
  if (options.statuses.empty()) return chosen;
  std::erase_if(chosen, [&](Parameter const& one) {
    return std::ranges::find(options.statuses, status_of(one)) == options.statuses.end();
  });
  return chosen;
}

ParameterRow parameter_row(Parameter const& parameter) {
  auto const& range = parameter.range;
  return {parameter.key,
          parameter.value,
          range ? fmt::format("{} to {}", (*range)[0], (*range)[1]) : "-",
          parameter.organism.empty() ? "-" : parameter.organism,
          status_of(parameter),
          parameter.source};
}

std::string markdown_cell(std::string text) {
  std::string escaped;
  for (auto const letter : text) {
    if (letter == '|') escaped += '\\';
    escaped += letter == '\n' ? ' ' : letter;
  }
  return escaped;
}

std::string markdown_table(std::vector<ParameterRow> const& rows) {
  auto text = fmt::format("| {} |\n|---|---|---|---|---|---|\n", fmt::join(kHeading, " | "));
  for (auto const& row : rows) {
    text += '|';
    for (auto const& cell : row) text += ' ' + markdown_cell(cell) + " |";
    text += '\n';
  }
  return text;
}

enum class LongSource { cut, wrapped };

/// Columns as wide as they must be; the source gets what is left of `columns`.
std::string plain_table(std::vector<ParameterRow> rows, std::size_t columns, LongSource long_source) {
  rows.insert(rows.begin(), kHeading);
  std::array<std::size_t, kSource> widths{};
  for (auto const& row : rows) {
    for (std::size_t i = 0; i < kSource; ++i) widths[i] = std::max(widths[i], text_columns(row[i]));
  }
  std::size_t before = 0;
  for (auto const width : widths) before += width + 2;
  constexpr std::size_t least = 24;
  auto const left = columns == kUnlimited ? kUnlimited : std::max(least, columns - std::min(columns, before));
  std::string text;
  for (auto const& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < kSource; ++i) line += fmt::format("{:<{}}  ", row[i], widths[i]);
    auto const source = long_source == LongSource::cut ? std::vector{cut_text(row[kSource], left)}
                                                       : wrapped_text(row[kSource], left);
    line += fmt::format("{}", fmt::join(source, "\n" + std::string(before, ' ')));
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

/// "12 parameters: 3 assumed, 9 derived".
std::string parameter_count_text(std::vector<Parameter> const& parameters) {
  std::map<std::string, int> counts;
  for (auto const& parameter : parameters) ++counts[status_of(parameter)];
  std::vector<std::string> texts;
  for (auto const& status : kStatuses) {
    if (counts.contains(status)) texts.push_back(fmt::format("{} {}", counts[status], status));
  }
  return fmt::format("{} parameter{}{}{}\n", parameters.size(), parameters.size() == 1 ? "" : "s",
                     texts.empty() ? "" : ": ", fmt::join(texts, ", "));
}

ExitCode params(ParamsOptions const& options) {
  auto const search = config_search_path();
  auto const file = options.experiment.empty() ? experiment_of_pieces(search) : options.experiment;
  auto const loaded = load_experiment(file, {}, search);
  auto const chosen = chosen_parameters(without_repetition(loaded.parameters), options);
  std::vector<ParameterRow> rows;
  for (auto const& parameter : chosen) rows.push_back(parameter_row(parameter));
  auto const long_source = options.name.empty() ? LongSource::cut : LongSource::wrapped;
  fmt::print("{}\n{}",
             options.markdown ? markdown_table(rows) : plain_table(rows, stdout_columns(), long_source),
             parameter_count_text(chosen));
  return ExitCode::done;
}

}  // namespace

VerbEntry add_params(CLI::App& program) {
  auto* command = program.add_subcommand(
      "params", "List the parameters of an experiment: value, range, organism, status, source");
  auto options = std::make_shared<ParamsOptions>();
  command->add_option("NAME", options->name,
                      "only keys that begin with it (factor.bdnf) or else have it in them; sources in full");
  command
      ->add_option("--experiment", options->experiment,
                   "experiment (TOML); default: the shipped endurance training of the mouse")
      ->type_name("FILE");
  command
      ->add_option("--status", options->statuses,
                   "only this status; may be given again; chosen: no property of the organism")
      ->check(CLI::IsMember(kStatuses))
      ->type_name("STATUS")
      ->allow_extra_args(false);
  command->add_flag("--markdown", options->markdown, "print a table for a page of documentation");
  command->footer(
      "Example: myoaxis params factor.bdnf --status assumed\n"
      "Exit codes: 0 done; 2 command or configuration wrong");
  return {command, [options] { return params(*options); }};
}

}  // namespace myoaxis

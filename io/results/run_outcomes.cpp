#include "io/results/run_outcomes.h"

#include <fmt/core.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>

#include "agents/assays/reading.h"
#include "io/config/diagnostics.h"
#include "io/config/sha256.h"
#include "io/config/toml_text.h"
#include "io/run/run_file.h"

namespace myoaxis {
namespace {

[[noreturn]] void refuse_results(std::string const& path, std::string message) {
  throw ConfigError{{{Place{path}, std::move(message)}}};
}

/// Versions that differ behind the point only add to the format.
bool is_known_version(std::string_view version) {
  auto const major = [](std::string_view text) { return text.substr(0, text.find('.')); };
  return major(version) == major(kFormatVersion);
}

void check_is_finished_run(H5Reader const& file, std::string const& path) {
  auto const text = [&](char const* name) { return file.text_attribute("/", name).value_or(""); };
  if (text("format") != kFormatName)
    refuse_results(path, "is no results file of myoaxis (name files that 'myoaxis run' wrote)");
  if (auto const version = text("format_version"); !is_known_version(version)) {
    refuse_results(path,
                   fmt::format("has format version '{}'; this program reads {} (run the experiment again, or "
                               "use the version of the program that wrote the file)",
                               version, kFormatVersion));
  }
  if (auto const status = text("status"); status != "complete" || !file.has("outcomes")) {
    refuse_results(path,
                   fmt::format("holds a run that did not reach its end (status '{}'; run it again without "
                               "--until)",
                               status));
  }
}

std::string required_text(H5Reader const& file, std::string const& path, char const* name) {
  auto const text = file.text_attribute("/", name);
  if (!text)
    refuse_results(path, fmt::format("lacks the root attribute '{}' (run the experiment again)", name));
  return *text;
}

std::uint64_t required_number(H5Reader const& file, std::string const& path, char const* name) {
  auto const number = file.integer_attribute("/", name);
  if (!number)
    refuse_results(path, fmt::format("lacks the root attribute '{}' (run the experiment again)", name));
  return static_cast<std::uint64_t>(*number);
}

std::vector<Outcome> read_outcomes_of_run(H5Reader const& file) {
  if (!file.has("outcomes")) return {};
  auto const names = file.read_texts("outcomes/outcome");
  auto const units = file.read_texts("outcomes/unit");
  auto const meanings = file.read_texts("outcomes/meaning");
  auto const values = file.read_doubles("outcomes/value");
  if (units.size() != names.size() || meanings.size() != names.size() || values.size() != names.size())
    refuse_results(file.path(), "the data sets of /outcomes differ in length (run the experiment again)");
  std::vector<Outcome> outcomes;
  for (std::size_t i = 0; i < names.size(); ++i)
    outcomes.push_back({names[i], units[i], meanings[i], values[i]});
  return outcomes;
}

/// Adds the readings of one assay, each quantity through time. A curve is no scalar.
void add_readings(H5Reader const& file, std::string const& assay, std::vector<Outcome>& outcomes) {
  constexpr std::string_view behind = "_truth";  // beside what was measured
  auto const group = fmt::format("assays/{}", assay);
  auto const times = file.read_doubles(fmt::format("{}/time", group));
  for (auto const& data : file.datasets(group)) {
    if (data.is_scale || data.dims.size() != 1 || data.name.ends_with(behind)) continue;
    auto const values = file.read_doubles(fmt::format("{}/{}", group, data.name));
    for (std::size_t i = 0; i < std::min(times.size(), values.size()); ++i) {
      Tick const time{std::llround(times[i])};
      outcomes.push_back({reading_name(assay, data.name, time), data.unit,
                          fmt::format("{}, {}", data.long_name, to_string(time)), values[i],
                          OutcomeKind::reading});
    }
  }
}

/// The configuration without what tells the runs of an arm apart.
toml::table common_part(std::string_view config_toml, std::string const& path) {
  try {
    toml::table root = toml::parse(config_toml);
    root.erase(std::string_view{"seed"});
    root.erase(std::string_view{"subject"});
    return root;
  } catch (toml::parse_error const& error) {
    refuse_results(path,
                   fmt::format("its root attribute 'config_toml' is no TOML: {} (run the experiment again)",
                               error.description()));
  }
}

}  // namespace

std::vector<Outcome> read_outcomes(H5Reader const& file) {
  auto outcomes = read_outcomes_of_run(file);
  if (!file.has("assays")) return outcomes;
  for (auto const& assay : file.groups("assays")) add_readings(file, assay, outcomes);
  return outcomes;
}

std::string arm_of(std::string_view config_toml, std::string const& path) {
  return sha256_hex(canonical_text(common_part(config_toml, path)));
}

Settings settings_of(std::string_view config_toml, std::string const& path) {
  return flat_settings(common_part(config_toml, path));
}

RunOutcomes read_run_outcomes(std::string const& path) {
  auto const file = H5Reader::open(path);
  check_is_finished_run(file, path);
  auto const configuration = required_text(file, path, "config_toml");
  RunOutcomes run;
  run.path = path;
  run.title = required_text(file, path, "title");
  run.arm = arm_of(configuration, path);
  run.luck = {required_number(file, path, "seed"), required_number(file, path, "subject")};
  run.revision = required_text(file, path, "git_sha1");
  run.config_sha256 = required_text(file, path, "config_sha256");
  run.settings = settings_of(configuration, path);
  run.outcomes = read_outcomes(file);
  return run;
}

}  // namespace myoaxis

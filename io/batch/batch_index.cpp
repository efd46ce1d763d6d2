#include "io/batch/batch_index.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <array>
#include <chrono>
#include <limits>
#include <map>
#include <memory>
#include <system_error>
#include <thread>

#include "io/batch/merged_groups.h"
#include "io/checkpoint/durable.h"
#include "io/config/diagnostics.h"
#include "io/hdf5/reader.h"
#include "io/hdf5/writer.h"
#include "io/results/run_outcomes.h"
#include "io/run/build_info.h"
#include "io/run/run_lock.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;
using Texts = std::span<std::string const>;

std::vector<std::string> const kStates{"waiting", "complete", "failed", "outdated"};

/// The lock of the index; nothing when another process holds it for longer than that.
std::unique_ptr<RunLock> wait_for_lock(fs::path const& index, std::chrono::milliseconds patience) {
  constexpr std::chrono::milliseconds pause{100};
  auto const end = std::chrono::steady_clock::now() + patience;
  while (true) {
    if (auto lock = RunLock::try_to_hold(index)) return lock;
    if (std::chrono::steady_clock::now() >= end) return nullptr;
    std::this_thread::sleep_for(pause);
  }
}

struct Row {
  PlannedRun const& run;
  RunFiles files;
  RunState state;
  std::string reference;  // of its results, from the folder of the index
};

std::vector<Row> rows_of(BatchFolder const& folder, BatchPlan const& plan) {
  std::vector<Row> rows;
  for (auto const& run : plan.runs) {
    auto files = folder.run(run.name);
    rows.push_back({run, files, state_of_run(files), "runs/" + run.name + ".h5"});
  }
  return rows;
}

void write_root(H5Group root, BatchParams const& params) {
  root.set_attribute("format", kIndexFormatName);
  root.set_attribute("format_version", kIndexFormatVersion);
  root.set_attribute("Conventions", "CF-1.8");
  root.set_attribute("title", params.title);
  root.set_attribute("software", "myoaxis");
  root.set_attribute("software_version", software_version());
  root.set_attribute("git_sha1", git_revision());
  root.set_attribute("reference", params.arms[params.reference].name);
  root.set_attribute("design", params.design == Design::crossover ? "crossover" : "parallel");
}

void write_arms(H5Group group, BatchParams const& params) {
  std::vector<std::string> names, descriptions;
  for (auto const& arm : params.arms) {
    names.push_back(arm.name);
    descriptions.push_back(arm.description);
  }
  group.add_scale({"arm", "", "arm of the study"}, Texts{names});
  group.add_fixed({"description", "", "the arm in words", {"arm"}}, Texts{descriptions});
}

void write_points(H5Group group, BatchParams const& params, std::vector<Row> const& rows) {
  std::map<std::string, std::pair<std::string, std::vector<double>>> columns;
  constexpr auto none = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (auto const& setting : params.points[rows[i].run.point]) {
      auto& [unit, values] = columns[setting.key];
      unit = setting.unit;
      values.resize(rows.size(), none);
      values[i] = setting.number;
    }
  }
  for (auto const& [key, column] : columns) {
    group.add_fixed({"set " + key, column.first, "what the point of the scan sets " + key + " to", {"run"}},
                    std::span<double const>{column.second});
  }
}

void write_runs(H5Group group, BatchParams const& params, std::vector<Row> const& rows) {
  std::vector<std::string> names, arms, files, messages;
  std::vector<std::int64_t> subjects, points;
  std::vector<std::uint8_t> states;
  for (auto const& row : rows) {
    names.push_back(row.run.name);
    arms.push_back(params.arms[row.run.arm].name);
    files.push_back(row.reference);
    messages.push_back(failure_of(row.files));
    subjects.push_back(static_cast<std::int64_t>(row.run.subject));
    points.push_back(static_cast<std::int64_t>(row.run.point));
    states.push_back(static_cast<std::uint8_t>(row.state));
  }
  group.add_scale({"run", "", "run: name of its files in runs/"}, Texts{names});
  group.add_fixed({"arm", "", "arm of the study", {"run"}}, Texts{arms});
  group.add_fixed({"file", "", "results, relative to this file", {"run"}}, Texts{files});
  group.add_fixed({"message", "", "why the run failed", {"run"}}, Texts{messages});
  group.add_fixed({"subject", "1", "number of the subject", {"run"}},
                  std::span<std::int64_t const>{subjects});
  group.add_fixed({"point", "1", "number of the point of the scan", {"run"}},
                  std::span<std::int64_t const>{points});
  Description status{"status", "", "what became of the run", {"run"}};
  status.flags = kStates;
  group.add_fixed(status, std::span<std::uint8_t const>{states});
  write_points(group, params, rows);
}

/// All outcomes of all complete runs, in the order in which they first appear.
void write_outcomes(H5Group group, std::vector<Row> const& rows, std::vector<MergedRun> const& complete) {
  std::vector<Outcome> known;
  std::map<std::string, std::size_t> column;
  std::map<std::size_t, std::vector<Outcome>> of_run;
  for (auto const& run : complete) {
    auto outcomes = read_run_outcomes(run.path).outcomes;
    for (auto const& outcome : outcomes) {
      if (column.emplace(outcome.name, known.size()).second) known.push_back(outcome);
    }
    of_run[run.index] = std::move(outcomes);
  }
  if (known.empty()) return;
  std::vector<double> values(rows.size() * known.size(), std::numeric_limits<double>::quiet_NaN());
  for (auto const& [index, outcomes] : of_run) {
    for (auto const& outcome : outcomes) values[index * known.size() + column[outcome.name]] = outcome.value;
  }
  std::vector<std::string> names, runs, units, meanings;
  for (auto const& row : rows) runs.push_back(row.run.name);
  for (auto const& outcome : known) {
    names.push_back(outcome.name);
    units.push_back(outcome.unit);
    meanings.push_back(outcome.meaning);
  }
  group.add_scale({"run", "", "run: name of its files in runs/"}, Texts{runs});
  group.add_scale({"outcome", "", "outcome of a run"}, Texts{names});
  group.add_fixed({"unit", "", "unit of the outcome", {"outcome"}}, Texts{units});
  group.add_fixed({"meaning", "", "the outcome in words", {"outcome"}}, Texts{meanings});
  Description value{"value", "1", "value of the outcome, in its unit", {"run", "outcome"}};
  group.add_fixed(value, std::span<double const>{values});
}

void write_to(fs::path const& path, BatchParams const& params, std::vector<Row> const& rows) {
  auto file = H5File::create(path.string());
  write_root(file.root(), params);
  write_arms(file.group("arms"), params);
  if (!rows.empty()) write_runs(file.group("runs"), params, rows);
  std::vector<MergedRun> complete;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    names.push_back(rows[i].run.name);
    if (rows[i].state == RunState::complete)
      complete.push_back({i, rows[i].files.output().string(), rows[i].reference});
  }
  if (!complete.empty()) write_outcomes(file.group("outcomes"), rows, complete);
  auto const left_out = add_merged_groups(file, names, complete);
  file.root().set_attribute("left_out", fmt::format("{}", fmt::join(left_out, "; ")));
  file.close();
}

RunState state_named(std::uint8_t code) { return code < kStates.size() ? RunState{code} : RunState::waiting; }

}  // namespace

void write_index(BatchFolder const& folder, BatchParams const& params, BatchPlan const& plan) {
  if (try_to_write_index(folder, params, plan)) return;
  throw FileError{folder.index().string(),
                  fmt::format("is being written by another process, for {} s", kIndexPatience.count()),
                  "give the command again when that has ended; complete runs are not done again"};
}

bool try_to_write_index(BatchFolder const& folder, BatchParams const& params, BatchPlan const& plan,
                        std::chrono::milliseconds patience) {
  auto const path = folder.index();
  auto const lock = wait_for_lock(path, patience);
  if (!lock) return false;
  auto const rows = rows_of(folder, plan);
  auto const fresh = RunPaths::fresh(path);
  std::error_code error;
  try {
    write_to(fresh, params, rows);
    bring_to_disk(fresh);
  } catch (...) {
    fs::remove(fresh, error);
    throw;
  }
  fs::rename(fresh, path, error);
  if (error)
    throw FileError{path.string(), "cannot be replaced: " + error.message(), "is the folder writable?"};
  bring_names_to_disk(path);
  return true;
}

bool is_index(fs::path const& file) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return false;
  return H5Reader::open(file.string()).text_attribute("/", "format") == kIndexFormatName;
}

BatchIndex read_index(fs::path const& path) {
  auto const file = H5Reader::open(path.string());
  auto const text = [&](char const* name) { return file.text_attribute("/", name).value_or(""); };
  if (text("format") != kIndexFormatName || text("format_version") != kIndexFormatVersion) {
    throw ConfigError{
        {{Place{path.string()},
          fmt::format("is no index of a batch that this program knows (format '{}', version '{}'; "
                      "run the batch again)",
                      text("format"), text("format_version"))}}};
  }
  BatchIndex index{text("title"), text("reference"), file.read_texts("arms/arm"), {}};
  if (!file.has("runs")) return index;
  auto const names = file.read_texts("runs/run");
  auto const arms = file.read_texts("runs/arm");
  auto const files = file.read_texts("runs/file");
  auto const messages = file.read_texts("runs/message");
  auto const subjects = file.read<std::int64_t>("runs/subject");
  auto const points = file.read<std::int64_t>("runs/point");
  auto const states = file.read<std::uint8_t>("runs/status");
  for (std::size_t i = 0; i < names.size(); ++i) {
    index.runs.push_back({names[i], arms[i], points[i], static_cast<std::uint64_t>(subjects[i]),
                          state_named(states[i]), messages[i], path.parent_path() / files[i]});
  }
  return index;
}

}  // namespace myoaxis

#include "tools/study.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "io/config/diagnostics.h"
#include "io/config/sha256.h"
#include "io/hdf5/error.h"
#include "io/run/run_paths.h"
#include "tools/common.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> results_files_in(fs::path const& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::directory_iterator entry{folder, error}, end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() == ".h5") files.push_back(entry->path().string());
  }
  if (error) throw FileError{folder.string(), error.message(), "may you read the folder?"};
  if (files.empty() && fs::is_directory(folder / "runs", error)) {
    throw UsageError{
        fmt::format("{0}: is the folder of a batch that has no index yet (write it with "
                    "'myoaxis batch FILE -o {0} --index')",
                    folder.string())};
  }
  if (files.empty()) {
    throw UsageError{
        fmt::format("{}: holds no results file, OUT.h5 (name the folder that 'myoaxis run -o' wrote to)",
                    folder.string())};
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// The file of a run that the index calls complete.
fs::path indexed_file(IndexedRun const& run, fs::path const& folder) {
  std::error_code error;
  auto path = fs::canonical(run.file, error);
  if (error) {
    throw FileError{
        run.file.string(),
        fmt::format("cannot be read, though the index has it as complete: {}", error.message()),
        fmt::format("put it back, or run the batch again: 'myoaxis batch FILE -o {}'", folder.string())};
  }
  return path;
}

[[noreturn]] void refuse_missing(std::string const& input) {
  auto const partial = RunPaths{input}.partial();
  if (!fs::exists(partial)) throw UsageError{fmt::format("{}: no such file or folder", input)};
  throw UsageError{fmt::format(
      "{}: has not come to its end, only {} is there (wait for the run or, if it was stopped, give "
      "its command again)",
      input, partial.filename().string())};
}

/// Reads files that the user named, and what can be used of the folders that the user named.
class RunCollector {
 public:
  void add(std::string const& input) {
    if (!fs::exists(input)) refuse_missing(input);
    if (!fs::is_directory(input)) return add_file(input);
    if (auto const index = fs::path{input} / "index.h5"; is_index(index))
      return add_batch(input, read_index(index));
    for (auto const& file : results_files_in(input)) {
      try {
        add_file(file);
      } catch (ConfigError const& error) {
        study_.warnings.push_back(fmt::format("left out: {}", error.what()));
      } catch (FileError const& error) {
        study_.warnings.push_back(fmt::format("left out: {}", error.what()));
      }
    }
  }
  Study take_study() {
    study_.arms = group_into_arms(std::move(runs_));
    for (auto& arm : study_.arms) {
      if (auto const found = places_.find(arm.runs.front().arm); found != places_.end())
        arm.place = found->second;
    }
    return std::move(study_);
  }

 private:
  /// The same file twice, as itself and in its folder, is read once.
  void add_file(std::string const& file) {
    if (seen_.insert(fs::canonical(file)).second) runs_.push_back(read_run_outcomes(file));
  }

  /// Runs whose arm and point of a scan are the same are one arm, however their subjects differ.
  void add_batch(fs::path const& folder, BatchIndex const& index) {
    auto const is_scan = std::ranges::any_of(index.runs, [](IndexedRun const& run) { return run.point > 0; });
    auto const name_of = [&](std::string const& arm, std::int64_t point) {
      return is_scan ? fmt::format("{}, point {}", arm, point) : arm;
    };
    study_.title = index.title;
    study_.folder = folder.string();
    study_.reference = index.reference;
    for (auto const& run : index.runs) {
      if (run.state != RunState::complete) {
        study_.unfinished.push_back(run);
        continue;
      }
      if (!seen_.insert(indexed_file(run, folder)).second) continue;
      auto outcomes = read_run_outcomes(run.file.string());
      outcomes.title = name_of(run.arm, run.point);
      outcomes.arm = sha256_hex(outcomes.title);
      places_[outcomes.arm] = BatchPlace{run.arm, run.point};
      runs_.push_back(std::move(outcomes));
    }
    if (!study_.unfinished.empty())
      study_.warnings.push_back(
          fmt::format("{} of {} runs of the batch failed or are not done yet, and are left out",
                      study_.unfinished.size(), index.runs.size()));
  }

  std::set<fs::path> seen_;
  std::vector<RunOutcomes> runs_;
  std::map<std::string, BatchPlace> places_;  // by the fingerprint of the arm
  Study study_;
};

/// What to say when not all runs come from one revision of the program.
std::vector<std::string> warnings_of_revisions(std::vector<Arm> const& arms) {
  std::map<std::string, std::string> example;
  for (auto const& arm : arms) {
    for (auto const& run : arm.runs) example.emplace(run.revision, run.path);
  }
  if (example.size() < 2) return {};
  std::vector<std::string> texts;
  for (auto const& [revision, path] : example)
    texts.push_back(fmt::format("{} ({})", revision.substr(0, 12), path));
  return {fmt::format(
      "the runs come from different revisions of the program, which may differ in more than their arm: {}",
      fmt::join(texts, ", "))};
}

void refuse_twins(Arm const& arm) {
  for (std::size_t i = 0; i < arm.runs.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      auto const &one = arm.runs[j].luck, &other = arm.runs[i].luck;
      if (one.seed != other.seed || one.subject != other.subject) continue;
      throw UsageError{fmt::format(
          "{} and {}: are the same run, seed {}, subject {} of '{}' (leave one out, or give each run its own "
          "--seed)",
          arm.runs[j].path, arm.runs[i].path, one.seed, one.subject, arm.name)};
    }
  }
}

std::vector<std::string> names_of(std::vector<Arm> const& arms) {
  std::vector<std::string> names;
  for (auto const& arm : arms) names.push_back(arm.name);
  return names;
}

/// An arm by its name, by the only beginning of a name that fits, or by the fingerprint in brackets.
std::size_t named_arm(std::vector<Arm> const& arms, std::string const& wanted) {
  auto const names = names_of(arms);
  if (auto const exact = std::ranges::find(names, wanted); exact != names.end())
    return static_cast<std::size_t>(exact - names.begin());
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < arms.size(); ++i) {
    if (names[i].starts_with(wanted) || names[i].ends_with(fmt::format("[{}]", wanted))) found.push_back(i);
  }
  if (found.size() == 1) return found.front();
  throw UsageError{fmt::format(
      "--reference: '{}' is {}{} arms: '{}'", wanted, found.empty() ? "no arm" : "the beginning of several",
      found.empty() ? did_you_mean(wanted, names) + ";" : ";", fmt::join(names, "', '"))};
}

/// The arm of the batch that `wanted` names: its name, or the only beginning of one that fits.
std::optional<std::string> named_batch_arm(std::vector<Arm> const& arms, std::string const& wanted) {
  std::set<std::string> found;
  for (auto const& arm : arms) {
    if (!arm.place || !arm.place->arm.starts_with(wanted)) continue;
    if (arm.place->arm == wanted) return wanted;
    found.insert(arm.place->arm);
  }
  return found.size() == 1 ? std::optional{*found.begin()} : std::nullopt;
}

/// Where the named arm of the batch stands among `arms`, by its points of the scan.
std::map<std::int64_t, std::size_t> points_of(std::vector<Arm> const& arms, std::string const& name) {
  std::map<std::int64_t, std::size_t> points;
  for (std::size_t i = 0; i < arms.size(); ++i) {
    if (arms[i].place && arms[i].place->arm == name) points.emplace(arms[i].place->point, i);
  }
  return points;
}

bool is_unfinished(Study const& study, std::string const& arm) {
  return std::ranges::find(study.unfinished, arm, &IndexedRun::arm) != study.unfinished.end();
}

/// Why an arm of the batch cannot be the reference, and what to do. Another arm whose name begins alike must
/// not take its place.
[[noreturn]] void refuse_missing_reference(Study const& study, std::string const& arm) {
  auto const failed = std::ranges::any_of(study.unfinished, [&](IndexedRun const& run) {
    return run.arm == arm && run.state == RunState::failed;
  });
  throw UsageError{fmt::format(
      "the reference arm '{}' of {} has no finished run ({}; choose another with --reference: '{}')", arm,
      study.folder,
      failed ? fmt::format("why: {}", (fs::path{study.folder} / "runs" / "*.failed.txt").string())
             : std::string{"go on with the batch"},
      fmt::join(names_of(study.arms), "', '"))};
}

std::size_t usual_reference(Study const& study) {
  if (!study.reference.empty()) {
    auto const points = points_of(study.arms, study.reference);
    if (points.empty()) refuse_missing_reference(study, study.reference);
    return points.begin()->second;
  }
  auto const sedentary = std::ranges::find_if(study.arms, [](Arm const& arm) {
    return arm.name.starts_with("Sedentary") || arm.name.starts_with("sedentary");
  });
  return sedentary == study.arms.end() ? 0 : static_cast<std::size_t>(sedentary - study.arms.begin());
}

void put_first(std::vector<Arm>& arms, std::size_t reference) {
  auto const place = arms.begin() + static_cast<std::ptrdiff_t>(reference);
  std::rotate(arms.begin(), place, place + 1);
}

/// Leaves out arms at points of a scan where the reference has no run.
void leave_out_lone_points(Study& study, std::string const& reference) {
  auto const points = points_of(study.arms, reference);
  std::erase_if(study.arms, [&](Arm const& arm) {
    if (!arm.place || points.contains(arm.place->point)) return false;
    study.warnings.push_back(
        fmt::format("left out: '{}', as '{}' has no finished run at point {} of the scan", arm.name,
                    reference, arm.place->point));
    return true;
  });
}

/// Each arm of a batch to the reference at its own point, the reference to its first one.
void compare_point_by_point(Study& study, std::string const& reference) {
  leave_out_lone_points(study, reference);
  auto const points = points_of(study.arms, reference);
  for (auto& arm : study.arms) {
    if (arm.place && arm.place->arm != reference) arm.reference = points.at(arm.place->point);
  }
}

}  // namespace

Study read_study(std::vector<std::string> const& inputs) {
  RunCollector collector;
  for (auto const& input : inputs) collector.add(input);
  auto study = collector.take_study();
  for (auto& warning : warnings_of_revisions(study.arms)) study.warnings.push_back(std::move(warning));
  return study;
}

std::vector<Arm> group_into_arms(std::vector<RunOutcomes> runs) {
  std::vector<Arm> arms;
  for (auto& run : runs) {
    auto found = std::ranges::find_if(arms, [&](Arm const& arm) { return arm.runs.front().arm == run.arm; });
    if (found == arms.end()) found = arms.insert(arms.end(), Arm{run.title, {}});
    found->runs.push_back(std::move(run));
  }
  for (auto& arm : arms) {
    auto const& first = arm.runs.front();
    auto const namesakes = std::ranges::count_if(
        arms, [&](Arm const& other) { return other.runs.front().title == first.title; });
    if (namesakes > 1 || first.title.empty())
      arm.name += fmt::format("{}[{}]", first.title.empty() ? "" : " ", first.arm.substr(0, 8));
  }
  for (auto const& arm : arms) refuse_twins(arm);
  return arms;
}

Study with_references(Study study, std::string const& wanted) {
  if (study.arms.empty()) return study;
  if (is_unfinished(study, wanted) && points_of(study.arms, wanted).empty())
    refuse_missing_reference(study, wanted);
  auto const of_batch = wanted.empty() ? std::nullopt : named_batch_arm(study.arms, wanted);
  auto const reference = of_batch         ? points_of(study.arms, *of_batch).begin()->second
                         : wanted.empty() ? usual_reference(study)
                                          : named_arm(study.arms, wanted);
  put_first(study.arms, reference);
  // Who names a point of a scan wants every arm beside that one.
  if (auto const& place = study.arms.front().place; place && (wanted.empty() || of_batch))
    compare_point_by_point(study, std::string{place->arm});
  return study;
}

}  // namespace myoaxis

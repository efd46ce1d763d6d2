/// The folder of a batch: which files belong to a run, and what has become of it.
///
///     DIR/index.h5                  all runs, and their results as one data set
///     DIR/runs/NAME.toml            resolved configuration of a run
///     DIR/runs/NAME.h5              its results
///     DIR/runs/NAME.cost.json       what it took
///     DIR/runs/NAME.failed.txt      why there are none
///     DIR/runs/NAME.log             its messages, while it runs
///     DIR/baselines/NAME.h5...      baselines that runs set out from, with their checkpoints
///     DIR/sensitivity.json          what a sensitivity study found
///     DIR/slurm                     scripts and messages of its jobs on a cluster
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "io/run/run_paths.h"

namespace myoaxis {

enum class RunState {
  waiting,  // not begun, or stopped where it can go on
  complete,
  failed,    // ended with an error
  outdated,  // complete, by another revision of the program
};

/// What a run took, over all its parts.
struct RunCost {
  double wall_seconds = 0;
  double cpu_seconds = 0;
};

/// The files of one run, or of one baseline.
class RunFiles {
 public:
  RunFiles(std::filesystem::path const& folder, std::string const& name) : stem_{folder / name} {}

  std::filesystem::path configuration() const { return with(".toml"); }
  std::filesystem::path output() const { return with(".h5"); }
  std::filesystem::path failure() const { return with(".failed.txt"); }
  std::filesystem::path cost() const { return with(".cost.json"); }
  std::filesystem::path messages() const { return with(".log"); }
  /// Locked by the batch process that sees to the run.
  std::filesystem::path claim() const { return with(".claim"); }

 private:
  std::filesystem::path with(char const* ending) const {
    auto path = stem_;
    return path += ending;
  }
  std::filesystem::path stem_;
};

class BatchFolder {
 public:
  explicit BatchFolder(std::filesystem::path path) : path_{std::move(path)} {}

  std::filesystem::path const& path() const { return path_; }
  std::filesystem::path index() const { return path_ / "index.h5"; }
  RunFiles run(std::string const& name) const { return {path_ / "runs", name}; }
  RunFiles baseline(std::string const& name) const { return {path_ / "baselines", name}; }

  /// Makes the folder and those in it. Throws FileError.
  void create() const;

 private:
  std::filesystem::path path_;
};

/// Of a run whose results are at their end.
RunState state_of_run(RunFiles const& files);
/// Of a baseline: complete when its state at day 0 is saved.
RunState state_of_baseline(RunFiles const& files);

/// The first line of why the run failed; empty when it did not.
std::string failure_of(RunFiles const& files);

/// Adds a part to what the run took until now.
void add_cost(RunFiles const& files, RunCost const& part);
std::optional<RunCost> cost_of(RunFiles const& files);

}  // namespace myoaxis

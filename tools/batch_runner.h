/// Runs the runs of a batch, as many at a time as there are CPUs, each a process of its own.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "io/batch/batch_folder.h"
#include "io/batch/batch_plan.h"
#include "io/run/run_lock.h"
#include "tools/batch_progress.h"
#include "tools/child_process.h"

namespace myoaxis {

struct RunnerOptions {
  std::size_t jobs = 1;        // runs at a time
  int threads = 1;             // of each
  bool overwrite = false;      // results of another revision of the program
  std::function<bool()> stop;  // asked all the time: to stop where all can go on later
  std::size_t tried = 0;       // runs at the plan's beginning whose failures are not tried again
};

struct BatchTally {
  std::size_t complete = 0;
  std::size_t failed = 0;
  std::size_t waiting = 0;   // stopped, or not begun
  std::size_t outdated = 0;  // complete, by another revision of the program
};

/// "3 runs come from another revision of the program (...)" with the cure.
std::string outdated_text(BatchFolder const& folder, std::size_t runs);

/// Does what is not done yet. Several processes may do so in one folder: each run is done by one of them, and
/// each waits until all are done. A run that stops with an error is tried once more, in case its cause has
/// passed; then it is a failed one, until the next time. A run whose baseline failed fails with it.
class BatchRunner {
 public:
  BatchRunner(BatchFolder const& folder, BatchParams const& params, BatchPlan const& plan,
              RunnerOptions options, BatchProgress& progress);

  /// Throws UsageError before it starts anything, when some of it comes from another revision and may not be
  /// done again.
  BatchTally run();

 private:
  using Clock = std::chrono::steady_clock;
  enum class Stage { waiting, running, complete, failed };
  struct Task {
    RunFiles files;
    std::string label;  // for a person
    std::string const* configuration;
    std::string arm;  // by which costs are alike
    bool is_baseline = false;
    std::size_t needs;  // number of its baseline's task, or its own
    Stage stage = Stage::waiting;
    bool was_tried = false;    // and is left as it is when it failed
    bool is_outdated = false;  // when it was first looked at
    int attempts = 0;
    Clock::time_point not_before = {};
  };
  struct Running {
    std::size_t task;
    std::unique_ptr<RunLock> claim;
    ChildProcess child;
  };

  void add_tasks(BatchParams const& params, BatchPlan const& plan);
  void look_at(Task& task);
  void refuse_outdated() const;
  bool all_ended() const;
  void start_what_can();
  std::optional<std::size_t> next_task() const;
  bool is_startable(Task const& task) const;
  void start(std::size_t number);
  void collect_ended();
  void judge(Task& task, ChildEnd const& end);
  void fail(Task& task, std::string const& reason, std::string const& messages);
  void fail_those_that_need_failed();
  RunState state_of(Task const& task) const;
  void report();

  BatchFolder const& folder_;
  RunnerOptions options_;
  BatchProgress& progress_;
  std::vector<Task> tasks_;
  std::list<Running> running_;
  bool stopping_ = false;
};

}  // namespace myoaxis

#include "tools/batch_runner.h"

#include <fmt/core.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <system_error>
#include <thread>
#include <utility>

#include "io/hdf5/error.h"
#include "io/run/existing_run.h"
#include "io/run/run_paths.h"
#include "io/whole_file.h"
#include "tools/common.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kPause{20};    // between looks at the processes
constexpr std::chrono::seconds kBeforeNextTry{2};  // before a run is tried again, or looked at again
constexpr int kMostAttempts = 2;
constexpr char const* kBaselineKind = "baseline";

/// What a failed run said last, on one line; messages begin with the program's name.
std::string last_line(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  auto line = text.substr(text.find_last_of("\n\r") + 1);
  constexpr std::string_view program = "myoaxis: ";
  return line.starts_with(program) ? line.substr(program.size()) : line;
}

std::string reason_of(ChildEnd const& end, std::string const& messages) {
  if (end.signal == SIGKILL) return "was killed (signal 9); was there enough memory?";
  if (end.signal) return fmt::format("was ended by signal {} ({})", *end.signal, strsignal(*end.signal));
  auto const line = last_line(messages);
  return line.empty() ? fmt::format("ended with exit code {}", end.code) : line;
}

/// Of no use once a run is complete: messages, and files that a crash left half written. Of a baseline only
/// the state at day 0 is taken, not the one before it.
std::vector<fs::path> remains_of(RunFiles const& files, bool is_baseline) {
  RunPaths const paths{files.output()};
  std::vector<fs::path> remains{files.messages(), RunPaths::fresh(files.configuration()),
                                RunPaths::fresh(files.cost()), RunPaths::fresh(files.failure()),
                                paths.compressed()};
  if (is_baseline) remains.insert(remains.end(), {paths.previous_checkpoint(), paths.saved_rows()});
  return remains;
}

/// Removes what a crash left beside what is complete; locks that lock nothing, too.
void tidy(RunFiles const& files, bool is_baseline) {
  std::error_code ignored;
  auto const is_there = [&](fs::path const& path) { return fs::exists(path, ignored); };
  auto const remains = remains_of(files, is_baseline);
  auto const output_lock = lock_of(files.output());
  if (std::ranges::none_of(remains, is_there) && !is_there(output_lock) && !is_there(lock_of(files.claim())))
    return;
  try {
    auto const claim = RunLock::try_to_hold(files.claim());
    // Another batch sees to the run, or it goes on though its batch was killed.
    if (!claim || is_being_written(files.output())) return;
    for (auto const& path : remains) fs::remove(path, ignored);
    if (is_there(output_lock)) RunLock::try_to_hold(files.output());  // its file goes with it
  } catch (FileError const&) {  // not ours to write: what is complete does not need it
  }
}

}  // namespace

std::string outdated_text(BatchFolder const& folder, std::size_t runs) {
  return fmt::format(
      "{}: {} of the runs come from another revision of the program, or set out from a baseline that does "
      "(name another folder with -o, or do them again with --overwrite)",
      folder.path().string(), runs);
}

BatchRunner::BatchRunner(BatchFolder const& folder, BatchParams const& params, BatchPlan const& plan,
                         RunnerOptions options, BatchProgress& progress)
    : folder_{folder}, options_{std::move(options)}, progress_{progress} {
  add_tasks(params, plan);
}

/// Baselines stand right before the first run that needs them.
void BatchRunner::add_tasks(BatchParams const& params, BatchPlan const& plan) {
  std::map<std::string, std::size_t> baselines;
  for (std::size_t i = 0; i < plan.runs.size(); ++i) {
    auto const& run = plan.runs[i];
    auto needs = tasks_.size();
    auto const was_tried = i < options_.tried;
    if (!run.baseline.empty()) {
      auto const [found, is_new] = baselines.emplace(run.baseline, tasks_.size());
      needs = found->second;
      if (is_new) {
        tasks_.push_back({folder_.baseline(run.baseline), fmt::format("baseline, subject {}", run.subject),
                          &plan.baselines.at(run.baseline), kBaselineKind, true, needs, Stage::waiting,
                          was_tried});
      }
    }
    auto const& arm = params.arms[run.arm].name;
    auto label = fmt::format("{}, subject {}", arm, run.subject);
    if (params.points.size() > 1) label += fmt::format(", point {}", run.point);
    tasks_.push_back({folder_.run(run.name), std::move(label), &run.configuration, arm, false, needs,
                      Stage::waiting, was_tried});
  }
  for (auto& task : tasks_) look_at(task);
}

void BatchRunner::look_at(Task& task) {
  if (auto const cost = cost_of(task.files)) progress_.times().add(task.arm, cost->wall_seconds);
  auto const state = state_of(task);
  task.is_outdated = state == RunState::outdated;
  if (state == RunState::failed && task.was_tried) task.stage = Stage::failed;
  if (state != RunState::complete) return;
  task.stage = Stage::complete;
  tidy(task.files, task.is_baseline);
}

RunState BatchRunner::state_of(Task const& task) const {
  return task.is_baseline ? state_of_baseline(task.files) : state_of_run(task.files);
}

/// A baseline counts only for runs that still need it.
void BatchRunner::refuse_outdated() const {
  if (options_.overwrite) return;
  auto const is_refused = [&](Task const& task) {
    return !task.is_baseline && task.stage != Stage::complete &&
           (task.is_outdated || tasks_[task.needs].is_outdated);
  };
  auto const runs = static_cast<std::size_t>(std::ranges::count_if(tasks_, is_refused));
  if (runs > 0) throw UsageError{outdated_text(folder_, runs)};
}

BatchTally BatchRunner::run() {
  refuse_outdated();
  while (true) {
    collect_ended();
    fail_those_that_need_failed();
    if (!stopping_ && options_.stop && options_.stop()) {
      stopping_ = true;
      if (!running_.empty()) progress_.note("stopping: runs save their states");
      for (auto& run : running_) run.child.stop();
    }
    if (stopping_ ? running_.empty() : all_ended()) break;
    if (!stopping_) start_what_can();
    report();
    std::this_thread::sleep_for(kPause);
  }
  progress_.finish();
  BatchTally tally;
  for (auto const& task : tasks_) {
    if (task.is_baseline) continue;
    if (task.stage == Stage::complete) ++tally.complete;
    if (task.stage == Stage::failed) ++tally.failed;
    if (task.stage == Stage::waiting) ++tally.waiting;
  }
  return tally;
}

/// A baseline that no run waits for needs not be there.
bool BatchRunner::all_ended() const {
  return std::ranges::all_of(tasks_, [&](Task const& task) {
    return task.is_baseline ? task.stage != Stage::running
                            : task.stage == Stage::complete || task.stage == Stage::failed;
  });
}

bool BatchRunner::is_startable(Task const& task) const {
  if (task.stage != Stage::waiting || Clock::now() < task.not_before) return false;
  if (!task.is_baseline) {
    auto const& needed = tasks_[task.needs];
    return !needed.is_baseline || needed.stage == Stage::complete;
  }
  auto const number = static_cast<std::size_t>(&task - tasks_.data());
  return std::ranges::any_of(tasks_, [&](Task const& other) {
    return !other.is_baseline && other.needs == number && other.stage == Stage::waiting;
  });
}

/// In their order, so that subjects get whole one after the other. Towards the end the longest comes first,
/// so that no CPU is left alone with a long one.
std::optional<std::size_t> BatchRunner::next_task() const {
  std::vector<std::size_t> startable;
  for (std::size_t i = 0; i < tasks_.size() && startable.size() <= 4 * options_.jobs; ++i) {
    if (is_startable(tasks_[i])) startable.push_back(i);
  }
  if (startable.empty()) return {};
  if (startable.size() > 4 * options_.jobs) return startable.front();
  auto const expected = [&](std::size_t i) { return progress_.times().expected(tasks_[i].arm).value_or(0); };
  return *std::ranges::max_element(startable, {}, expected);
}

void BatchRunner::start_what_can() {
  while (running_.size() < options_.jobs) {
    auto const number = next_task();
    if (!number) return;
    start(*number);
  }
}

void BatchRunner::start(std::size_t number) {
  auto& task = tasks_[number];
  auto claim = RunLock::try_to_hold(task.files.claim());
  if (!claim) {
    task.not_before = Clock::now() + kBeforeNextTry;  // another batch sees to it
    return;
  }
  auto const state = state_of(task);
  if (state == RunState::complete) {  // another batch did it in the meantime
    task.stage = Stage::complete;
    return;
  }
  if (state == RunState::outdated && !options_.overwrite)  // since the work began
    return fail(task, "another revision of the program did it meanwhile; use one revision in a folder", "");
  write_whole(task.files.configuration(), *task.configuration);
  std::vector<std::string> arguments{
      "run",       task.files.configuration().string(), "-o",         task.files.output().string(),
      "--threads", std::to_string(options_.threads),    "--progress", "never"};
  if (task.is_baseline) arguments.insert(arguments.end(), {"--until", "day 0"});
  if (state == RunState::outdated) arguments.emplace_back("--overwrite");
  task.stage = Stage::running;
  ++task.attempts;
  running_.push_back({number, std::move(claim), ChildProcess{arguments, task.files.messages()}});
}

void BatchRunner::collect_ended() {
  for (auto run = running_.begin(); run != running_.end();) {
    auto const end = run->child.poll();
    if (!end) {
      ++run;
      continue;
    }
    judge(tasks_[run->task], *end);
    run = running_.erase(run);
  }
}

void BatchRunner::judge(Task& task, ChildEnd const& end) {
  std::error_code ignored;
  auto const messages = read_whole(task.files.messages());
  fs::remove(task.files.messages(), ignored);
  add_cost(task.files, {end.wall_seconds, end.cpu_seconds});
  if (end.code == static_cast<int>(ExitCode::done) && state_of(task) == RunState::complete) {
    task.stage = Stage::complete;
    fs::remove(task.files.failure(), ignored);
    for (auto const& path : remains_of(task.files, task.is_baseline)) fs::remove(path, ignored);
    if (messages.find(kNotCompressed) != std::string::npos)
      progress_.note(fmt::format("{}: {}", task.label, kNotCompressed));
    progress_.times().add(task.arm, cost_of(task.files)->wall_seconds);
    return;
  }
  task.stage = Stage::waiting;
  task.not_before = Clock::now() + kBeforeNextTry;
  // A batch that was killed leaves runs that need a moment to save their state.
  if (is_being_written(task.files.output())) --task.attempts;
  auto const stopped = end.code == static_cast<int>(ExitCode::stopped);
  if (stopping_ || (stopped && task.attempts < kMostAttempts)) return;
  auto const hopeless = end.code == static_cast<int>(ExitCode::wrong_input);
  if (hopeless || task.attempts >= kMostAttempts) fail(task, reason_of(end, messages), messages);
}

void BatchRunner::fail(Task& task, std::string const& reason, std::string const& messages) {
  task.stage = Stage::failed;
  write_whole(task.files.failure(), reason + '\n' + (messages.empty() ? "" : '\n' + messages));
  progress_.note(fmt::format("failed: {}: {}", task.label, reason));
}

void BatchRunner::fail_those_that_need_failed() {
  for (auto& task : tasks_) {
    auto const& needed = tasks_[task.needs];
    if (task.is_baseline || task.stage != Stage::waiting || needed.stage != Stage::failed) continue;
    fail(task, "its baseline failed: " + failure_of(needed.files), "");
  }
}

void BatchRunner::report() {
  if (!progress_.is_due()) return;
  BatchView view;
  view.at_a_time = options_.jobs;
  for (auto const& task : tasks_) {
    if (!task.is_baseline) ++view.total;
    if (!task.is_baseline && task.stage == Stage::complete) ++view.done;
    if (!task.is_baseline && task.stage == Stage::failed) ++view.failed;
    if (task.stage == Stage::waiting && !task.is_baseline) ++view.waiting[task.arm];
  }
  for (auto const& run : running_)
    view.running.push_back({tasks_[run.task].label, tasks_[run.task].arm, run.child.seconds()});
  progress_.update(view);
}

}  // namespace myoaxis

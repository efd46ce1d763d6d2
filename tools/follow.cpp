#include "tools/follow.h"

#include <fmt/chrono.h>
#include <fmt/core.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "io/run/run_identity.h"
#include "io/run/run_lock.h"
#include "io/run/run_paths.h"
#include "tools/progress.h"
#include "tools/run_screen.h"
#include "tools/seconds_since.h"
#include "tools/stop_request.h"
#include "tools/terminal.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr double kPatienceForFile = 5;  // s to wait for a file that is not there
constexpr double kBetweenLines = 15;    // s, where lines are not renewed in place
constexpr double kQuiet = 5;            // s without a new row that are worth a word
constexpr int kFailuresBorne = 10;      // looks in a row: a writer may be in the middle of a change
constexpr auto kPartial = ".partial";

bool wants_to_stop() { return stop_reason({}).has_value(); }

/// False: a signal came.
bool wait(double seconds) {
  auto const start = Clock::now();
  while (seconds_since(start) < seconds) {
    if (wants_to_stop()) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
  return !wants_to_stop();
}

std::string time_of_day(double seconds_ago) {
  auto const then = std::time(nullptr) - static_cast<std::time_t>(seconds_ago);
  return fmt::format("{:%H:%M:%S}", fmt::localtime(then));
}

/// Time since a file was written last, in s; 0 when it is not known.
double age_of(fs::path const& path) {
  std::error_code error;
  auto const written = fs::last_write_time(path, error);
  return error ? 0 : std::chrono::duration<double>(fs::file_time_type::clock::now() - written).count();
}

/// Where the view goes. A terminal gets its own screen back at the end, and the last view below it.
class Display {
 public:
  virtual ~Display() = default;
  virtual void show(RunView const& view, Pace const& pace, std::string const& remark) = 0;
  virtual void end(RunView const& view, Pace const& pace) = 0;
};

class LiveScreen : public Display {
 public:
  LiveScreen() { fmt::print("\033[?1049h\033[?25l"); }  // the other screen, no cursor
  LiveScreen(LiveScreen const&) = delete;
  LiveScreen& operator=(LiveScreen const&) = delete;
  ~LiveScreen() override { leave(); }

  void show(RunView const& view, Pace const& pace, std::string const& remark) override {
    auto lines = screen_of(view, pace);
    auto const room = std::max<std::size_t>(stdout_lines(), 3) - 2;  // without the remark and the cursor's
    if (lines.size() > room) lines.resize(room);
    lines.push_back(remark);
    // Each line replaces the old one, and only its rest is erased: nothing flickers.
    std::string text = "\033[H";
    for (auto const& line : lines) text += cut_text(line, stdout_columns()) + "\033[K\n";
    fmt::print("{}\033[J", text);
    std::fflush(stdout);
  }

  void end(RunView const& view, Pace const& pace) override {
    leave();
    for (auto const& line : screen_of(view, pace)) fmt::print("{}\n", line);
  }

 private:
  void leave() {
    if (std::exchange(left_, true)) return;
    fmt::print("\033[?25h\033[?1049l");
    std::fflush(stdout);
  }
  bool left_ = false;
};

class PlainLines : public Display {
 public:
  void show(RunView const& view, Pace const& pace, std::string const& remark) override {
    auto const changed = remark.empty() != remark_.empty();
    if (shown_ && !changed && seconds_since(*shown_) < kBetweenLines) return;
    print(view, pace, remark);
    shown_ = Clock::now();
    remark_ = remark;
  }
  void end(RunView const& view, Pace const& pace) override { print(view, pace, ""); }

 private:
  static void print(RunView const& view, Pace const& pace, std::string const& remark) {
    fmt::print("{}{}{}\n", progress_line(view, pace), remark.empty() ? "" : "   ", remark);
    std::fflush(stdout);
  }
  std::optional<Clock::time_point> shown_;
  std::string remark_;
};

std::unique_ptr<Display> make_display() {
  auto const plain = std::getenv("NO_COLOR") != nullptr || std::getenv("CI") != nullptr;
  if (isatty(STDOUT_FILENO) != 0 && !plain) return std::make_unique<LiveScreen>();
  return std::make_unique<PlainLines>();
}

class Follower {
 public:
  Follower(RunPaths paths, double every) : paths_{std::move(paths)}, every_{every} {}

  ExitCode follow() {
    if (!wait_for_file()) return ExitCode::stopped;
    while (!has_ended()) {
      if (view_) {
        if (!display_) display_ = make_display();
        display_->show(*view_, pace_, remark());
      }
      if (wait(every_)) continue;
      if (display_) display_->end(*view_, pace_);
      return ExitCode::stopped;
    }
    if (display_)
      display_->end(*view_, pace_);
    else
      for (auto const& line : screen_of(*view_, pace_)) fmt::print("{}\n", line);
    tell_end();
    return ExitCode::done;
  }

 private:
  bool written_now() const { return is_being_written(paths_.output); }

  /// A run that is being prepared holds its lock already.
  bool wait_for_file() {
    auto told = false;
    for (auto const start = Clock::now(); !fs::exists(results_path(paths_.output));) {
      if (!written_now() && seconds_since(start) > kPatienceForFile) {
        throw UsageError{fmt::format("{}: no such file, nor {}, and no run that writes it",
                                     paths_.output.string(), paths_.partial().filename().string())};
      }
      if (!std::exchange(told, true)) spdlog::info("{}: is not there yet; waiting", paths_.output.string());
      if (!wait(std::min(every_, 0.2))) return false;
    }
    return true;
  }

  /// Looks once more. True: nobody writes the run anymore, and it says that it has ended.
  bool has_ended() {
    auto const written = written_now();  // asked first: what it writes last comes before it goes
    auto const path = results_path(paths_.output);
    try {
      auto const file = open_results(path);
      if (file.text_attribute("/", "format") != kFormatName)
        throw UsageError{fmt::format("{}: is no results file of myoaxis", path.string())};
      view_ = view_run(file);
      failures_ = 0;
    } catch (FileError const&) {
      // It may be between two states: renamed, or opened anew by its writer.
      if (++failures_ > kFailuresBorne && !written) throw;
      return false;
    }
    if (view_->time) pace_.see(seconds_since(start_), *view_->time);
    written_ = written;
    return !written && view_->status != "running";
  }

  std::string remark() const {
    auto quiet = seconds_since(start_) - pace_.last_change();
    // The view may have come long after the end of who wrote the file.
    if (!written_) quiet = std::max(quiet, age_of(results_path(paths_.output)));
    if (quiet < std::max(kQuiet, 3 * pace_.longest_pause())) return "";
    auto const since = fmt::format("nothing new since {} ({})", time_of_day(quiet), clock_text(quiet));
    if (written_) return since;
    return since +
           ", and no program here writes it: the same command goes on from the last checkpoint; "
           "ctrl-C ends this view";
  }

  void tell_end() const {
    if (view_->status == "complete") {
      spdlog::info("{}: is complete", paths_.output.string());
    } else {
      // Results take their final name where the run came to, which --until may have set.
      auto const has_come_to_until = results_path(paths_.output) == paths_.output;
      spdlog::info("{}: was stopped at {}; the same command{} goes on from there", paths_.output.string(),
                   to_string(Tick{static_cast<std::int64_t>(view_->time.value_or(0))}),
                   has_come_to_until ? " with a later --until, or without one," : "");
    }
  }

  RunPaths paths_;
  double every_;
  Clock::time_point start_ = Clock::now();
  Pace pace_;
  std::optional<RunView> view_;
  std::unique_ptr<Display> display_;
  bool written_ = false;
  int failures_ = 0;
};

}  // namespace

fs::path output_of(fs::path path) {
  auto const text = path.string();
  return text.ends_with(kPartial) ? fs::path{text.substr(0, text.size() - std::string_view{kPartial}.size())}
                                  : path;
}

fs::path results_path(fs::path const& output) {
  auto const partial = RunPaths{output}.partial();
  std::error_code error;
  auto const written = fs::last_write_time(partial, error);
  if (error) return output;
  auto const finished = fs::last_write_time(output, error);
  return error || written > finished ? partial : output;
}

H5Reader open_results(fs::path const& path) {
  auto const name = path.string();
  return name.ends_with(kPartial) ? H5Reader::open_live(name) : H5Reader::open(name);
}

ExitCode follow(fs::path const& file, double every) {
  remember_signals();
  return Follower{{output_of(file)}, every}.follow();
}

}  // namespace myoaxis

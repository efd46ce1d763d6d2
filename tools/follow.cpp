#include "tools/follow.h"

#include <fmt/core.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <optional>
#include <thread>
#include <vector>

#include "core/clock.h"
#include "io/hdf5/reader.h"
#include "io/run/run_identity.h"
#include "tools/common.h"
#include "tools/terminal.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{5};  // for a file that is not there yet

/// The file to look into: the finished one when it is newer.
std::optional<fs::path> current(fs::path const& output) {
  auto partial = output;
  partial += ".partial";
  std::error_code ignored;
  auto const here = fs::exists(output, ignored), running = fs::exists(partial, ignored);
  if (running && (!here || fs::last_write_time(partial, ignored) > fs::last_write_time(output, ignored)))
    return partial;
  return here ? std::optional{output} : std::nullopt;
}

/// What one look saw.
struct Look {
  std::string status;
  std::size_t rows = 0;
  std::vector<std::string> lines;
};

/// The newest row of a data set with its first, or nothing.
struct Ends {
  double first = 0, last = 0;
};
std::optional<Ends> ends(H5Reader const& file, std::string const& path, std::size_t stride = 1) {
  auto const values = file.read_doubles(path);
  if (values.size() < stride) return {};
  return Ends{values.front(), values[values.size() - stride]};
}

std::string progress_line(H5Reader const& file, double now) {
  auto const begin = file.number_attribute("/", "begin").value_or(now);
  auto const end = file.number_attribute("/", "end").value_or(now);
  auto const share = end > begin ? 100 * (now - begin) / (end - begin) : 100;
  auto const at = [](double seconds) { return to_string(Tick{static_cast<std::int64_t>(seconds)}); };
  return fmt::format("{} of {}, {:.0f} %, {} events", at(now), at(end), share, file.size("events/time"));
}

std::string cells_line(H5Reader const& file) {
  auto const stages = file.read_texts("hippocampus/stage");
  auto const cells = file.read_doubles("hippocampus/cells");
  std::string line = "cells";
  for (std::size_t i = 0; i < stages.size() && cells.size() >= stages.size(); ++i)
    line += fmt::format("  {} {:.0f}", stages[i], cells[cells.size() - stages.size() + i]);
  return line;
}

std::string brain_line(H5Reader const& file) {
  std::string line = "brain";
  for (auto const* name : {"mood", "affect", "fatigue", "inflammation", "perceived_exertion"}) {
    if (auto const found = ends(file, fmt::format("brain/{}", name)))
      line += fmt::format("  {} {:.3g}", name, found->last);
  }
  return line;
}

std::string session_line(H5Reader const& file) {
  auto const sessions = file.size("sessions/session");
  if (sessions == 0) return "sessions  none yet";
  auto const last = [&](char const* name) {
    return file.read_doubles(fmt::format("sessions/{}", name)).back();
  };
  return fmt::format("sessions  {}, the last {}: {:.0f} %VO2max for {:.0f} min, exertion {:.1f}", sessions,
                     last("done") > 0 ? "done" : "skipped", last("intensity"), last("work") / 60,
                     last("perceived_exertion"));
}

Look look_into(fs::path const& path) {
  auto const file = H5Reader::open(path.string());
  if (file.text_attribute("/", "format") != kFormatName)
    throw UsageError{fmt::format("{}: is no results file of myoaxis", path.string())};
  Look look;
  look.status = file.text_attribute("/", "status").value_or("");
  auto const time = ends(file, "brain/time");
  look.rows = file.size("brain/time");
  look.lines.push_back(
      fmt::format("{}: {}, {}", path.string(), file.text_attribute("/", "title").value_or(""), look.status));
  if (!time) return look;
  look.lines.push_back(progress_line(file, time->last));
  auto const sites = file.size("blood/site");
  for (auto const& info : file.datasets("blood")) {
    if (info.is_scale) continue;
    auto const found = ends(file, "blood/" + info.name, sites);
    if (!found) continue;
    look.lines.push_back(fmt::format("  {:<18} {:>12.4g} {:<10} {:+.1f} %", info.name, found->last, info.unit,
                                     found->first > 0 ? 100 * (found->last / found->first - 1) : 0.0));
  }
  look.lines.push_back(cells_line(file));
  look.lines.push_back(brain_line(file));
  look.lines.push_back(session_line(file));
  return look;
}

/// In place on a terminal; elsewhere the line of progress.
class View {
 public:
  void show(Look const& look, double silent) {
    auto lines = look.lines;
    if (silent > 10 && look.status == "running")
      lines.push_back(
          fmt::format("no new row for {:.0f} s; a crashed run goes on by its own command", silent));
    if (terminal_) {
      if (shown_ > 0) fmt::print("\033[{}A", shown_);
      for (auto const& line : lines) fmt::print("\r{}\033[K\n", cut_text(line, stdout_columns()));
      fmt::print("\033[J");
      shown_ = lines.size();
    } else if (look.rows != rows_ && lines.size() > 1) {
      fmt::print("{}\n", lines[1]);
    }
    rows_ = look.rows;
    std::fflush(stdout);
  }

 private:
  bool terminal_ = isatty(STDOUT_FILENO) != 0;
  std::size_t shown_ = 0;
  std::size_t rows_ = 0;
};

double seconds_since(Clock::time_point then) {
  return std::chrono::duration<double>(Clock::now() - then).count();
}

}  // namespace

void follow(fs::path const& output, double every) {
  View view;
  auto changed = Clock::now();
  std::size_t rows = 0;
  for (auto const begin = Clock::now();; std::this_thread::sleep_for(std::chrono::duration<double>(every))) {
    auto const path = current(output);
    if (!path) {
      if (Clock::now() - begin > kPatience)
        throw UsageError{
            fmt::format("{}: no such file, and no {}.partial of a run", output.string(), output.string())};
      continue;
    }
    Look look;
    try {
      look = look_into(*path);
    } catch (FileError const&) {
      // While a run begins or ends, its file is closed to others for a moment.
      if (seconds_since(changed) < 5) continue;
      throw;
    }
    if (look.rows != rows) changed = Clock::now();
    rows = look.rows;
    view.show(look, seconds_since(changed));
    if (look.status != "running") return;
  }
}

}  // namespace myoaxis

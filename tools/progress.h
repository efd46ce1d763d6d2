/// Progress of a run: a line that renews itself on a terminal, a plain line now and then elsewhere.
#pragma once

#include <chrono>
#include <string>

#include "core/clock.h"

namespace myoaxis {

enum class ProgressStyle { terminal, lines, none };

/// A span of wall time: "1:07", "3 h 05 min".
std::string clock_text(double seconds);

/// `choice` is auto, always or never. Auto: a live line on a terminal, plain lines elsewhere; NO_COLOR and CI
/// ask for plain lines.
ProgressStyle progress_style(std::string const& choice);

class Progress {
 public:
  /// To `end`, on a way of `steps`, of which some were done before.
  Progress(ProgressStyle style, Tick now, Tick end, std::int64_t steps_before, std::int64_t steps);
  void update(Tick now, std::int64_t steps_done);
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  std::string line(Tick now, std::int64_t steps_done, double seconds) const;

  ProgressStyle style_;
  Tick begin_;  // of this process
  Tick end_;
  std::int64_t steps_before_;
  std::int64_t steps_;
  Clock::time_point start_;
  Clock::time_point shown_;
};

}  // namespace myoaxis

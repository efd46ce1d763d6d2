/// A run in progress as a screen of text: how far it is, and the newest row of its results.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "io/results/run_view.h"

namespace myoaxis {

/// How fast simulated time goes, by the rows that were seen to come. Times in s, wall time from any origin.
class Pace {
 public:
  void see(double wall, double simulated);
  /// Simulated s in a s of wall time; nothing before a second row.
  std::optional<double> speed() const;
  /// Wall time of the last new row, or of the first look.
  double last_change() const { return points_.empty() ? 0 : points_.back().wall; }
  /// Longest wall time between two new rows so far.
  double longest_pause() const { return longest_pause_; }

 private:
  struct Point {
    double wall;
    double simulated;
  };
  std::deque<Point> points_;
  double longest_pause_ = 0;
};

/// "running   day 3 08:00 of day 84 00:00    12 %  1.9 days/s  0:38 left"
std::string progress_line(RunView const& view, Pace const& pace);

/// The whole screen, its lines as long as they are.
std::vector<std::string> screen_of(RunView const& view, Pace const& pace);

}  // namespace myoaxis

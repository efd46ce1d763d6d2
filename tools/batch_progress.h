/// What a person sees of a batch on its way: how many runs are done, which go on, how long it will take.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tools/progress.h"

namespace myoaxis {

/// What runs of one kind took until now.
class RunTimes {
 public:
  void add(std::string const& kind, double seconds);
  /// Mean of the runs of this kind or, when there was none, of all; nothing before any has ended.
  std::optional<double> expected(std::string const& kind) const;

 private:
  struct Sum {
    double seconds = 0;
    std::size_t runs = 0;
  };
  std::map<std::string, Sum> sums_;
  Sum all_;
};

struct BatchView {
  struct Ongoing {
    std::string label;
    std::string kind;
    double seconds = 0;  // since it began
  };
  std::size_t total = 0, done = 0, failed = 0;
  std::vector<Ongoing> running;
  std::map<std::string, std::size_t> waiting;  // number of each kind
  std::size_t at_a_time = 1;
};

/// Wall time until all has ended; nothing before a run has.
std::optional<double> seconds_left(BatchView const& view, RunTimes const& times);

class BatchProgress {
 public:
  explicit BatchProgress(ProgressStyle style);

  RunTimes& times() { return times_; }
  /// Whether it is time for another line.
  bool is_due() const;
  void update(BatchView const& view);
  /// A line of its own, which stays.
  void note(std::string const& text);
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  std::string line(BatchView const& view) const;

  ProgressStyle style_;
  RunTimes times_;
  Clock::time_point shown_;
};

}  // namespace myoaxis

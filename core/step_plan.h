/// The calendar plans the steps: short ones while muscles work, long ones at rest, an exact end at every
/// event.
///
/// A step is the largest length that is allowed where it begins and passes neither a mark (start or end of a
/// bout, an assay, a day) nor the next multiple of the grid. Lengths are powers of two seconds, and the
/// grid's period itself, so that few propagators serve all steps.
#pragma once

#include <cstdint>
#include <vector>

#include "core/clock.h"

namespace myoaxis {

/// One interval of simulated time over which the state is advanced at once.
struct Step {
  Tick begin;
  std::int64_t seconds = 0;
  Tick end() const { return begin + seconds; }
  Seconds length() const { return as_seconds(seconds); }
};

/// A stretch of time with its own longest step.
struct Phase {
  Tick begin;
  Tick end;
  std::int64_t longest_step = 1;
};

class StepPlanner {
 public:
  /// `phases` are sorted and do not overlap; outside of them a step may last up to `longest_step` seconds,
  /// and never beyond a multiple of `grid`. `marks` are further instants at which a step has to end, in any
  /// order.
  StepPlanner(Tick end, std::int64_t grid, std::int64_t longest_step, std::vector<Phase> phases,
              std::vector<Tick> marks);

  /// The step that begins at `now`, which must lie before the end.
  Step next(Tick now) const;

  Tick end() const { return end_; }
  std::int64_t grid() const { return grid_; }
  bool on_grid(Tick tick) const { return next_multiple(tick, grid_) == tick; }

  /// All lengths used between `begin` and the end (or the first step's end at or after `until`), ascending,
  /// and the number of steps.
  struct Summary {
    std::vector<std::int64_t> lengths;
    std::int64_t steps = 0;
  };
  Summary summarize(Tick begin) const { return summarize(begin, end_); }
  Summary summarize(Tick begin, Tick until) const;

 private:
  std::int64_t longest_step_at(Tick now) const;
  Tick limit_after(Tick now) const;

  Tick end_;
  std::int64_t grid_;
  std::int64_t longest_step_;
  std::vector<Phase> phases_;
  std::vector<Tick> marks_;
};

}  // namespace myoaxis

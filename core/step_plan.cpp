#include "core/step_plan.h"

#include <algorithm>
#include <bit>
#include <set>

#include "core/contracts.h"

namespace myoaxis {

StepPlanner::StepPlanner(Tick end, std::int64_t grid, std::int64_t longest_step, std::vector<Phase> phases,
                         std::vector<Tick> marks)
    : end_{end},
      grid_{grid},
      longest_step_{std::min(longest_step, grid)},
      phases_{std::move(phases)},
      marks_{std::move(marks)} {
  EXPECTS(grid > 0 && longest_step > 0);
  for (auto const& phase : phases_) {
    marks_.push_back(phase.begin);
    marks_.push_back(phase.end);
  }
  marks_.push_back(end_);
  std::sort(marks_.begin(), marks_.end());
  marks_.erase(std::unique(marks_.begin(), marks_.end()), marks_.end());
}

std::int64_t StepPlanner::longest_step_at(Tick now) const {
  auto const after = std::upper_bound(phases_.begin(), phases_.end(), now,
                                      [](Tick tick, Phase const& phase) { return tick < phase.begin; });
  if (after == phases_.begin()) return longest_step_;
  auto const& phase = *std::prev(after);
  return now < phase.end ? std::min(grid_, phase.longest_step) : longest_step_;
}

Tick StepPlanner::limit_after(Tick now) const {
  auto const mark = *std::upper_bound(marks_.begin(), marks_.end(), now);
  return std::min(mark, next_multiple(now + 1, grid_));
}

Step StepPlanner::next(Tick now) const {
  EXPECTS(now < end_);
  auto const room = std::min(limit_after(now) - now, longest_step_at(now));
  if (room == grid_) return {now, grid_};
  return {now, static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(room)))};
}

StepPlanner::Summary StepPlanner::summarize(Tick begin, Tick until) const {
  std::set<std::int64_t> lengths;
  Summary summary;
  for (auto now = begin; now < std::min(until, end_); now = next(now).end()) {
    lengths.insert(next(now).seconds);
    ++summary.steps;
  }
  summary.lengths.assign(lengths.begin(), lengths.end());
  return summary;
}

}  // namespace myoaxis

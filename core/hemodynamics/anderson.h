/// Anderson acceleration: a fixed point sought in the space of the last few steps.
#pragma once

#include <cstddef>
#include <deque>
#include <vector>

namespace myoaxis {

/// Given states x and the changes f(x) - x that a fixed-point iteration wants, proposes the next state: the
/// combination of the last ones whose changes cancel best (least squares), moved by a share of what is left.
/// Finds fixed points around which the plain or relaxed iteration circles. [Anderson1965]
class Anderson {
 public:
  Anderson(std::size_t depth, double share) : depth_{depth}, share_{share} {}

  void step(std::vector<double>& state, std::vector<double> const& change);

 private:
  std::size_t depth_;
  double share_;
  std::vector<double> last_state_, last_change_;
  std::deque<std::vector<double>> state_steps_, change_steps_;
};

}  // namespace myoaxis

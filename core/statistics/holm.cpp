#include "core/statistics/holm.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace myoaxis {

std::vector<double> holm_adjusted(std::span<double const> p_values) {
  std::vector<double> adjusted{p_values.begin(), p_values.end()};
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < adjusted.size(); ++i) {
    if (!std::isnan(adjusted[i])) order.push_back(i);
  }
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return p_values[i]; });
  double highest = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    auto& p = adjusted[order[rank]];
    highest = std::max(highest, std::min(1.0, static_cast<double>(order.size() - rank) * p));
    p = highest;
  }
  return adjusted;
}

}  // namespace myoaxis

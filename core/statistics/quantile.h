/// The value below which a share of a population lies, told from a sample.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>

#include "core/contracts.h"

namespace myoaxis {

/// Linear between the ordered values, which stand for the quantiles (k + 1) / (n + 1), k = 0 ... n - 1
/// (definition 6 of Hyndman & Fan 1996, Am. Stat. 50:361); beyond them the outermost value. A share that
/// falls on a value gives that one, also where its neighbor is infinite. Puts the values into another order.
inline double quantile_of(std::span<double> values, double share) {
  EXPECTS(!values.empty());
  auto const last = static_cast<double>(values.size() - 1);
  auto place = std::clamp(share * (last + 2) - 1, 0.0, last);
  constexpr double rounding = 1e-9;
  if (std::abs(place - std::round(place)) < rounding) place = std::round(place);
  auto const below = values.begin() + static_cast<std::ptrdiff_t>(place);
  std::nth_element(values.begin(), below, values.end());
  auto const part = place - std::floor(place);
  if (part == 0) return *below;
  return *below + part * (*std::min_element(below + 1, values.end()) - *below);
}

}  // namespace myoaxis

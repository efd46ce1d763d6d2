/// Where a vessel divides, the faster branch gets more than its share of red cells.
#pragma once

#include <algorithm>
#include <cmath>

#include "core/contracts.h"
#include "core/quantity.h"

namespace myoaxis {

/// A vessel, or several that meet, feeding two branches.
struct Divergence {
  /// Discharge hematocrit of the feed: the flow-weighted mean of all inflows.
  Fraction feed_hematocrit;
  /// Diameter of the feed: the largest of all inflows.
  Meters feed_diameter;
  /// Diameter of the branch that is asked for, and of the other one.
  Meters branch_diameter;
  Meters other_diameter;
};

/// Share FQ_E of the red cells that enters a branch with the share FQ_B of the blood:
///
///     logit FQ_E = A + B logit((FQ_B - X_0) / (1 - 2 X_0))
///     X_0 = 0.964 (1 - H) / D_F
///     A = -13.29 [(D_a^2/D_b^2 - 1) / (D_a^2/D_b^2 + 1)] (1 - H) / D_F
///     B = 1 + 6.98 (1 - H) / D_F
///
/// with H and D_F the hematocrit and diameter (um) of the feed, D_a and D_b those of the branch and the other
/// one. A branch with less than X_0 of the blood gets plasma alone, one with more than 1 - X_0 all the cells.
/// [PriesSecomb2008]. Measured at arteriolar divergences of the rat's mesentery, D_F from about 6 to 30 um;
/// diameters are taken as they are, whatever the size of the cells. D_F is at least 2 um, which keeps X_0
/// below 1/2. The two branches' shares add up to 1.
inline Fraction red_cell_share(Fraction blood_share, Divergence const& at) {
  EXPECTS(blood_share.value() >= 0 && blood_share.value() <= 1);
  EXPECTS(at.feed_hematocrit.value() >= 0 && at.feed_hematocrit.value() <= 1);
  constexpr double smallest_feed = 2;
  auto const feed = std::max(smallest_feed, at.feed_diameter.value() * 1e6);
  auto const per_feed = (1 - at.feed_hematocrit.value()) / feed;
  auto const threshold = 0.964 * per_feed;
  auto const above = (blood_share.value() - threshold) / (1 - 2 * threshold);
  if (above <= 0) return Fraction{0};
  if (above >= 1) return Fraction{1};
  auto const ratio = at.branch_diameter.value() / at.other_diameter.value();
  auto const asymmetry = -13.29 * ((ratio * ratio - 1) / (ratio * ratio + 1)) * per_feed;
  auto const nonlinearity = 1 + 6.98 * per_feed;
  return Fraction{1 / (1 + std::exp(-asymmetry - nonlinearity * std::log(above / (1 - above))))};
}

}  // namespace myoaxis

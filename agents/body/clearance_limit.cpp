#include "agents/body/clearance_limit.h"

#include <algorithm>

namespace myoaxis {

CubicMetersPerSecond flow_through(std::string const& organ, BloodSpace space,
                                  CirculationParams const& params) {
  double share = 0;
  for (auto const& one : params.organs) {
    if (one.name == organ || one.drains_into == organ) share += one.flow_share.value();
  }
  auto const of_blood = space == BloodSpace::plasma ? 1 - params.hematocrit.value() : 1.0;
  return CubicMetersPerSecond{share * params.cardiac_output.value() * of_blood};
}

CubicMetersPerSecond limited_clearance(FactorParams const& factor, Fraction highest_extraction,
                                       CirculationParams const& params) {
  auto clearance = factor.clearance.value();
  for (auto const& [organ, share] : factor.clearance_share) {
    if (share.value() == 0) continue;
    auto const flow = flow_through(organ, factor.space, params).value();
    clearance = std::min(clearance, highest_extraction.value() * flow / share.value());
  }
  return CubicMetersPerSecond{clearance};
}

}  // namespace myoaxis

#include "agents/body/organ_flow.h"

#include "core/contracts.h"

namespace myoaxis {

OrganFlows organ_flows(CirculationParams const& params, Fraction working_share, Intensity intensity) {
  EXPECTS(intensity.value() >= 0 && intensity.value() <= 1);
  auto const rest = params.cardiac_output.value();
  OrganFlows flows;
  auto const output = rest + (params.cardiac_output_max.value() - rest) * intensity.value();
  flows.cardiac_output = CubicMetersPerSecond{output};
  auto remainder = output;
  std::size_t muscle = params.organs.size();
  for (std::size_t i = 0; i < params.organs.size(); ++i) {
    auto const& organ = params.organs[i];
    auto const flow =
        organ.flow_share.value() * rest * (1 + organ.flow_change_max.value() * intensity.value());
    flows.organ.emplace_back(flow);
    if (organ.name == "muscle") {
      muscle = i;
    } else {
      remainder -= flow;
    }
  }
  EXPECTS(muscle < params.organs.size() && remainder > 0);
  auto const resting = params.organs[muscle].flow_share.value() * rest * (1 - working_share.value());
  flows.organ[muscle] = CubicMetersPerSecond{remainder};
  flows.resting_muscle = CubicMetersPerSecond{resting};
  flows.working_muscle = CubicMetersPerSecond{remainder - resting};
  return flows;
}

}  // namespace myoaxis

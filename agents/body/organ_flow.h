/// Blood flow of every organ at an exercise intensity.
///
///     CO(i) = CO_rest + (CO_max - CO_rest) i
///     Q_k(i) = f_k CO_rest (1 + c_k i)            organs other than muscle
///     Q_muscle(i) = CO(i) - sum of the others     of which resting muscle keeps its flow per gram
///
/// i: intensity as a fraction of VO2max (0..1). Linear cardiac output: rat [GleesonRat]; falls of splanchnic,
/// renal and skin flow: configs/organisms/. Valid for dynamic exercise up to VO2max.
#pragma once

#include <vector>

#include "agents/body/circulation_params.h"

namespace myoaxis {

struct OrganFlows {
  CubicMetersPerSecond cardiac_output;
  std::vector<CubicMetersPerSecond> organ;  // arterial inflow of each organ, muscle as a whole
  CubicMetersPerSecond working_muscle;
  CubicMetersPerSecond resting_muscle;
};

/// `working_share`: mass of the muscle that works as a fraction of all muscle. The first organ named "muscle"
/// takes the remainder of cardiac output.
OrganFlows organ_flows(CirculationParams const& params, Fraction working_share, Intensity intensity);

}  // namespace myoaxis

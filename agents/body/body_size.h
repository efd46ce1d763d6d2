/// A body of another mass than the one that an organism's values were given for.
///
///     masses, volumes ~ s          flows, clearances, rates of release ~ s^(3/4)          s = mass /
///     reference
///
/// All organs keep their proportions; what is given per mass and time scales with s^(-1/4), so that blood
/// levels at rest stay as they are. Exponent of metabolic rate and cardiac output between mammals
/// [Brown1997]; that it holds within a species is an assumption, for s from about 0.7 to 1.4. Numbers of
/// neurons and fibers' sizes stay.
#pragma once

#include <cmath>

#include "agents/experiment.h"

namespace myoaxis {

/// Factor on a flow of the whole body.
inline double flow_scale(double mass_ratio) { return std::pow(mass_ratio, 0.75); }

/// Factor on a rate per mass.
inline double specific_scale(double mass_ratio) { return std::pow(mass_ratio, -0.25); }

template <class Q>
void scale_by(Q& quantity, double factor) {
  quantity = Q{quantity.value() * factor};
}

inline void scale_circulation(CirculationParams& circulation, double mass_ratio) {
  scale_by(circulation.cardiac_output, flow_scale(mass_ratio));
  scale_by(circulation.cardiac_output_max, flow_scale(mass_ratio));
  scale_by(circulation.hippocampus_flow, specific_scale(mass_ratio));
  for (auto* vessel : {&circulation.right_heart, &circulation.lungs, &circulation.left_heart,
                       &circulation.arteries, &circulation.veins}) {
    scale_by(vessel->blood, mass_ratio);
  }
  for (auto& organ : circulation.organs) {
    scale_by(organ.mass, mass_ratio);
    scale_by(organ.blood, mass_ratio);
    if (organ.interstitium) scale_by(organ.interstitium->lymph, specific_scale(mass_ratio));
  }
}

inline void scale_brain(BrainParams& brain, double mass_ratio) {
  scale_by(brain.hippocampus_mass, mass_ratio);
  scale_by(brain.dentate_mass, mass_ratio);
  scale_by(brain.csf_volume, mass_ratio);
  scale_by(brain.csf_flow, flow_scale(mass_ratio));
  scale_by(brain.bulk_flow, specific_scale(mass_ratio));
}

/// Scales what a factor's values say of the whole body.
inline void scale_factor(FactorParams& factor, double mass_ratio) {
  scale_by(factor.clearance, flow_scale(mass_ratio));
  scale_by(factor.influx, specific_scale(mass_ratio));
  if (factor.carrier) scale_by(factor.carrier->maximal, specific_scale(mass_ratio));
  for (auto& source : factor.sources) {
    if (source.rate) scale_by(*source.rate, flow_scale(mass_ratio));
    if (source.specific_rate) scale_by(*source.specific_rate, specific_scale(mass_ratio));
    for (auto* rate : {&source.fibers.basal, &source.fibers.contraction, &source.fibers.transcription}) {
      scale_by(*rate, specific_scale(mass_ratio));
    }
  }
}

}  // namespace myoaxis

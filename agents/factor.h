/// A factor is data: what its molecules weigh, who releases them, how they are cleared, cross and act.
///
/// Every value comes from configs/factors/, with range, organism, status and source; adding a myokine touches
/// no C++.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agents/body/carrier.h"
#include "agents/hippocampus/effect.h"
#include "agents/muscle/secretion_rate.h"
#include "core/quantity.h"

namespace myoaxis {

/// How a factor is simulated: as packets of molecules, or, where they are so many that noise is nil, as
/// concentrations.
enum class FactorKind { packets, field };

/// What a factor fills of the blood.
enum class BloodSpace { plasma, blood };

/// Where a source puts what it releases.
enum class ReleaseInto { interstitium, blood, tissue };

/// What of a fiber's activity its secretion follows.
enum class FiberDriver {
  activation,
  anaerobic_activation,  // over the fiber's oxidative capacity: what its mitochondria do not meet
};

/// One source of a factor. Muscle releases from its fibers; every other site as a whole.
struct SourceParams {
  std::string name;
  std::string site;  // an organ, "muscle", or in the brain "dentate", "hippocampus", "brain"
  ReleaseInto into = ReleaseInto::interstitium;
  std::optional<KilogramsPerSecond> rate;  // of the whole site at rest
  std::optional<PerSecond> specific_rate;  // or per kg of it
  Number exercise_fold;                    // rise at VO2max relative to rest, at once
  Number transcription_fold;               // rise per unit of the transcription response, relative to rest
  Seconds transcription_delay;
  SecretionParams fibers;             // of muscle only
  std::vector<double> type_capacity;  // one a fiber type, of muscle only
  FiberDriver driver = FiberDriver::activation;
  Number trained_fold{1.0};  // secretion at full secretory adaptation, relative to untrained, of muscle only
};

/// A field's first-order conversion into another field in the interstitium of an organ.
struct ConversionParams {
  std::string name;
  std::string site;
  std::string into;
  PerSecond rate;
  Number trained_fold{1.0};  // rate at full oxidative adaptation, relative to untrained; in working muscle
};

struct OrganShare {
  std::string organ;
  Fraction share;
};

struct FactorParams {
  std::string name;
  std::string long_name;
  FactorKind kind = FactorKind::packets;
  BloodSpace space = BloodSpace::plasma;
  std::string blood_unit;
  double per_blood_unit = 1;  // a concentration of 1 kg/m3 in blood_unit
  KilogramsPerMole molar_mass;
  MolesPerCubicMeter dissociation;
  std::vector<EffectParams> effects;

  CubicMetersPerSecond clearance;  // of the whole body at rest, from its space in blood
  std::vector<OrganShare> clearance_share;
  Number exchange_per_lymph;  // capillary PS over lymph flow of an organ
  Fraction reflection;
  SpecificFlow influx;                   // K_in of the blood-brain barrier
  PerSecond efflux;                      // carrier from brain to blood, of the free pool
  std::optional<CarrierParams> carrier;  // of a field; influx and efflux are then its slopes at rest
  Fraction free_fraction;                // share of the tissue pool that is free in the interstitial fluid
  std::optional<Seconds> turnover;       // half-life in brain tissue
  std::vector<SourceParams> sources;
  std::vector<ConversionParams> conversions;
};

}  // namespace myoaxis

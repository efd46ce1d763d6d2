/// A factor is data: what its molecules weigh, who releases them, how they are cleared, cross and act.
///
/// Every value comes from configs/factors/, with range, organism, status and source; adding a myokine touches
/// no C++.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agents/muscle/secretion_rate.h"
#include "core/quantity.h"

namespace myoaxis {

/// Where a source puts what it releases.
enum class ReleaseInto { interstitium, blood, tissue };

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
};

/// A process that a factor's receptor modulates.
enum class Process { activation, proliferation, survival, maturation };

/// The rate of the process is multiplied (deaths are divided) by (occupancy / occupancy at rest)^gain.
struct EffectParams {
  Process process = Process::survival;
  Number gain;
};

struct OrganShare {
  std::string organ;
  Fraction share;
};

struct FactorParams {
  std::string name;
  std::string long_name;
  std::string blood_unit;
  KilogramsPerMole molar_mass;
  MolesPerCubicMeter dissociation;
  std::vector<EffectParams> effects;

  CubicMetersPerSecond clearance;  // of the whole body at rest, from plasma
  std::vector<OrganShare> clearance_share;
  Number exchange_per_lymph;  // capillary PS over lymph flow of an organ
  Fraction reflection;
  SpecificFlow influx;              // K_in of the blood-brain barrier
  PerSecond efflux;                 // carrier from brain to blood, of the free pool
  Fraction free_fraction;           // share of the tissue pool that is free in the interstitial fluid
  std::optional<Seconds> turnover;  // half-life in brain tissue
  std::vector<SourceParams> sources;
};

}  // namespace myoaxis

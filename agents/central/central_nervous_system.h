/// The brain as the muscles and the training plan see it: its drive, its feelings, its inflammation.
#pragma once

#include <tuple>

#include "agents/central/adherence.h"
#include "agents/central/affect.h"
#include "agents/central/drive.h"
#include "agents/central/inflammation.h"
#include "agents/central/mood.h"
#include "core/state_visit.h"

namespace myoaxis {

struct CentralNervousSystemParams {
  CentralParams drive;
  AffectParams affect;
  GeneralFatigueParams fatigue;
  MoodParams mood;
  AdherenceParams adherence;
  EffortParams effort;
  InflammationParams inflammation;
};

/// State of one subject; the defaults are rest.
struct CentralNervousSystem {
  double central_fatigue = 0;  // share of the drive that is lost
  double affect = 0;           // SD of the resting score
  double fatigue = 0;          // general fatigue
  double mood = 0;             // SD of the resting score
  double inflammation = 1;     // relative to rest

  static constexpr auto members() {
    using C = CentralNervousSystem;
    return std::tuple{
        member("central_fatigue", "1", "share of the drive that is lost", &C::central_fatigue),
        member("affect", "1", "affect, in SD of the resting score", &C::affect),
        member("fatigue", "1", "general fatigue", &C::fatigue),
        member("mood", "1", "mood, in SD of the resting score", &C::mood),
        member("inflammation", "1", "inflammation of the brain, relative to rest", &C::inflammation)};
  }
};

}  // namespace myoaxis

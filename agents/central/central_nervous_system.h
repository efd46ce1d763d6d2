/// The brain as the muscles and the training plan see it: its drive, its feelings, its inflammation.
#pragma once

#include "agents/central/adherence.h"
#include "agents/central/affect.h"
#include "agents/central/drive.h"
#include "agents/central/inflammation.h"
#include "agents/central/mood.h"
#include "core/state_hash.h"

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
};

inline void add_to_hash(StateHash& hash, CentralNervousSystem const& state) {
  for (auto const value :
       {state.central_fatigue, state.affect, state.fatigue, state.mood, state.inflammation}) {
    hash.add(value);
  }
}

}  // namespace myoaxis

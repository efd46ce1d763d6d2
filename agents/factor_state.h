/// State of one factor in the organism.
#pragma once

#include <vector>

#include "agents/muscle/fibers.h"
#include "agents/muscle/transcription_response.h"
#include "core/state_hash.h"
#include "core/transport/engine.h"

namespace myoaxis {

/// One factor in the organism: its content, and what its sources remember.
struct FactorState {
  Load load;
  std::vector<TranscriptionState> transcription;  // one a source of its parameters
  std::vector<Secretion> secretion;               // likewise, empty but for muscle
};

void add_to_hash(StateHash& hash, FactorState const& state);

}  // namespace myoaxis

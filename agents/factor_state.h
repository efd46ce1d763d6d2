/// State of one factor in the organism.
#pragma once

#include <vector>

#include "agents/muscle/fibers.h"
#include "agents/muscle/transcription_response.h"
#include "core/transport/packet_transport.h"

namespace myoaxis {

/// One factor in the organism: its quanta, and what its sources remember.
struct FactorState {
  Cargo cargo;
  std::vector<TranscriptionState> transcription;  // one a source
  std::vector<Secretion> secretion;               // one a source, empty but for muscle
};

}  // namespace myoaxis

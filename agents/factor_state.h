/// State of one factor in the organism.
#pragma once

#include <string>
#include <vector>

#include "agents/muscle/fibers.h"
#include "agents/muscle/transcription_response.h"
#include "core/state_visit.h"
#include "core/transport/engine.h"

namespace myoaxis {

/// One factor in the organism: its content, and what its sources remember.
struct FactorState {
  std::string name;  // of the factor
  Load load;
  std::vector<TranscriptionState> transcription;  // one a source of its parameters
  std::vector<Secretion> secretion;               // likewise, empty but for muscle
};

/// Source i becomes source `to[i]` of `number`, in ledger, packets and counts; or, for kInitial, initial.
void renumber_sources(FactorState& state, std::vector<std::size_t> const& to, std::size_t number);

template <class Visitor, StateOf<FactorState> State>
void visit_state(Visitor const& visitor, State& state) {
  auto& cargo = state.load.cargo;
  auto& field = state.load.field;
  visit_state(visitor.in("packets"), cargo.packets);
  visit_state(visitor.in("counts"), cargo.counts);
  visit_state(visitor.in("provenance"), cargo.provenance);
  visit_state(visitor.in("ledger"), cargo.ledger);
  visit_state(visitor.in("field"), field);
  visit_state(visitor.in("field_ledger"), field.ledger);
  for (std::size_t i = 0; i < state.transcription.size(); ++i)
    visit_state(visitor.in("transcription_" + std::to_string(i)), state.transcription[i]);
  for (std::size_t i = 0; i < state.secretion.size(); ++i)
    visit_state(visitor.in("secretion_" + std::to_string(i)), state.secretion[i]);
}

}  // namespace myoaxis

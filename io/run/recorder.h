/// What is gathered about a run while it goes on, between rows and over all of it.
#pragma once

#include "agents/attribution.h"
#include "agents/observation.h"
#include "agents/outcomes.h"

namespace myoaxis {

struct Recorder {
  explicit Recorder(Model const& model) : observer{model}, summary{model}, attribution{model} {}

  void see(StepReport const& report, Organism const& organism) {
    observer.see(report);
    summary.see(report, organism);
    attribution.see(report);
  }

  Observer observer;
  Summary summary;
  Attribution attribution;
};

template <class Visitor, StateOf<Recorder> State>
void visit_state(Visitor const& visitor, State& recorder) {
  visit_state(visitor.in("observer"), recorder.observer);
  visit_state(visitor.in("summary"), recorder.summary);
  visit_state(visitor.in("attribution"), recorder.attribution);
}

}  // namespace myoaxis

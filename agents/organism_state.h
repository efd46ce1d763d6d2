/// All members of an organism's state, in one order: what is saved, restored, fingerprinted and compared.
#pragma once

#include "agents/organism.h"
#include "core/state_visit.h"

namespace myoaxis {

template <class Visitor, StateOf<Organism> State>
void visit_state(Visitor const& visitor, State& organism) {
  visit_value(visitor, {"now", "s", "time since day 0, 00:00"}, organism.now);
  visit_value(visitor, {"flow_response", "1", "intensity that the circulation has come to, of VO2max"},
              organism.flow_response);
  visit_state(visitor.in("session"), organism.session);
  visit_state(visitor.in("motor_units"), organism.units);
  visit_state(visitor.in("fibers"), organism.fibers);
  visit_state(visitor.in("aerobic"), organism.aerobic);
  for (auto& factor : organism.factors) visit_state(visitor.in("factors").in(factor.name), factor);
  visit_state(visitor.in("brain"), organism.brain);
  visit_state(visitor.in("signals"), organism.signals);
  visit_state(visitor.in("synaptic_signals"), organism.synaptic_signals);
  visit_state(visitor.in("neurons"), organism.neurons);
  visit_state(visitor.in("synapses"), organism.synapses);
}

}  // namespace myoaxis

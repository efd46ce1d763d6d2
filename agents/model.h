/// The model: all that an experiment's parameters determine before the first step, and that no step changes.
#pragma once

#include <vector>

#include "agents/body/flow_response.h"
#include "agents/experiment.h"
#include "agents/factor_model.h"
#include "agents/muscle/recruitment.h"
#include "core/step_plan.h"

namespace myoaxis {

class Model {
 public:
  explicit Model(Experiment parameters);

  Experiment experiment;
  Fraction working_share;  // of the muscle mass, in all sessions
  Calendar calendar;
  StepPlanner planner;
  MotorPool pool;
  BodyLayout body;
  FlowLadder ladder;
  std::vector<FactorModel> factors;
  /// Numbers of the factors in the order in which a step advances them: what is converted before what it is
  /// converted into.
  std::vector<std::size_t> order;

  Tick begin() const { return Tick{-experiment.schedule.baseline}; }
  Tick end() const { return Tick{experiment.schedule.duration}; }
  BodyParams body_params() const {
    return {experiment.organism.circulation, experiment.organism.brain, working_share};
  }
  /// What the calendar asks for at `tick`, `scale` (0..1) of it being done.
  Demand demand_at(Tick tick, double scale = 1) const;
  /// Share of the dentate gyri whose cells are simulated.
  double dentate_fraction() const { return experiment.scale.brain.dentate_fraction.value(); }
  std::size_t propagator_bytes() const;

 private:
  void connect_conversions();
  void settle_factors();
  void make_propagators_of(FactorModel& factor) const;
};

}  // namespace myoaxis

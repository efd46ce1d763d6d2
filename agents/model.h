/// The model: all that an experiment's parameters determine before the first step, and that no step changes.
#pragma once

#include <functional>
#include <stdexcept>
#include <vector>

#include "agents/body/flow_response.h"
#include "agents/experiment.h"
#include "agents/factor_model.h"
#include "agents/muscle/recruitment.h"
#include "core/step_plan.h"
#include "core/transport/propagator_store.h"

namespace myoaxis {

/// The propagators that a run needs: one a factor, state of flow and length of step.
struct PropagatorPlan {
  std::size_t cells = 0;
  std::size_t number = 0;
  std::size_t bytes = 0;
  double seconds = 0;  // to make them on one thread, roughly
};

/// The run would need more memory for propagators than it is given.
class BudgetError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Model {
 public:
  /// Called with the plan before any propagator is made.
  using Announce = std::function<void(PropagatorPlan const&)>;

  /// Propagators come from `store`, where there is one. Throws BudgetError.
  explicit Model(Experiment parameters, PropagatorStore* store = nullptr, Announce const& announce = {});

  Experiment experiment;
  Fraction working_share;  // of the muscle mass, in all sessions
  Calendar calendar;
  StepPlanner planner;
  MotorPool pool;
  BedNetworks networks;
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
  PropagatorPlan propagator_plan() const;

 private:
  void connect_conversions();
  void settle_factors();
  std::vector<std::int64_t> lengths_in(std::size_t flow_state) const;
  void make_propagators(PropagatorStore* store);

  std::vector<std::int64_t> lengths_;  // of all steps
};

}  // namespace myoaxis

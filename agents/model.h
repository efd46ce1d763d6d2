/// The model: all that an experiment's parameters determine before the first step, and that no step changes.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "agents/body/body_graph.h"
#include "agents/body/body_layout.h"
#include "agents/body/flow_response.h"
#include "agents/experiment.h"
#include "agents/muscle/recruitment.h"
#include "core/step_plan.h"
#include "core/transport/packet_transport.h"

namespace myoaxis {

/// Where a source of a factor releases, and at what rate at rest.
struct SourceSite {
  struct Target {
    CellId cell;
    double rest_rate;  // quanta/s
  };
  std::vector<Target> targets;
  std::uint64_t key = 0;
  /// Fibers of the working muscle release into this cell, besides the `targets`.
  std::optional<CellId> fiber_cell;
};

/// One factor with its graph, its quantum and its propagators.
class FactorModel {
 public:
  FactorModel(FactorParams const& params, Experiment const& experiment, BodyLayout const& body);

  FactorParams params;
  Layout layout;
  CargoKind kind;
  double quantum = 1;  // molecules in a quantum
  std::vector<SourceSite> sources;
  std::vector<double> rest_content;    // expected quanta in each cell at rest
  std::vector<double> rest_occupancy;  // of each piece of brain tissue

  double quanta_per_kilogram() const;
  /// Concentration in a plasma volume (kg/m^3) of a number of quanta.
  KilogramsPerCubicMeter concentration(double quanta, CubicMeters volume) const;
  /// Occupancy of the receptor in brain tissue that holds `quanta`.
  Fraction occupancy(double quanta, Tissue const& tissue, BrainParams const& brain) const;
  StepTables const& tables(std::size_t flow_state, std::int64_t seconds) const;

 private:
  friend class Model;
  void place_sources(BodyLayout const& body);
  void settle_rest(Experiment const& experiment, BodyLayout const& body);
  std::map<std::pair<std::size_t, std::int64_t>, StepTables> tables_;
};

class Model {
 public:
  explicit Model(Experiment parameters);

  Experiment experiment;
  ModeParams mode;
  Calendar calendar;
  StepPlanner planner;
  MotorPool pool;
  BodyLayout body;
  FlowLadder ladder;
  std::vector<FactorModel> factors;

  Tick begin() const { return Tick{-experiment.schedule.baseline}; }
  Tick end() const { return Tick{experiment.schedule.duration}; }
  BodyParams body_params() const {
    return {experiment.organism.circulation, experiment.organism.brain, mode.working_share};
  }
  /// Share of the dentate gyri whose cells are simulated.
  double dentate_fraction() const { return experiment.scale.brain.dentate_fraction.value(); }
  std::size_t propagator_bytes() const;

 private:
  void make_propagators_of(FactorModel& factor) const;
};

}  // namespace myoaxis

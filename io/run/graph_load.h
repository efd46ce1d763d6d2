/// The solute of a graph experiment on its way: one engine's load, with what is put in at once or over time.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/transport/engine.h"
#include "core/transport/propagator_store.h"
#include "io/experiment/graph_config.h"

namespace myoaxis {

class GraphLoad {
 public:
  /// Makes the propagator of a step, or takes it from `store` (may be null). `experiment` outlives the load.
  GraphLoad(GraphExperiment const& experiment, PropagatorStore* store);
  GraphLoad(GraphLoad const&) = delete;
  GraphLoad& operator=(GraphLoad const&) = delete;

  /// Puts in what is due at once at the current step.
  void inject_due();
  /// One step. Throws InvariantError when the ledger does not close.
  void advance();

  std::int64_t steps_done() const { return now_.seconds(); }
  /// Amounts in mol.
  std::vector<double> content() const;  // one a cell
  std::vector<double> cleared() const;  // one a sink
  std::vector<double> put_in() const;   // one a bolus, then one an infusion
  /// Fingerprint of the state.
  std::string digest() const;

 private:
  void inject(std::size_t bolus);
  void inject_packets(std::size_t bolus, std::int64_t number);
  std::vector<Release> releases() const;
  Freight freight() const { return {experiment_.engine, kind_, *experiment_.layout}; }

  GraphExperiment const& experiment_;
  double quantum_;  // mol
  CargoKind kind_;
  StepTables tables_;
  Load load_;
  Tick now_;  // counts steps
};

}  // namespace myoaxis

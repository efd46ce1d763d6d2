/// One run of the model in memory: what its assays read and what it came to.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "agents/assays/laboratory.h"
#include "agents/outcomes.h"
#include "core/transport/propagator_store.h"
#include "io/experiment/experiment_config.h"
#include "io/validation/validation_file.h"

namespace myoaxis {

/// A number and its unit.
struct UnitNumber {
  double number = 0;
  std::string unit;
};

/// A target asks for a number that its run does not have. `what()` says which there are.
class NoSuchNumber : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class RecordedRun {
 public:
  /// Runs the experiment to its end; for a run that is not asked for outcomes, to its last reading.
  RecordedRun(LoadedExperiment const& loaded, PropagatorStore* store, bool wants_outcomes);

  /// Throws NoSuchNumber.
  UnitNumber read(NumberAddress const& address) const;

 private:
  struct Assay {
    std::vector<AssayQuantity> quantities;
    std::vector<Reading> readings;
  };
  void keep(std::vector<Reading> readings, Model const& model);
  UnitNumber read_outcome(std::string const& name) const;
  UnitNumber read_assay(NumberAddress const& address) const;

  Tick end_;
  std::vector<Outcome> outcomes_;
  std::map<std::string, Assay> assays_;
};

}  // namespace myoaxis

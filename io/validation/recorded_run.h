/// One run of the model as `run` does it, and the numbers that are read of its results file, which then goes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/transport/propagator_store.h"
#include "io/experiment/experiment_config.h"
#include "io/validation/result_number.h"

namespace myoaxis {

class RecordedRun {
 public:
  /// Runs the experiment to its end, or, when only assays are read, to its last reading. Results stand in a
  /// folder for temporary files meanwhile. Throws FileError and what a run throws.
  RecordedRun(LoadedExperiment const& loaded, PropagatorStore* store, std::span<NumberAddress const> wanted);

  /// One of the numbers that were wanted. Throws NoSuchNumber.
  UnitNumber read(NumberAddress const& address) const;

 private:
  struct Entry {
    NumberAddress address;
    std::optional<UnitNumber> number;
    std::string error;  // without a number
  };
  std::vector<Entry> entries_;
};

}  // namespace myoaxis

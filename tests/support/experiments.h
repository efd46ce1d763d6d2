/// The shipped experiments, small and short, as a start for tests.
#pragma once

#include <string>
#include <vector>

#include "io/experiment/experiment_config.h"

namespace myoaxis::test {

inline std::string const kConfigs = MYOAXIS_SOURCE_DIR "/configs";

/// A shipped experiment ("endurance"), changed by `sets`.
inline LoadedExperiment load_shipped(std::string const& name, std::vector<std::string> const& sets = {}) {
  return load_experiment(kConfigs + "/experiments/" + name + ".toml", sets, SearchPath{{kConfigs}});
}

/// One day with the regime's first session, 20 h into it, at a size that a test can afford.
inline std::vector<std::string> small_day() {
  return {"schedule.baseline=\"0 s\"",
          "schedule.duration=\"1 day\"",
          "scale.fibers=150",
          "scale.packets=500",
          "scale.niches=2",
          "scale.dentate_fraction=0.02",
          "scale.granule_cells=10",
          "scale.spine_sites=20",
          "factors=[\"bdnf\", \"il6\"]",
          "output.snapshots=[]"};
}

/// `first` followed by `second`.
inline std::vector<std::string> joined(std::vector<std::string> first,
                                       std::vector<std::string> const& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// The mouse, read once.
inline OrganismParams const& mouse() {
  static OrganismParams const organism = load_shipped("sedentary").experiment.organism;
  return organism;
}
inline CirculationParams const& circulation() { return mouse().circulation; }

}  // namespace myoaxis::test

#include "agents/outcome_names.h"

namespace myoaxis {

std::vector<std::string> outcome_names(Experiment const& experiment) {
  std::vector<std::string> names{"sessions_planned", "sessions_done",      "exercise_time",
                                 "force_met",        "perceived_exertion", "oxidative_capacity",
                                 "vo2max_fold",      "fiber_area",         "strength"};
  for (auto const& factor : experiment.factors) {
    for (auto const* what :
         {"blood_baseline", "blood_resting", "blood_in_session", "blood_after_session", "occupancy_fold"})
      names.push_back(factor.name + '_' + what);
  }
  names.insert(names.end(),
               {"cells_born", "cells_died", "neurons_matured", "young_neurons_end", "stem_cells_end",
                "spines", "potentiated_share", "young_spines", "inflammation", "mood", "effort"});
  return names;
}

}  // namespace myoaxis

/// What the brain senses: receptor occupancies of all factors, averaged, and what they make of each process.
#pragma once

#include <array>
#include <tuple>
#include <vector>

#include "agents/hippocampus/lineage.h"
#include "agents/model.h"
#include "core/state_visit.h"

namespace myoaxis {

/// Occupancies of the receptors in each piece of brain tissue over those at rest, averaged over time.
struct Signals {
  std::vector<double> weighted_fold;  // fold x s; one row a factor, one column a piece of tissue
  double seconds = 0;

  static constexpr auto members() {
    return std::tuple{member("weighted_fold", "s",
                             "receptors occupied, relative to rest, x time: factor by piece of tissue",
                             &Signals::weighted_fold),
                      member("seconds", "s", "time that is averaged over", &Signals::seconds)};
  }
};

Signals make_signals(Model const& model);

/// Adds a step of `seconds`; `fold` has one entry a piece of tissue.
void note_fold(Signals& signals, std::size_t factor, std::vector<double> const& fold, double seconds);

/// Begins the next average.
void forget(Signals& signals);

/// Factor on the rate of each process, in the order of `Process`; 1 at rest.
using ProcessFactors = std::array<double, kProcesses>;

/// What the mean signals in a piece of tissue make of the processes; rest when nothing was noted.
ProcessFactors process_factors(Signals const& signals, Model const& model, std::size_t tissue);

/// The same for given folds of occupancy, one a factor.
ProcessFactors process_factors(std::vector<double> const& folds, Model const& model);

/// Modulation of the lineage in one niche, where inflammation stands at `level`.
NicheModulation niche_modulation(ProcessFactors const& processes, InflammationParams const& inflammation,
                                 double level);

}  // namespace myoaxis

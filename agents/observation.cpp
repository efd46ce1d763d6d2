#include "agents/observation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace myoaxis {

double mean_of_niches(std::vector<double> const& values, Model const& model) {
  auto const niches = static_cast<std::ptrdiff_t>(model.body.niches);
  return std::accumulate(values.begin(), values.begin() + niches, 0.0) / static_cast<double>(niches);
}

std::array<double, kSpineStates> spines_per_cell(Synapses const& synapses, Model const& model,
                                                 std::size_t first, std::size_t last) {
  std::array<double, kSpineStates> spines{};
  spines.fill(std::numeric_limits<double>::quiet_NaN());
  if (first >= last) return spines;
  auto const counts = count_spines(synapses, first, last);
  auto const simulated = static_cast<double>((last - first) * synapses.sites);
  for (std::size_t i = 0; i < kSpineStates; ++i) {
    spines[i] = static_cast<double>(counts[i]) / simulated * model.experiment.organism.synapses.sites;
  }
  return spines;
}

Observer::Observer(Model const& model) : model_{model} { sum_.factors.resize(model.factors.size()); }

void Observer::see(StepReport const& report) {
  auto const seconds = report.step.length().value();
  seconds_ += seconds;
  sum_.intensity += report.oxygen.value() * seconds;
  sum_.force += report.force * seconds;
  sum_.excitation += report.excitation * seconds;
  sum_.exertion = std::max(sum_.exertion, report.exertion);
  sum_.capacity = report.capacity;
  sum_.working_muscle_flow += report.working_muscle_flow.value() * seconds;
  sum_.cardiac_output += report.cardiac_output.value() * seconds;
  for (std::size_t i = 0; i < report.events.size(); ++i) {
    auto const kind = EventKind{report.events.kind[i]};
    if (kind == EventKind::birth) ++sum_.births[report.events.stage[i]];
    if (kind == EventKind::death) ++sum_.deaths[report.events.stage[i]];
  }
  see_factors(report);
}

void Observer::see_factors(StepReport const& report) {
  auto const seconds = report.step.length().value();
  for (std::size_t i = 0; i < report.factors.size(); ++i) {
    auto const& seen = report.factors[i];
    auto const& factor = model_.factors[i];
    auto& sum = sum_.factors[i];
    auto const niches = static_cast<double>(model_.body.niches);
    sum.artery += seen.artery.value() * seconds;
    sum.vein += seen.vein.value() * seconds;
    sum.muscle_release += seen.muscle_release / factor.quanta_per_kilogram() * seconds;
    sum.niche_content += mean_of_niches(seen.tissue_content, model_) * niches * factor.quantum * seconds;
    sum.occupancy_fold += mean_of_niches(seen.occupancy_fold, model_) * seconds;
  }
}

Observation Observer::take(Organism const& organism) {
  auto seen = std::exchange(sum_, {});
  sum_.factors.resize(model_.factors.size());
  auto const seconds = std::exchange(seconds_, 0.0);
  auto const& fibers = organism.fibers;
  auto const old_cells = model_.experiment.scale.granule_cells;
  seen.time = organism.now;
  seen.cells = count_stages(organism.neurons);
  seen.brain = organism.brain;
  seen.oxidative = 1 + mean_by_mass(fibers, fibers.oxidative);
  seen.secretory = mean_by_mass(fibers, fibers.secretory);
  seen.area = 1 + mean_by_mass(fibers, fibers.growth);
  seen.old_spines = spines_per_cell(organism.synapses, model_, 0, old_cells);
  seen.young_spines = spines_per_cell(organism.synapses, model_, old_cells, organism.synapses.cells.size());
  if (seconds <= 0) return seen;
  for (auto* mean :
       {&seen.intensity, &seen.force, &seen.excitation, &seen.working_muscle_flow, &seen.cardiac_output}) {
    *mean /= seconds;
  }
  for (auto& factor : seen.factors) {
    for (auto* mean : {&factor.artery, &factor.vein, &factor.muscle_release, &factor.niche_content,
                       &factor.occupancy_fold}) {
      *mean /= seconds;
    }
  }
  return seen;
}

}  // namespace myoaxis

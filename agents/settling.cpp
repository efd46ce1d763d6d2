#include "agents/settling.h"

#include <cmath>
#include <unordered_set>

#include "agents/signals.h"

namespace myoaxis {
namespace {

/// Processes at rest, in an organism that never had the factors which are knocked out from birth.
ProcessFactors processes_at_rest(Model const& model) {
  std::vector<double> folds;
  for (auto const& factor : model.factors) {
    auto missing = false;
    for (auto const& knockout : factor.knockouts) missing = missing || !knockout.from;
    folds.push_back(missing ? 0.0 : 1.0);
  }
  return process_factors(folds, model);
}

Neurons stem_cells_before(Model const& model, std::int64_t settling) {
  auto const& organism = model.experiment.organism;
  auto const age = organism.age.value() - static_cast<double>(settling + model.experiment.schedule.baseline);
  auto const number = stem_cells_at(organism.lineage, Seconds{age}) / settled_share(organism.lineage) *
                      model.dentate_fraction();
  return make_stem_cells(organism.lineage, static_cast<std::size_t>(std::llround(number)), model.body.niches,
                         model.experiment.luck, model.begin() + -settling);
}

bool is_mature(Neurons const& neurons, std::size_t i) { return Stage{neurons.stage[i]} == Stage::mature; }

/// New granule cells that matured before the run are not followed any further.
void drop_mature(Hippocampus& hippocampus) {
  std::unordered_set<std::uint64_t> mature;
  for (std::size_t i = 0; i < hippocampus.neurons.size(); ++i) {
    if (is_mature(hippocampus.neurons, i)) mature.insert(hippocampus.neurons.key[i]);
  }
  remove_spine_cells(hippocampus.synapses, mature);
  keep_rows(hippocampus.neurons, [&](std::size_t i) { return !is_mature(hippocampus.neurons, i); });
}

}  // namespace

Hippocampus settled_hippocampus(Model const& model) {
  auto const& organism = model.experiment.organism;
  auto const& scale = model.experiment.scale;
  auto const& luck = model.experiment.luck;
  auto const days = std::ceil(settling_time(organism.lineage).value() / static_cast<double>(kDay));
  auto const settling = static_cast<std::int64_t>(days) * kDay;
  auto const begin = model.begin() + -settling;
  auto const processes = processes_at_rest(model);
  std::vector<NicheModulation> const modulations(
      model.body.niches, niche_modulation(processes, organism.central.inflammation, 1));
  std::vector<double> const plasticity(model.body.niches,
                                       processes[static_cast<std::size_t>(Process::plasticity)]);
  Hippocampus hippocampus;
  hippocampus.neurons = stem_cells_before(model, settling);
  hippocampus.synapses = make_mature_spines(organism.synapses, scale.granule_cells, scale.spine_sites,
                                            model.body.niches, luck, begin);
  for (auto now = begin; now < model.begin(); now = now + kDay) {
    LineageEvents events;
    advance_lineage(hippocampus.neurons, events, organism.lineage, modulations, luck, now, now + kDay);
    follow_lineage(hippocampus.synapses, events);
    advance_synapses(hippocampus.synapses, organism.synapses, plasticity, luck, now, now + kDay);
    drop_mature(hippocampus);
  }
  return hippocampus;
}

void follow_lineage(Synapses& synapses, LineageEvents const& events) {
  std::unordered_set<std::uint64_t> dead;
  for (std::size_t i = 0; i < events.size(); ++i) {
    auto const kind = EventKind{events.kind[i]};
    if (Stage{events.stage[i]} != Stage::immature) continue;
    if (kind == EventKind::transition)
      add_spine_cell(synapses, events.cell[i], events.born[i], events.niche[i]);
    if (kind == EventKind::death) dead.insert(events.cell[i]);
  }
  if (!dead.empty()) remove_spine_cells(synapses, dead);
}

}  // namespace myoaxis

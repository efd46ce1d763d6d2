#include "agents/organism.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "agents/hippocampus/receptor_occupancy.h"
#include "agents/secretion.h"
#include "core/parallel.h"

namespace myoaxis {
namespace {

/// Muscle meets the task: units are recruited second by second, fibers tire over the step.
void work(Organism& organism, Model const& model, StepReport& report) {
  auto const& step = report.step;
  report.target_force = report.task.value() * model.mode.force_at_maximum.value();
  std::vector<double> activation(organism.units.activation.size(), 0.0);
  auto const seconds = static_cast<double>(step.seconds);
  if (report.target_force > 0) {
    for (std::int64_t second = 0; second < step.seconds; ++second) {
      auto const done = contract(model.pool, organism.units, report.target_force, Seconds{1});
      report.force += done.force / seconds;
      report.excitation += done.excitation / seconds;
      for (std::size_t i = 0; i < activation.size(); ++i)
        activation[i] += organism.units.activation[i] / seconds;
    }
  } else {
    relax(organism.units);
  }
  advance_fatigue(organism.fibers, organism.units, model.pool, activation, model.mode.duty,
                  model.experiment.organism.fatigue, step.length());
  auto const& force = model.pool.twitch_force;
  report.capacity = std::inner_product(force.begin(), force.end(), organism.units.capacity.begin(), 0.0) /
                    std::accumulate(force.begin(), force.end(), 0.0);
}

/// The circulation follows the task. Returns the state of the ladder that the step uses.
std::size_t respond(Organism& organism, Model const& model, StepReport& report) {
  auto const& circulation = model.experiment.organism.circulation;
  auto const mean = advance_flow_response(organism.flow_response, report.task, circulation.flow_time_constant,
                                          report.step.length());
  auto const state = model.ladder.nearest(mean);
  auto const flows = organ_flows(circulation, model.mode.working_share, model.ladder.intensity(state));
  report.working_muscle_flow = flows.working_muscle;
  report.cardiac_output = flows.cardiac_output;
  return state;
}

/// Reads plasma and brain before the quanta move: expectations over the step, given its start.
void read_factor(FactorState const& state, FactorModel const& factor, Model const& model,
                 Propagator const& propagator, std::vector<Release> const& releases, FactorReport& report) {
  auto const content = average_content(state.cargo, factor.layout, propagator, releases);
  auto const plasma = [&](Chain const& chain) {
    return factor.concentration(content[chain.stages.back().index()], chain.stage_plasma);
  };
  report.artery = plasma(model.body.arteries);
  report.vein = plasma(model.body.veins);
  for (std::size_t i = 0; i < model.body.tissues.size(); ++i) {
    auto const& tissue = model.body.tissues[i];
    auto const quanta = content[tissue.cell.index()];
    report.tissue_content.push_back(quanta);
    if (i >= model.body.niches) continue;
    auto const occupancy = factor.occupancy(quanta, tissue, model.experiment.organism.brain).value();
    report.occupancy_fold.push_back(factor.rest_occupancy[i] > 0 ? occupancy / factor.rest_occupancy[i]
                                                                 : 1.0);
  }
}

/// Factors are released, travel, are cleared, and cross into the brain.
void transport(Organism& organism, Model const& model, std::size_t flow_state, StepReport& report) {
  auto const session = model.calendar.session_at(report.step.begin);
  for (std::size_t i = 0; i < model.factors.size(); ++i) {
    auto const& factor = model.factors[i];
    auto& state = organism.factors[i];
    auto const& tables = factor.tables(flow_state, report.step.seconds);
    auto const secreted = secrete(state, factor, organism.fibers, report.task, session, report.step.length());
    auto& seen = report.factors.emplace_back();
    seen.muscle_release = secreted.muscle_rate;
    read_factor(state, factor, model, tables.propagator, secreted.releases, seen);
    advance_cargo(state.cargo, factor.kind, factor.layout, tables, report.step, secreted.releases);
  }
}

void sense(Organism& organism, Model const& model, StepReport const& report) {
  auto const seconds = report.step.length().value();
  for (std::size_t i = 0; i < model.factors.size(); ++i) {
    for (std::size_t niche = 0; niche < model.body.niches; ++niche) {
      organism.signals.weighted_fold[i * model.body.niches + niche] +=
          seconds * report.factors[i].occupancy_fold[niche];
    }
  }
  organism.signals.seconds += seconds;
}

/// Modulation of the lineage's processes in each niche, from the mean signals since its last step.
std::vector<NicheModulation> modulation_of(NicheSignals const& signals, Model const& model) {
  std::vector<NicheModulation> modulations(model.body.niches);
  if (!model.experiment.loop.niche_signals || signals.seconds <= 0) return modulations;
  for (std::size_t niche = 0; niche < modulations.size(); ++niche) {
    auto& m = modulations[niche];
    for (std::size_t i = 0; i < model.factors.size(); ++i) {
      auto const fold = signals.weighted_fold[i * model.body.niches + niche] / signals.seconds;
      for (auto const& effect : model.factors[i].params.effects) {
        auto const factor = modulation(fold, effect.gain);
        switch (effect.process) {
          case Process::activation:
            m.activation *= factor;
            break;
          case Process::proliferation:
            m.proliferation *= factor;
            break;
          case Process::survival:
            m.survival *= factor;
            break;
          case Process::maturation:
            m.maturation *= factor;
            break;
        }
      }
    }
  }
  return modulations;
}

/// At the end of a step of the lineage's grid, its cells live through it.
void renew(Organism& organism, Model const& model, StepReport& report) {
  auto const end = report.step.end();
  if (!model.planner.on_grid(end)) return;
  auto const grid = model.planner.grid();
  advance_lineage(organism.neurons, report.events, model.experiment.organism.lineage,
                  modulation_of(organism.signals, model), model.experiment.luck, end + -grid, end);
  std::fill(organism.signals.weighted_fold.begin(), organism.signals.weighted_fold.end(), 0.0);
  organism.signals.seconds = 0;
}

/// Stem cells alone are put in, early enough that every later stage has filled when the run begins; their
/// number is such that the pool has its size of that age then.
Neurons settled_lineage(Model const& model) {
  auto const& organism = model.experiment.organism;
  auto const& lineage = organism.lineage;
  auto const days = std::ceil(settling_time(lineage).value() / static_cast<double>(kDay));
  auto const settling = static_cast<std::int64_t>(days) * kDay;
  auto const begin = model.begin() + -settling;
  auto const age = organism.age.value() - static_cast<double>(settling + model.experiment.schedule.baseline);
  auto const number =
      stem_cells_at(lineage, Seconds{age}) / settled_share(lineage) * model.dentate_fraction();
  auto neurons = make_stem_cells(organism.lineage, static_cast<std::size_t>(std::llround(number)),
                                 model.body.niches, model.experiment.luck, begin);
  std::vector<NicheModulation> const rest(model.body.niches);
  LineageEvents unrecorded;
  for (auto now = begin; now < model.begin(); now = now + kDay) {
    advance_lineage(neurons, unrecorded, organism.lineage, rest, model.experiment.luck, now, now + kDay);
    unrecorded = {};
  }
  keep_rows(neurons,
            [&](std::size_t i) { return neurons.stage[i] != static_cast<std::uint8_t>(Stage::mature); });
  return neurons;
}

}  // namespace

Organism make_organism(Model const& model) {
  auto const& experiment = model.experiment;
  Organism organism;
  organism.now = model.begin();
  organism.units = rested_units(model.pool);
  organism.fibers = make_fibers(experiment.organism.muscle, model.pool, model.body.bed("muscle.working").mass,
                                experiment.scale.fibers, experiment.luck);
  for (auto const& factor : model.factors) {
    auto& state = organism.factors.emplace_back();
    state.cargo =
        make_cargo(factor.kind, factor.layout, factor.rest_content, factor.sources.size(), model.begin());
    state.transcription.resize(factor.sources.size());
    for (std::size_t i = 0; i < factor.sources.size(); ++i) {
      state.secretion.emplace_back();
      if (!factor.sources[i].fiber_cell) continue;
      state.secretion.back() =
          make_secretion(organism.fibers, factor.kind.key, factor.params.sources[i].type_capacity,
                         experiment.organism.muscle.secretion_variation, experiment.luck);
    }
  }
  organism.signals.weighted_fold.assign(model.factors.size() * model.body.niches, 0.0);
  organism.neurons = settled_lineage(model);
  return organism;
}

StepReport advance(Organism& organism, Model const& model, Step const& step) {
  EXPECTS(step.begin == organism.now);
  StepReport report;
  report.step = step;
  report.task = model.calendar.task_at(step.begin);
  work(organism, model, report);
  auto const flow_state = respond(organism, model, report);
  transport(organism, model, flow_state, report);
  sense(organism, model, report);
  renew(organism, model, report);
  organism.now = step.end();
  return report;
}

void add_to_hash(StateHash& hash, Organism const& organism) {
  hash.add(organism.now.seconds());
  hash.add_population(organism.units);
  hash.add_population(organism.fibers);
  hash.add(organism.flow_response);
  for (auto const& factor : organism.factors) {
    hash.add_population(factor.cargo.packets);
    hash.add_population(factor.cargo.counts);
    hash.add(factor.cargo.ledger.initial);
    hash.add(std::span<std::int64_t const>{factor.cargo.ledger.released});
    hash.add(std::span<std::int64_t const>{factor.cargo.ledger.cleared});
    for (auto const& state : factor.transcription) {
      for (auto const stage : {state.first, state.second, state.third}) hash.add(stage);
    }
    for (auto const& secretion : factor.secretion) hash.add_population(secretion);
  }
  hash.add(std::span<double const>{organism.signals.weighted_fold});
  hash.add(organism.signals.seconds);
  hash.add_population(organism.neurons);
}

}  // namespace myoaxis

#include "agents/organism.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "agents/central/exertion.h"
#include "agents/hippocampus/label.h"
#include "agents/organism_state.h"
#include "agents/settling.h"
#include "agents/training/attendance.h"

namespace myoaxis {
namespace {

/// The laboratory injects a thymidine analog.
void inject_label(Organism& organism, Model const& model) {
  for (auto const& assay : model.experiment.assays) {
    auto const& times = assay.injections;
    if (std::find(times.begin(), times.end(), organism.now) != times.end()) {
      label_cells(organism.neurons, model.experiment.organism.label);
    }
  }
}

/// At the begin of a session the subject decides whether to do it, and how hard.
Demand attend(Organism& organism, Model const& model, StepReport const& report) {
  auto const& session = model.calendar.session_at(report.step.begin);
  if (!session) return {};
  if (organism.session.number != session) {
    organism.session =
        decide(model.calendar.sessions()[*session], *session, organism.brain,
               model.experiment.organism.central, model.experiment.loop.mood, model.experiment.luck);
  }
  if (!organism.session.attended) return {};
  auto demand = model.demand_at(report.step.begin, organism.session.effort);
  if (demand.lifting) demand.force *= strength_of(model.pool, organism.units);
  return demand;
}

/// Share of maximal excitation that the brain gives its muscles at most.
double available_drive(Organism const& organism, Model const& model) {
  if (!model.experiment.loop.central_drive) return 1;
  auto const capacity = std::min(1.0, capacity_of(model.pool, organism.units));
  return largest_drive(Fraction{capacity}, organism.brain.central_fatigue,
                       model.experiment.organism.central.drive)
      .value();
}

/// Muscle meets the task: units are recruited second by second, up to what the brain drives, and fibers tire.
void work(Organism& organism, Model const& model, Demand const& demand, StepReport& report) {
  auto const& step = report.step;
  auto const& params = model.experiment.organism;
  report.oxygen = demand.oxygen;
  report.target_force = demand.force;
  report.duty = demand.duty;
  report.largest_drive = available_drive(organism, model);
  std::vector<double> activation(organism.units.activation.size(), 0.0);
  if (demand.force > 0) {
    auto const seconds = static_cast<double>(step.seconds);
    Contraction done;
    for (std::int64_t second = 0; second < step.seconds; ++second) {
      done = contract(model.pool, organism.units, {demand.force, report.largest_drive, done.excitation},
                      Seconds{1});
      report.force += done.force / seconds;
      report.excitation += done.excitation / seconds;
      for (std::size_t i = 0; i < activation.size(); ++i)
        activation[i] += organism.units.activation[i] / seconds;
    }
  } else {
    relax(organism.units);
  }
  advance_fatigue(organism.fibers, organism.units, model.pool, activation, Fraction{demand.duty},
                  params.fatigue, params.adaptation.tension_threshold, step.length());
  report.capacity = capacity_of(model.pool, organism.units);
  report.exertion = perceived_exertion(Fraction{report.excitation}, Fraction{report.largest_drive}).value();
}

/// The circulation follows the task. Returns the state of the ladder that the step uses.
std::size_t respond(Organism& organism, Model const& model, StepReport& report) {
  auto const& circulation = model.experiment.organism.circulation;
  auto const mean = advance_flow_response(organism.flow_response, report.oxygen,
                                          circulation.flow_time_constant, report.step.length());
  auto const state = model.ladder.nearest(mean);
  auto const flows = organ_flows(circulation, model.working_share, model.ladder.intensity(state));
  report.working_muscle_flow = flows.working_muscle;
  report.cardiac_output = flows.cardiac_output;
  return state;
}

/// Every factor is released, carried, exchanged, cleared and read.
void transport(Organism& organism, Model const& model, std::size_t flow_state, StepReport& report) {
  auto const& adaptation = model.experiment.organism.adaptation;
  auto const& fibers = organism.fibers;
  auto const trained = adaptation.oxidative.gain.value() > 0
                           ? mean_by_mass(fibers, fibers.oxidative) / adaptation.oxidative.gain.value()
                           : 0.0;
  auto const session = report.oxygen.value() > 0 ? organism.session.number : std::nullopt;
  report.factors = advance_factors(organism.factors, model, fibers,
                                   {report.step, report.oxygen, session, flow_state, Fraction{trained}});
}

/// The brain reads its receptors, and feels the exercise.
void sense(Organism& organism, Model const& model, StepReport const& report) {
  auto const dt = report.step.length();
  for (std::size_t i = 0; i < model.factors.size(); ++i) {
    note_fold(organism.signals, i, report.factors[i].occupancy_fold, dt.value());
    note_fold(organism.synaptic_signals, i, report.factors[i].occupancy_fold, dt.value());
  }
  organism.signals.seconds += dt.value();
  organism.synaptic_signals.seconds += dt.value();
  auto const& central = model.experiment.organism.central;
  auto& brain = organism.brain;
  brain.central_fatigue = advance_central_fatigue(
      brain.central_fatigue, Fraction{report.excitation * report.duty}, central.drive, dt);
  brain.affect = advance_affect(brain.affect, report.oxygen, central.affect, dt);
  organism.aerobic.taken_up += report.oxygen.value() * dt.value();
  brain.fatigue = advance_general_fatigue(brain.fatigue, report.oxygen, central.fatigue, dt);
}

/// Mood and inflammation follow the factors, slowly.
void feel(Organism& organism, Model const& model, Seconds dt) {
  auto const& central = model.experiment.organism.central;
  auto const processes = process_factors(organism.signals, model, model.body.tissues.size() - 1);
  auto const of = [&](Process process) { return processes[static_cast<std::size_t>(process)]; };
  auto& brain = organism.brain;
  if (model.experiment.loop.inflammation) {
    brain.inflammation =
        advance_inflammation(brain.inflammation, of(Process::inflammation), central.inflammation, dt);
  }
  brain.mood = advance_mood(brain.mood, {brain.affect, brain.fatigue, of(Process::mood), brain.inflammation},
                            central.mood, dt);
}

/// The cells of the lineage live through the step of their grid; those that become granule cells get sites
/// for spines, and those that die lose theirs.
void renew(Organism& organism, Model const& model, Tick begin, StepReport& report) {
  auto const& params = model.experiment.organism;
  std::vector<NicheModulation> modulations(model.body.niches);
  if (model.experiment.loop.niche_signals) {
    for (std::size_t niche = 0; niche < modulations.size(); ++niche) {
      modulations[niche] = niche_modulation(process_factors(organism.signals, model, niche),
                                            params.central.inflammation, organism.brain.inflammation);
    }
  }
  advance_lineage(organism.neurons, report.events, params.lineage, modulations, model.experiment.luck, begin,
                  report.step.end());
  follow_lineage(organism.synapses, report.events);
}

/// Spines form, vanish and change, under the niches' mean signals.
void remodel(Organism& organism, Model const& model, Tick begin, Tick end) {
  std::vector<double> plasticity(model.body.niches, 1.0);
  if (model.experiment.loop.niche_signals) {
    for (std::size_t niche = 0; niche < plasticity.size(); ++niche) {
      plasticity[niche] = process_factors(organism.synaptic_signals, model,
                                          niche)[static_cast<std::size_t>(Process::plasticity)];
    }
  }
  advance_synapses(organism.synapses, model.experiment.organism.synapses, plasticity, model.experiment.luck,
                   begin, end);
  forget(organism.synaptic_signals);
}

/// What has a grid of its own: fibers adapt, the brain feels, neurons are born and die, spines change.
void advance_slow(Organism& organism, Model const& model, StepReport& report) {
  auto const end = report.step.end();
  if (!model.planner.on_grid(end)) return;
  auto const hour = as_seconds(model.planner.grid());
  if (model.experiment.loop.adaptation) {
    auto const& adaptation = model.experiment.organism.adaptation;
    advance_adaptation(organism.fibers, organism.units, adaptation, hour);
    advance_aerobic(organism.aerobic, adaptation.aerobic, adaptation.memory, hour);
  }
  feel(organism, model, hour);
  renew(organism, model, end + -model.planner.grid(), report);
  forget(organism.signals);
  auto const period = model.experiment.numerics.step_synapses;
  if (next_multiple(end, period) == end)
    remodel(organism, model, std::max(end + -period, model.begin()), end);
}

}  // namespace

Organism blank_organism(Model const& model) {
  Organism organism;
  for (auto const& factor : model.factors) organism.factors.push_back(blank_factor_state(factor));
  return organism;
}

Organism make_organism(Model const& model) {
  auto const& experiment = model.experiment;
  Organism organism;
  organism.now = model.begin();
  organism.units = rested_units(model.pool);
  organism.fibers = make_fibers(experiment.organism.muscle, model.pool, model.body.bed("muscle.working").mass,
                                experiment.scale.fibers, experiment.luck);
  for (auto const& factor : model.factors) {
    organism.factors.push_back(make_factor_state(factor, organism.fibers,
                                                 experiment.organism.muscle.secretion_variation,
                                                 experiment.luck, model.begin()));
  }
  organism.signals = make_signals(model);
  organism.synaptic_signals = make_signals(model);
  auto hippocampus = settled_hippocampus(model);
  organism.neurons = std::move(hippocampus.neurons);
  organism.synapses = std::move(hippocampus.synapses);
  return organism;
}

StepReport advance(Organism& organism, Model const& model, Step const& step) {
  EXPECTS(step.begin == organism.now);
  StepReport report;
  report.step = step;
  inject_label(organism, model);
  auto const demand = attend(organism, model, report);
  work(organism, model, demand, report);
  auto const flow_state = respond(organism, model, report);
  transport(organism, model, flow_state, report);
  sense(organism, model, report);
  note_work(organism.session, report);
  advance_slow(organism, model, report);
  organism.now = step.end();
  if (auto const number = model.calendar.session_at(step.begin)) {
    if (model.calendar.sessions()[*number].end <= organism.now) report.session_ended = organism.session;
  }
  return report;
}

Fingerprint fingerprint_of(Organism const& organism) {
  StateHash hash;
  visit_state(HashVisitor{hash}, organism);
  return hash.fingerprint();
}

}  // namespace myoaxis

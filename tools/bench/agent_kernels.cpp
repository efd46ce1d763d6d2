#include <bit>
#include <memory>

#include "core/address.h"
#include "tools/bench/kernels.h"

namespace myoaxis {
namespace {

template <Columnar Population>
double bytes_of_row() {
  return std::apply(
      [](auto const&... columns) {
        return static_cast<double>((sizeof(typename std::decay_t<decltype(columns)>::value_type) + ...));
      },
      Population::columns());
}

Limit memory_limit(Machine const& machine, double bytes) { return {bytes * machine.triad_ns, "memory"}; }

/// Recruitment, fatigue and the rates of all factors for one step; no draws.
Kernel fiber_step(BenchWorld const& world, Machine const& machine) {
  struct Work {
    Organism now;
  };
  auto work = std::make_shared<Work>();
  auto const activity = next_activity(world.model, world.exercising);
  auto secreting = 0;
  for (auto const& factor : world.model.factors) {
    for (auto const& source : factor.sources) secreting += source.fiber_cell ? 1 : 0;
  }
  auto const bytes = bytes_of_row<Fibers>() + secreting * bytes_of_row<Secretion>();
  return {.name = "fiber_step",
          .state = "exercise",
          .bytes_per_item = bytes,
          .limit = memory_limit(machine, bytes),
          .prepare = [work, &world] { work->now = world.exercising; },
          .pass =
              [work, activity, &world] {
                auto const& model = world.model;
                auto const& params = model.experiment.organism;
                auto& now = work->now;
                auto const demand = model.demand_at(activity.step.begin);
                contract(model.pool, now.units, {demand.force, 1, 0}, Seconds{1});
                advance_fatigue(now.fibers, now.units, model.pool, now.units.activation,
                                Fraction{demand.duty}, params.fatigue, params.adaptation.tension_threshold,
                                activity.step.length());
                std::uint64_t sum = 0;
                for (std::size_t i = 0; i < model.factors.size(); ++i) {
                  auto const secreted = secrete(now.factors[i], model.factors[i], now.fibers, activity);
                  sum = mix64(sum ^ std::bit_cast<std::uint64_t>(secreted.muscle_rate));
                }
                return Pass{now.fibers.size(), sum};
              }};
}

/// One step of the lineage's grid at rest.
Kernel lineage_agent(BenchWorld const& world, Machine const& machine) {
  auto neurons = std::make_shared<Neurons>();
  auto const bytes = bytes_of_row<Neurons>();
  return {.name = "lineage_agent",
          .state = "rest",
          .bytes_per_item = bytes,
          .limit = memory_limit(machine, bytes),
          .prepare = [neurons, &world] { *neurons = world.at_rest.neurons; },
          .pass =
              [neurons, &world] {
                auto const& model = world.model;
                std::vector<NicheModulation> const modulation(model.body.niches);
                LineageEvents events;
                auto const cells = neurons->size();
                auto const begin = world.at_rest.now;
                advance_lineage(*neurons, events, model.experiment.organism.lineage, modulation,
                                model.experiment.luck, begin, begin + model.planner.grid());
                return Pass{cells, mix64(events.size() ^ neurons->key.back())};
              }};
}

/// One step of all spines at rest.
Kernel synapse_update(BenchWorld const& world, Machine const& machine) {
  auto synapses = std::make_shared<Synapses>();
  return {.name = "synapse_update",
          .state = "rest",
          .bytes_per_item = 1,
          .limit = memory_limit(machine, 2),
          .prepare = [synapses, &world] { *synapses = world.at_rest.synapses; },
          .pass =
              [synapses, &world] {
                auto const& model = world.model;
                std::vector<double> const plasticity(model.body.niches, 1.0);
                auto const begin = world.at_rest.now;
                advance_synapses(*synapses, model.experiment.organism.synapses, plasticity,
                                 model.experiment.luck, begin,
                                 begin + model.experiment.numerics.step_synapses);
                std::uint64_t sum = 0;
                for (auto const state : count_spines(*synapses))
                  sum = mix64(sum ^ static_cast<std::uint64_t>(state));
                return Pass{synapses->state.size(), sum};
              }};
}

}  // namespace

std::vector<Kernel> agent_kernels(BenchWorld const& world, Machine const& machine) {
  return {fiber_step(world, machine), lineage_agent(world, machine), synapse_update(world, machine)};
}

}  // namespace myoaxis

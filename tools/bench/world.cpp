#include "tools/bench/world.h"

#include <filesystem>

#include "tools/common.h"

namespace myoaxis {
namespace {

constexpr std::int64_t kWarm = 20 * 60;  // s into the session

std::filesystem::path shipped_experiment(std::string const& name) {
  for (auto const& path : config_search_path().candidates("experiments", name, {})) {
    if (std::filesystem::exists(path)) return path;
  }
  throw UsageError{"experiments/" + name +
                   ".toml: not found beside the program's configurations; set MYOAXIS_CONFIGS to them"};
}

}  // namespace

std::size_t TransportState::packets() const {
  std::size_t number = 0;
  for (auto const& factor : factors) number += factor.cargo.packets.size();
  return number;
}

LoadedExperiment load_shipped(std::string const& name, std::vector<std::string> const& sets) {
  return load_experiment(shipped_experiment(name), sets, config_search_path());
}

BenchWorld make_world() {
  auto const loaded = load_shipped("endurance", {"scale.packets=100000"});
  Model model{loaded.experiment};
  auto const at_rest = make_organism(model);
  auto exercising = at_rest;
  auto const warm = model.calendar.sessions().front().begin + kWarm;
  while (exercising.now < warm) advance(exercising, model, model.planner.next(exercising.now));
  return {std::move(model), at_rest, std::move(exercising)};
}

Activity next_activity(Model const& model, Organism const& organism) {
  auto const step = model.planner.next(organism.now);
  auto const oxygen = model.demand_at(step.begin).oxygen;
  auto const session = oxygen.value() > 0 ? organism.session.number : std::nullopt;
  return {step, oxygen, session, model.ladder.nearest(Intensity{organism.flow_response}), Fraction{0}};
}

TransportState transport_state(Model const& model, Organism const& organism) {
  auto const activity = next_activity(model, organism);
  TransportState state{activity.step, model.body.niche_cells(), {}};
  for (std::size_t i = 0; i < model.factors.size(); ++i) {
    auto const& factor = model.factors[i];
    if (factor.is_field()) continue;
    auto before = organism.factors[i];
    auto secreted = secrete(before, factor, organism.fibers, activity);
    state.factors.push_back({&factor, std::move(before.load.cargo), std::move(secreted),
                             &factor.tables(activity.flow_state, activity.step.seconds)});
  }
  return state;
}

}  // namespace myoaxis

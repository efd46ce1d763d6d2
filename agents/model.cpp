#include "agents/model.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "core/contracts.h"
#include "core/parallel.h"

namespace myoaxis {
namespace {

/// The working muscle is one part of the body: all sessions use it, and without a session that of the
/// organism's own mode is laid out, so that the arms of one experiment have one body.
Fraction working_share_of(Experiment const& experiment) {
  auto const& rules = experiment.schedule.rules;
  auto const& mode = rules.empty() ? experiment.organism.default_mode : rules.front().mode;
  return experiment.organism.modes.at(mode).working_share;
}

Intensity highest_oxygen(Experiment const& experiment, Calendar const& calendar) {
  Intensity highest{0};
  for (auto const& session : calendar.sessions()) {
    auto const& mode = experiment.organism.modes.at(session.mode);
    for (auto const& bout : session.bouts) highest = std::max(highest, demand_of(mode, bout.workload).oxygen);
  }
  return highest;
}

/// Instants at which a step has to end besides those of the calendar.
std::vector<Tick> laboratory_marks(Experiment const& experiment) {
  std::vector<Tick> marks;
  for (auto const& assay : experiment.assays) {
    marks.insert(marks.end(), assay.injections.begin(), assay.injections.end());
    marks.insert(marks.end(), assay.readings.begin(), assay.readings.end());
  }
  for (auto const& intervention : experiment.interventions) {
    if (intervention.from) marks.push_back(*intervention.from);
    if (intervention.to) marks.push_back(*intervention.to);
  }
  return marks;
}

/// A reading of blood is a mean over the step that begins with it: outside of sessions it gets a short one.
void add_readings(std::vector<Phase>& phases, Experiment const& experiment) {
  for (auto const& assay : experiment.assays) {
    if (!draws_blood(assay.kind)) continue;
    for (auto const reading : assay.readings) {
      auto const after =
          std::find_if(phases.begin(), phases.end(), [&](Phase const& phase) { return phase.end > reading; });
      if (after != phases.end() && after->begin <= reading) continue;
      auto end = reading + experiment.numerics.step_exercise;
      if (after != phases.end()) end = std::min(end, after->begin);
      phases.insert(after, {reading, end, experiment.numerics.step_exercise});
    }
  }
}

StepPlanner make_planner(Experiment const& experiment, Calendar const& calendar) {
  auto const& n = experiment.numerics;
  auto phases = calendar.phases(n.step_exercise, n.step_recovery, n.recovery);
  add_readings(phases, experiment);
  auto marks = calendar.marks();
  auto const more = laboratory_marks(experiment);
  marks.insert(marks.end(), more.begin(), more.end());
  return {Tick{experiment.schedule.duration}, n.step_lineage, n.step_rest, std::move(phases),
          std::move(marks)};
}

void check_budget(PropagatorPlan const& plan, TransportParams const& transport) {
  auto const gigabytes = static_cast<double>(plan.bytes) / 1e9;
  if (gigabytes <= transport.propagator_gigabytes.value()) return;
  throw BudgetError{fmt::format(
      "{} propagators of {} cells would take {:.3g} GB, more than the {:.3g} GB of "
      "transport.propagator_gigabytes (fewer niches, fewer vessel cells or fewer lengths of steps need less; "
      "with enough memory, raise it)",
      plan.number, plan.cells, gigabytes, transport.propagator_gigabytes.value())};
}

}  // namespace

Model::Model(Experiment parameters, PropagatorStore* store, Announce const& announce)
    : experiment{std::move(parameters)},
      working_share{working_share_of(experiment)},
      calendar{experiment.schedule.rules, experiment.schedule.duration},
      planner{make_planner(experiment, calendar)},
      pool{experiment.organism.motor_units},
      networks{make_bed_networks(experiment.circulation, experiment.organism.circulation, experiment.luck)},
      body{make_body_layout(experiment.organism.circulation, experiment.organism.brain,
                            experiment.scale.brain, working_share, networks)},
      ladder{highest_oxygen(experiment, calendar)} {
  for (auto const& params : experiment.factors) factors.emplace_back(params, experiment, body);
  connect_conversions();
  settle_factors();
  lengths_ = planner.summarize(begin()).lengths;
  auto const plan = propagator_plan();
  if (announce) announce(plan);
  check_budget(plan, experiment.transport);
  make_propagators(store);
}

Demand Model::demand_at(Tick tick, double scale) const {
  auto const session = calendar.session_at(tick);
  if (!session) return {};
  auto const& mode = experiment.organism.modes.at(calendar.sessions()[*session].mode);
  return demand_of(mode, calendar.workload_at(tick), scale);
}

/// Finds the other end of every conversion. What is converted comes first in the order; a chain of two
/// conversions has been refused when the configuration was read.
void Model::connect_conversions() {
  for (auto const last : {false, true}) {
    for (std::size_t i = 0; i < factors.size(); ++i) {
      if (factors[i].params.conversions.empty() == last) order.push_back(i);
    }
  }
  for (auto& factor : factors) {
    for (std::size_t number = 0; number < factor.params.conversions.size(); ++number) {
      auto const& conversion = factor.params.conversions[number];
      auto const into = std::find_if(factors.begin(), factors.end(),
                                     [&](auto const& other) { return other.params.name == conversion.into; });
      EXPECTS(into != factors.end());
      auto const source = into->sources.size();
      into->sources.push_back({.name = "conversion." + factor.params.name,
                               .key = name_key("conversion." + factor.params.name),
                               .targets = {},
                               .fiber_cell = {},
                               .infusion = {}});
      for (auto const& bed : body.beds) {
        auto const sink = factor.layout.find_sink(conversion_sink(conversion, bed));
        if (!sink) continue;
        factor.conversions.push_back({number, static_cast<std::size_t>(into - factors.begin()), source,
                                      *bed.interstitium, *sink, bed.name == "muscle.working"});
      }
    }
  }
}

void Model::settle_factors() {
  std::vector<std::vector<double>> converted(factors.size(), std::vector<double>(body.layout.cells(), 0.0));
  for (auto const i : order) {
    auto& factor = factors[i];
    factor.settle_rest(experiment, body_params(), body, converted[i]);
    for (auto const& path : factor.conversions) {
      converted[path.into][path.cell.index()] += factor.rest_content[path.cell.index()] *
                                                 factor.params.conversions[path.conversion].rate.value() *
                                                 factor.quantum / kAvogadro;
    }
  }
}

/// Lengths that steps may have in a state of the ladder. Longer ones than those of a recovery come when the
/// circulation has had its time to rest.
std::vector<std::int64_t> Model::lengths_in(std::size_t flow_state) const {
  auto const& n = experiment.numerics;
  auto const& circulation = experiment.organism.circulation;
  auto const rested = ladder.highest.value() *
                      std::exp(-static_cast<double>(n.recovery) / circulation.flow_time_constant.value());
  auto const longest = flow_state <= ladder.nearest(Intensity{rested})
                           ? n.step_rest
                           : std::max(n.step_exercise, n.step_recovery);
  std::vector<std::int64_t> lengths;
  for (auto const length : lengths_) {
    if (length <= longest) lengths.push_back(length);
  }
  return lengths;
}

PropagatorPlan Model::propagator_plan() const {
  constexpr double flops_per_second = 2e10;  // of a product of matrices on one thread, roughly
  constexpr double products_per_length = 9;  // to double or to join P, Phi and Psi
  PropagatorPlan plan{body.layout.cells(), 0, 0, 0};
  for (auto const& factor : factors) {
    auto const places = static_cast<double>(factor.layout.places());
    for (std::size_t state = 0; state < ladder.size(); ++state) {
      auto const number = lengths_in(state).size();
      plan.number += number;
      plan.bytes += number * 3 * factor.layout.cells() * factor.layout.places() * sizeof(double);
      auto const products = 28 + products_per_length * (12 + static_cast<double>(number));
      plan.seconds += products * 2 * places * places * places / flops_per_second;
    }
  }
  return plan;
}

void Model::make_propagators(PropagatorStore* store) {
  auto const states = ladder.size();
  std::vector<Propagators> made(factors.size() * states);
  constexpr std::size_t one_by_one = 1;
  for_each_index(
      made.size(),
      [&](std::size_t i) {
        auto const& factor = factors[i / states];
        auto const state = i % states;
        auto const generator =
            body_generator(body_params(), body, factor.params, factor.layout, ladder.intensity(state));
        made[i] = find_or_make(store, generator, lengths_in(state));
      },
      one_by_one);
  for (std::size_t i = 0; i < made.size(); ++i) {
    auto& factor = factors[i / states];
    for (auto& [seconds, propagator] : made[i]) {
      factor.tables_.emplace(std::pair{i % states, seconds},
                             StepTables{factor.layout, std::move(propagator)});
    }
  }
}

}  // namespace myoaxis

#include "agents/model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "agents/hippocampus/receptor_occupancy.h"
#include "core/contracts.h"

namespace myoaxis {
namespace {

/// Avogadro's constant, exact by definition of the mole (SI 2019), 1/mol.
constexpr double kAvogadro = 6.02214076e23;

/// Concentrations in a run may rise this much over rest before a cell could exceed the largest exact count.
constexpr double kHeadroom = 64;

ModeParams mode_of(Experiment const& experiment) {
  auto const& modes = experiment.organism.modes;
  EXPECTS(!modes.empty());
  auto const& rules = experiment.schedule.rules;
  return rules.empty() ? modes.begin()->second : modes.at(rules.front().mode);
}

StepPlanner make_planner(Experiment const& experiment, Calendar const& calendar) {
  auto const& n = experiment.numerics;
  return {Tick{experiment.schedule.duration}, n.step_lineage, n.step_rest,
          calendar.phases(n.step_exercise, n.step_recovery, n.recovery), calendar.marks()};
}

/// Where a source that is no fiber releases: each cell with its share of the site's mass.
std::vector<std::pair<CellId, double>> cells_of_site(SourceParams const& source, BodyLayout const& body) {
  std::vector<std::pair<CellId, double>> cells;
  for (auto const& tissue : body.tissues) {
    if (source.into == ReleaseInto::tissue && tissue.site == source.site) {
      cells.emplace_back(tissue.cell, tissue.mass.value());
    }
  }
  if (source.into == ReleaseInto::tissue) return cells;
  auto const& bed = body.bed(source.site);
  if (source.into == ReleaseInto::interstitium) {
    cells.emplace_back(*bed.interstitium, bed.mass.value());
  } else {
    for (auto const stage : bed.blood.stages) {
      cells.emplace_back(stage, bed.mass.value() / static_cast<double>(bed.blood.stages.size()));
    }
  }
  return cells;
}

}  // namespace

FactorModel::FactorModel(FactorParams const& factor, Experiment const& experiment, BodyLayout const& body)
    : params{factor}, layout{factor_layout(body, factor)} {
  kind.factor = params.name;
  kind.key = name_key(params.name);
  kind.luck = experiment.luck;
  place_sources(body);
}

double FactorModel::quanta_per_kilogram() const { return kAvogadro / params.molar_mass.value() / quantum; }

KilogramsPerCubicMeter FactorModel::concentration(double quanta, CubicMeters volume) const {
  return KilogramsPerCubicMeter{quanta / quanta_per_kilogram() / volume.value()};
}

Fraction FactorModel::occupancy(double quanta, Tissue const& tissue, BrainParams const& brain) const {
  auto const volume = brain.interstitium.value() * tissue.mass.value();
  auto const free = quanta * quantum / kAvogadro * params.free_fraction.value() / volume;
  return receptor_occupancy(MolesPerCubicMeter{free}, params.dissociation);
}

StepTables const& FactorModel::tables(std::size_t flow_state, std::int64_t seconds) const {
  return tables_.at({flow_state, seconds});
}

void FactorModel::place_sources(BodyLayout const& body) {
  for (auto const& source : params.sources) {
    SourceSite site;
    site.key = name_key(source.name);
    if (source.site == "muscle") {
      auto const& resting = body.bed("muscle.resting");
      site.fiber_cell = body.bed("muscle.working").interstitium;
      site.targets.push_back({*resting.interstitium, source.fibers.basal.value() * resting.mass.value()});
    } else {
      auto const cells = cells_of_site(source, body);
      auto const mass = std::accumulate(cells.begin(), cells.end(), 0.0,
                                        [](double sum, auto const& cell) { return sum + cell.second; });
      auto const total = source.rate ? source.rate->value() : source.specific_rate->value() * mass;
      for (auto const& [cell, part] : cells) site.targets.push_back({cell, total * part / mass});
    }
    sources.push_back(std::move(site));
  }
}

/// Finds the content at rest, and from it the quantum and the weight of a packet; turns the sources' rates,
/// which are in kg/s so far, into quanta/s.
void FactorModel::settle_rest(Experiment const& experiment, BodyLayout const& body) {
  BodyParams const params_of_body{experiment.organism.circulation, experiment.organism.brain,
                                  mode_of(experiment).working_share};
  auto const generator = body_generator(params_of_body, body, params, layout, Intensity{0});
  std::vector<double> release(layout.cells(), 0.0);  // molecules/s
  for (std::size_t i = 0; i < sources.size(); ++i) {
    for (auto& target : sources[i].targets) {
      target.rest_rate *= quanta_per_kilogram();
      release[target.cell.index()] += target.rest_rate;
    }
    if (sources[i].fiber_cell) {
      release[sources[i].fiber_cell->index()] += params.sources[i].fibers.basal.value() *
                                                 body.bed("muscle.working").mass.value() *
                                                 quanta_per_kilogram();
    }
  }
  rest_content = stationary_content(generator, release);

  auto const largest = *std::max_element(rest_content.begin(), rest_content.end());
  auto const run = static_cast<double>(experiment.schedule.baseline + experiment.schedule.duration);
  auto const turnover = std::accumulate(release.begin(), release.end(), 0.0) * run;
  auto const needed = kHeadroom * std::max(largest * 0x1p-40, turnover * 0x1p-62);
  quantum = std::exp2(std::max(0.0, std::ceil(std::log2(std::max(1.0, needed)))));
  for (auto& site : sources) {
    for (auto& target : site.targets) target.rest_rate /= quantum;
  }
  double in_body = 0;
  for (std::size_t i = 0; i < rest_content.size(); ++i) {
    rest_content[i] /= quantum;
    if (layout.kept_as(i) == Representation::packets) in_body += rest_content[i];
  }
  auto const wanted =
      static_cast<double>(experiment.scale.packets) / static_cast<double>(experiment.factors.size());
  kind.packet_weight = std::max<std::int64_t>(1, std::llround(in_body / wanted));
  for (auto const& tissue : body.tissues) {
    rest_occupancy.push_back(
        occupancy(rest_content[tissue.cell.index()], tissue, experiment.organism.brain).value());
  }
}

Model::Model(Experiment parameters)
    : experiment{std::move(parameters)},
      mode{mode_of(experiment)},
      calendar{experiment.schedule.rules, experiment.schedule.duration},
      planner{make_planner(experiment, calendar)},
      pool{experiment.organism.motor_units},
      body{make_body_layout(experiment.organism.circulation, experiment.organism.brain,
                            experiment.scale.brain, mode.working_share)},
      ladder{calendar.highest_intensity()} {
  for (auto const& params : experiment.factors) {
    auto& factor = factors.emplace_back(params, experiment, body);
    factor.settle_rest(experiment, body);
    make_propagators_of(factor);
  }
}

void Model::make_propagators_of(FactorModel& factor) const {
  auto const lengths = planner.summarize(begin()).lengths;
  for (std::size_t state = 0; state < ladder.size(); ++state) {
    auto const generator =
        body_generator(body_params(), body, factor.params, factor.layout, ladder.intensity(state));
    for (auto& [seconds, propagator] : make_propagators(generator, lengths)) {
      factor.tables_.emplace(std::pair{state, seconds}, StepTables{factor.layout, std::move(propagator)});
    }
  }
}

std::size_t Model::propagator_bytes() const {
  std::size_t bytes = 0;
  for (auto const& factor : factors) {
    for (auto const& [key, tables] : factor.tables_) bytes += tables.propagator.bytes();
  }
  return bytes;
}

}  // namespace myoaxis

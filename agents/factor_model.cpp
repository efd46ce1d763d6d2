#include "agents/factor_model.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "agents/hippocampus/receptor_occupancy.h"
#include "core/contracts.h"

namespace myoaxis {
namespace {

/// Concentrations in a run may rise this much over rest before a cell could exceed the largest exact count.
constexpr double kHeadroom = 64;

using Shares = std::vector<std::pair<CellId, double>>;

Shares tissue_of_site(std::string const& site, BodyLayout const& body) {
  Shares cells;
  for (auto const& tissue : body.tissues) {
    if (tissue.site == site) cells.emplace_back(tissue.cell, tissue.mass.value());
  }
  return cells;
}

Shares blood_of_bed(Bed const& bed) {
  Shares cells;
  for (std::size_t i = 0; i < bed.blood.size(); ++i) {
    cells.emplace_back(bed.blood.cells[i], bed.mass.value() * bed.blood.exchange[i]);
  }
  return cells;
}

/// Where a source that is no fiber releases: each cell with its share of the site's mass.
Shares cells_of_source(SourceParams const& source, BodyLayout const& body) {
  if (source.into == ReleaseInto::tissue) return tissue_of_site(source.site, body);
  auto const& bed = body.bed(source.site);
  if (source.into == ReleaseInto::blood) return blood_of_bed(bed);
  return {{*bed.interstitium, bed.mass.value()}};
}

/// Where an infusion goes.
Shares cells_of_infusion(std::string const& site, BodyLayout const& body) {
  if (site == "vein") return {{body.veins.first(), 1}};
  if (site == "artery") return {{body.arteries.first(), 1}};
  if (site == "csf") return {{body.csf, 1}};
  auto const tissue = tissue_of_site(site, body);
  return tissue.empty() ? blood_of_bed(body.bed(site)) : tissue;
}

std::vector<SourceSite::Target> spread(Shares const& cells, double rate) {
  auto const mass = std::accumulate(cells.begin(), cells.end(), 0.0,
                                    [](double sum, auto const& cell) { return sum + cell.second; });
  std::vector<SourceSite::Target> targets;
  for (auto const& [cell, part] : cells) targets.push_back({cell, rate * part / mass});
  return targets;
}

}  // namespace

FactorModel::FactorModel(FactorParams const& factor, Experiment const& experiment, BodyLayout const& body)
    : params{factor},
      engine{factor.kind == FactorKind::field ? Engine::mean : experiment.transport.engine},
      layout{layout_for(engine, factor_layout(body, factor))} {
  kind.factor = params.name;
  kind.key = name_key(params.name);
  kind.luck = experiment.luck;
  if (params.space == BloodSpace::blood) {
    space_per_plasma_ = 1 / (1 - experiment.organism.circulation.hematocrit.value());
  }
  if (is_field()) quantum = kAvogadro;
  place_sources(body);
  place_interventions(experiment, body);
}

KilogramsPerCubicMeter FactorModel::concentration(double quanta, CubicMeters plasma) const {
  return KilogramsPerCubicMeter{quanta / quanta_per_kilogram() / (plasma.value() * space_per_plasma_)};
}

MolesPerCubicMeter FactorModel::free_in(double quanta, Tissue const& tissue, BrainParams const& brain) const {
  auto const volume = brain.interstitium.value() * tissue.mass.value();
  return MolesPerCubicMeter{quanta * quantum / kAvogadro * params.free_fraction.value() / volume};
}

MolesPerCubicMeter FactorModel::in_blood_along(Tissue const& tissue, BodyLayout const& body,
                                               std::vector<double> const& content) const {
  auto const quanta = wall_concentration(body.beds[tissue.bed].blood, tissue.wall, content);
  return MolesPerCubicMeter{quanta * quantum / kAvogadro / space_per_plasma_};
}

bool FactorModel::is_knocked_out(Tick tick) const {
  return std::any_of(knockouts.begin(), knockouts.end(),
                     [&](auto const& knockout) { return knockout.acts_at(tick); });
}

double FactorModel::unblocked(Tick tick) const {
  double free = 1;
  for (auto const& block : blocks) {
    if (block.acts_at(tick)) free *= 1 - block.fraction.value();
  }
  return free;
}

StepTables const& FactorModel::tables(std::size_t flow_state, std::int64_t seconds) const {
  auto const* found = find_tables(flow_state, seconds);
  EXPECTS(found != nullptr);
  return *found;
}

StepTables const* FactorModel::find_tables(std::size_t flow_state, std::int64_t seconds) const {
  auto const found = tables_.find({flow_state, seconds});
  return found == tables_.end() ? nullptr : &found->second;
}

void FactorModel::place_sources(BodyLayout const& body) {
  for (auto const& source : params.sources) {
    SourceSite site;
    site.name = source.name;
    site.key = name_key(source.name);
    if (source.site == "muscle") {
      auto const& resting = body.bed("muscle.resting");
      site.fiber_cell = body.bed("muscle.working").interstitium;
      site.targets.push_back({*resting.interstitium, source.fibers.basal.value() * resting.mass.value()});
    } else {
      auto const cells = cells_of_source(source, body);
      auto const mass = std::accumulate(cells.begin(), cells.end(), 0.0,
                                        [](double sum, auto const& cell) { return sum + cell.second; });
      site.targets = spread(cells, source.rate ? source.rate->value() : source.specific_rate->value() * mass);
    }
    sources.push_back(std::move(site));
  }
}

void FactorModel::place_interventions(Experiment const& experiment, BodyLayout const& body) {
  int infusions = 0;
  for (auto const& intervention : experiment.interventions) {
    if (intervention.factor != params.name) continue;
    if (intervention.kind == InterventionKind::knockout) knockouts.push_back(intervention);
    if (intervention.kind == InterventionKind::block) blocks.push_back(intervention);
    if (intervention.kind != InterventionKind::infuse) continue;
    SourceSite site;
    site.name = fmt::format("infusion.{}", ++infusions);
    site.key = name_key(site.name);
    site.targets = spread(cells_of_infusion(intervention.site, body), intervention.rate.value());
    site.infusion = intervention;
    sources.push_back(std::move(site));
  }
}

/// Release into each cell at rest, quanta/s, without what other factors are converted into.
std::vector<double> FactorModel::release_at_rest(BodyLayout const& body) const {
  std::vector<double> release(layout.cells(), 0.0);
  for (std::size_t i = 0; i < params.sources.size(); ++i) {
    for (auto const& target : sources[i].targets) release[target.cell.index()] += target.rest_rate;
    if (!sources[i].fiber_cell) continue;
    release[sources[i].fiber_cell->index()] += params.sources[i].fibers.basal.value() *
                                               body.bed("muscle.working").mass.value() *
                                               quanta_per_kilogram();
  }
  return release;
}

/// Finds the content at rest, and from it the quantum and the weight of a packet; turns the sources' rates,
/// which are in kg/s so far, into quanta/s. `converted_in`: mol/s that arrive in each cell by conversion.
void FactorModel::settle_rest(Experiment const& experiment, BodyParams const& body_params,
                              BodyLayout const& body, std::vector<double> const& converted_in) {
  for (auto& site : sources) {
    for (auto& target : site.targets) target.rest_rate *= quanta_per_kilogram();
  }
  auto release = release_at_rest(body);
  for (std::size_t i = 0; i < release.size(); ++i) release[i] += converted_in[i] * kAvogadro / quantum;
  solve_rest(body_params, body, release);
  if (!is_field()) choose_quantum(experiment, std::accumulate(release.begin(), release.end(), 0.0));
  for (auto const& tissue : body.tissues) {
    auto const free = free_in(rest_content[tissue.cell.index()], tissue, experiment.organism.brain);
    rest_occupancy.push_back(receptor_occupancy(free, params.dissociation).value());
  }
}

/// The stationary state. A carrier's linear part follows from its concentrations at rest and they from it: a
/// few rounds settle both.
void FactorModel::solve_rest(BodyParams const& body_params, BodyLayout const& body,
                             std::vector<double> const& release) {
  auto const rounds = params.carrier ? 20 : 1;
  for (int round = 0; round < rounds; ++round) {
    if (params.carrier) {
      params.influx = carrier_permeability(carrier_rest.blood, *params.carrier);
      params.efflux = PerSecond{carrier_permeability(carrier_rest.tissue, *params.carrier).value() /
                                body_params.brain.interstitium.value()};
    }
    rest_content =
        stationary_content(body_generator(body_params, body, params, layout, Intensity{0}), release);
    auto const& whole = body.tissues.back();
    carrier_rest = {in_blood_along(whole, body, rest_content),
                    free_in(rest_content[whole.cell.index()], whole, body_params.brain)};
  }
}

void FactorModel::choose_quantum(Experiment const& experiment, double release) {
  auto const largest = *std::max_element(rest_content.begin(), rest_content.end());
  auto const run = static_cast<double>(experiment.schedule.baseline + experiment.schedule.duration);
  auto const needed = kHeadroom * std::max(largest * 0x1p-40, release * run * 0x1p-62);
  quantum = std::exp2(std::max(0.0, std::ceil(std::log2(std::max(1.0, needed)))));
  for (auto& site : sources) {
    for (auto& target : site.targets) target.rest_rate /= quantum;
  }
  double in_body = 0;
  for (std::size_t i = 0; i < rest_content.size(); ++i) {
    rest_content[i] /= quantum;
    if (layout.kept_as(i) == Representation::packets) in_body += rest_content[i];
  }
  auto const packet_factors =
      std::count_if(experiment.factors.begin(), experiment.factors.end(),
                    [](auto const& factor) { return factor.kind == FactorKind::packets; });
  auto const wanted = static_cast<double>(experiment.scale.packets) / static_cast<double>(packet_factors);
  kind.packet_weight = std::max<std::int64_t>(1, std::llround(in_body / wanted));
}

}  // namespace myoaxis

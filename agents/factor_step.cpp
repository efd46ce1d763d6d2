#include "agents/factor_step.h"

#include "agents/body/conversion.h"
#include "agents/hippocampus/receptor_occupancy.h"
#include "agents/secretion.h"

namespace myoaxis {
namespace {

/// What a carrier moves across the barrier beyond its linear part, at a content of all cells.
void add_carrier_flows(std::vector<FieldFlow>& flows, FactorModel const& factor, Model const& model,
                       std::vector<double> const& content) {
  if (!factor.params.carrier) return;
  for (auto const& tissue : model.body.tissues) {
    auto const& bed = model.body.beds[tissue.bed];
    CarrierSides const now{
        factor.in_blood_along(tissue, model.body, content),
        factor.free_in(content[tissue.cell.index()], tissue, model.experiment.organism.brain)};
    auto const flux = carrier_remainder(now, factor.carrier_rest, *factor.params.carrier).value();
    auto const rate = flux * tissue.mass.value();
    flows.push_back({tissue.cell, rate});
    for (std::size_t i = 0; i < bed.blood.size(); ++i)
      flows.push_back({bed.blood.cells[i], -rate * tissue.wall[i]});
  }
}

/// What trained muscle converts beyond the untrained.
void add_conversion_flows(std::vector<FieldFlow>& flows, FactorModel const& factor, Fraction adaptation,
                          std::vector<double> const& content) {
  for (auto const& path : factor.conversions) {
    auto const& conversion = factor.params.conversions[path.conversion];
    if (!path.adapts || adaptation.value() <= 0) continue;
    auto const trained = conversion_rate(conversion.rate, conversion.trained_fold, adaptation).value();
    auto const rate = (trained - conversion.rate.value()) * content[path.cell.index()];
    flows.push_back({path.cell, -rate, std::nullopt, path.sink.index()});
  }
}

/// A metabolite, in the step that it is about to make.
struct FieldFactor {
  Field& field;
  FactorModel const& factor;
  Model const& model;
  Activity const& activity;
};

/// Advances the field; returns its mean content over the step.
std::vector<double> advance_field_of(FieldFactor const& f, std::vector<Release> const& releases) {
  auto const& propagator = f.factor.tables(f.activity.flow_state, f.activity.step.seconds).propagator;
  auto const constant = release_flows(releases);
  auto const flows =
      midpoint_flows(f.field, f.factor.layout, propagator, constant, [&](std::span<double const> content_at) {
        std::vector<double> const content{content_at.begin(), content_at.end()};
        std::vector<FieldFlow> nonlinear;
        add_carrier_flows(nonlinear, f.factor, f.model, content);
        add_conversion_flows(nonlinear, f.factor, f.activity.oxidative_share, content);
        return nonlinear;
      });
  auto content = average_content(f.field, f.factor.layout, propagator, flows);
  advance_field(f.field, f.factor.params.name, f.factor.layout, propagator, f.activity.step, flows);
  return content;
}

/// Reads plasma and brain: expectations over the step, given its start.
void read_factor(std::vector<double> const& content, FactorModel const& factor, Model const& model, Tick now,
                 FactorReport& report) {
  auto const in_blood = [&](Vessels const& vessels) {
    return factor.concentration(outflow_concentration(vessels, content), CubicMeters{1});
  };
  report.artery = in_blood(model.body.arteries);
  report.vein = in_blood(model.body.veins);
  for (auto const& bed : model.body.beds) report.bed_vein.push_back(in_blood(bed.blood));
  auto const unblocked = factor.unblocked(now);
  for (std::size_t i = 0; i < model.body.tissues.size(); ++i) {
    auto const& tissue = model.body.tissues[i];
    auto const quanta = content[tissue.cell.index()];
    auto const free = factor.free_in(quanta, tissue, model.experiment.organism.brain);
    auto const occupancy = receptor_occupancy(free, factor.params.dissociation).value();
    auto const at_rest = factor.rest_occupancy[i];
    report.tissue_content.push_back(quanta);
    report.occupancy_fold.push_back(at_rest > 0 ? unblocked * occupancy / at_rest : unblocked);
  }
}

/// What left by conversion in this step enters the other factor, mole for mole.
void hand_over(FactorModel const& factor, FieldLedger const& ledger, std::vector<double> const& before,
               Step const& step, std::vector<std::vector<Release>>& converted) {
  for (auto const& path : factor.conversions) {
    auto const moles = ledger.cleared[path.sink.index()] - before[path.sink.index()];
    converted[path.into].push_back({path.source, 0, path.cell, moles / step.length().value(), {}});
  }
}

}  // namespace

FactorState blank_factor_state(FactorModel const& factor) {
  FactorState state;
  state.name = factor.params.name;
  state.transcription.resize(factor.params.sources.size());
  state.secretion.resize(factor.params.sources.size());
  return state;
}

FactorState make_factor_state(FactorModel const& factor, Fibers const& fibers, Number secretion_variation,
                              Luck luck, Tick now) {
  auto state = blank_factor_state(factor);
  auto const expected =
      factor.is_knocked_out(now) ? std::vector<double>(factor.rest_content.size(), 0.0) : factor.rest_content;
  state.load = make_load(factor.freight(), expected, factor.sources.size(), now);
  for (std::size_t i = 0; i < factor.params.sources.size(); ++i) {
    if (!factor.sources[i].fiber_cell) continue;
    state.secretion[i] = make_secretion(fibers, factor.kind.key, factor.params.sources[i].type_capacity,
                                        secretion_variation, luck);
  }
  return state;
}

std::vector<FactorReport> advance_factors(std::vector<FactorState>& states, Model const& model,
                                          Fibers const& fibers, Activity const& activity) {
  std::vector<FactorReport> reports(states.size());
  std::vector<std::vector<Release>> converted(states.size());
  auto const niches = model.body.niche_cells();
  for (auto const i : model.order) {
    auto const& factor = model.factors[i];
    auto secreted = secrete(states[i], factor, fibers, activity);
    secreted.releases.insert(secreted.releases.end(), converted[i].begin(), converted[i].end());
    reports[i].muscle_release = secreted.muscle_rate;
    reports[i].flow_state = activity.flow_state;
    std::vector<double> content;
    if (factor.params.kind == FactorKind::field) {
      auto const before = states[i].load.field.ledger.cleared;
      content = advance_field_of({states[i].load.field, factor, model, activity}, secreted.releases);
      hand_over(factor, states[i].load.field.ledger, before, activity.step, converted);
    } else {
      auto const& tables = factor.tables(activity.flow_state, activity.step.seconds);
      content = average_content(states[i].load, factor.freight(), tables, secreted.releases);
      TagWatch watch{niches, {}};
      advance_load(states[i].load, factor.freight(), tables, activity.step, secreted.releases, &watch);
      reports[i].tags = std::move(watch.tags);
    }
    read_factor(content, factor, model, activity.step.begin, reports[i]);
  }
  return reports;
}

}  // namespace myoaxis

#include "agents/assays/tracer.h"

namespace myoaxis {
namespace {

/// Neither cleared nor exchanged: no organ takes a share, all walls reflect it, no barrier lets it pass.
FactorParams inert_dye() {
  FactorParams dye;
  dye.name = "indicator";
  dye.reflection = Fraction{1};
  return dye;
}

}  // namespace

Vessels const& vessels_at(BodyLayout const& body, std::string_view site) {
  if (site == "vein") return body.veins;
  if (site == "right_heart") return body.right_heart;
  if (site == "lungs") return body.lungs;
  if (site == "left_heart") return body.left_heart;
  if (site == "artery") return body.arteries;
  return body.bed(site).blood;
}

Tracer::Tracer(BodyParams const& params, BodyLayout const& body, Intensity intensity)
    : body_{body},
      hematocrit_{params.circulation.hematocrit.value()},
      cardiac_output_{organ_flows(params.circulation, params.working_share, intensity).cardiac_output},
      dye_{inert_dye()},
      layout_{factor_layout(body, dye_)},
      generator_{body_generator(params, body, dye_, layout_, intensity)} {}

std::vector<std::vector<double>> Tracer::curves(Vessels const& from, std::span<Vessels const* const> sites,
                                                double amount, Seconds every, std::size_t number) const {
  std::vector<std::vector<double>> curves(sites.size());
  auto const of_blood = amount * (1 - hematocrit_);
  follow_content(generator_, entering(from), every, number, [&](std::span<double const> content) {
    for (std::size_t i = 0; i < sites.size(); ++i)
      curves[i].push_back(outflow_concentration(*sites[i], content) * of_blood);
  });
  return curves;
}

Passage Tracer::circulation(Vessels const& from) const { return arrival(from, from); }

Passage Tracer::arrival(Vessels const& from, Vessels const& to) const {
  auto const start = cells_of(from), target = cells_of(to);
  return first_passage(generator_, entering(from), [&](Generator::Rate const& rate) {
    if (!target[rate.from] && target[rate.to]) return StepKind::arrival;
    return !start[rate.from] && start[rate.to] ? StepKind::loss : StepKind::onward;
  });
}

Passage Tracer::departure(Vessels const& from, Vessels const& to) const {
  auto const start = cells_of(from), target = cells_of(to);
  return first_passage(generator_, entering(from), [&](Generator::Rate const& rate) {
    if (target[rate.from] && !target[rate.to]) return StepKind::arrival;
    return !start[rate.from] && start[rate.to] ? StepKind::loss : StepKind::onward;
  });
}

CubicMeters Tracer::blood_volume() const {
  double plasma = 0;
  for (auto const* vessels :
       {&body_.veins, &body_.right_heart, &body_.lungs, &body_.left_heart, &body_.arteries}) {
    plasma += vessels->total_plasma().value();
  }
  for (auto const& bed : body_.beds) plasma += bed.blood.total_plasma().value();
  return CubicMeters{plasma / (1 - hematocrit_)};
}

/// The shares of what enters the vessels, one entry a cell of the graph.
std::vector<double> Tracer::entering(Vessels const& vessels) const {
  std::vector<double> shares(layout_.cells(), 0.0);
  for (auto const& [cell, share] : vessels.inlets) shares[vessels.cells[cell].index()] += share;
  return shares;
}

std::vector<bool> Tracer::cells_of(Vessels const& vessels) const {
  std::vector<bool> inside(layout_.places(), false);
  for (auto const cell : vessels.cells) inside[cell.index()] = true;
  return inside;
}

}  // namespace myoaxis

#include "agents/body/body_graph.h"

#include <cmath>
#include <numbers>

#include "agents/body/capillary_exchange.h"
#include "agents/body/clearance_linear.h"
#include "core/contracts.h"

namespace myoaxis {
namespace {

/// Arterial blood flow into each bed.
std::vector<double> arterial_flows(BodyParams const& params, BodyLayout const& body, Intensity intensity) {
  auto const flows = organ_flows(params.circulation, params.working_share, intensity);
  auto const hippocampus =
      params.circulation.hippocampus_flow.value() * params.brain.hippocampus_mass.value();
  std::vector<double> inflow;
  for (auto const& bed : body.beds) {
    auto flow = flows.organ[bed.organ].value();
    if (bed.name == "muscle.working") flow = flows.working_muscle.value();
    if (bed.name == "muscle.resting") flow = flows.resting_muscle.value();
    if (bed.name == "brain") flow -= hippocampus;
    if (bed.name == "hippocampus") flow = hippocampus;
    inflow.push_back(flow);
  }
  return inflow;
}

class GraphBuilder {
 public:
  GraphBuilder(BodyParams const& params, BodyLayout const& body, FactorParams const& factor,
               Layout const& layout, Intensity intensity)
      : params_{params},
        body_{body},
        factor_{factor},
        intensity_{intensity.value()},
        space_{factor.space == BloodSpace::blood ? 1 / (1 - params.circulation.hematocrit.value()) : 1.0},
        generator_{layout} {}

  Generator build() {
    add_circulation();
    for (std::size_t i = 0; i < body_.beds.size(); ++i) add_exchange(body_.beds[i]);
    add_clearance();
    add_conversions();
    for (auto const& tissue : body_.tissues) add_barrier(tissue);
    generator_.add(body_.csf, body_.veins.first(),
                   PerSecond{params_.brain.csf_flow.value() / params_.brain.csf_volume.value()});
    return std::move(generator_);
  }

 private:
  /// Moves quanta through vessels and out of them into `next`.
  void add_flow(Vessels const& vessels, double plasma_flow, CellId next) {
    auto const rate = [&](std::size_t cell, double share) {
      return PerSecond{plasma_flow * share / vessels.plasma[cell].value()};
    };
    for (auto const& [from, to, share] : vessels.paths)
      generator_.add(vessels.cells[from], vessels.cells[to], rate(from, share));
    for (auto const& [cell, share] : vessels.outlets)
      generator_.add(vessels.cells[cell], next, rate(cell, share));
  }

  void add_circulation() {
    auto const plasma = 1 - params_.circulation.hematocrit.value();
    auto const inflow = arterial_flows(params_, body_, Intensity{intensity_});
    auto const through = plasma_flows(params_, body_, Intensity{intensity_});
    double output = 0;
    for (auto const flow : inflow) output += flow * plasma;
    add_flow(body_.veins, output, body_.right_heart.first());
    add_flow(body_.right_heart, output, body_.lungs.first());
    add_flow(body_.lungs, output, body_.left_heart.first());
    add_flow(body_.left_heart, output, body_.arteries.first());
    auto const& arteries = body_.arteries;
    for (auto const& [from, to, share] : arteries.paths) {
      generator_.add(arteries.cells[from], arteries.cells[to],
                     PerSecond{output * share / arteries.plasma[from].value()});
    }
    for (std::size_t i = 0; i < body_.beds.size(); ++i) {
      auto const& bed = body_.beds[i];
      for (auto const& [cell, share] : bed.blood.inlets) {
        generator_.add(arteries.last(), bed.blood.cells[cell],
                       PerSecond{inflow[i] * share * plasma / arteries.plasma.back().value()});
      }
      add_flow(bed.blood, through[i].value(), outlet(bed));
    }
  }

  CellId outlet(Bed const& bed) const {
    auto const& organ = params_.circulation.organs[bed.organ];
    return organ.drains_into.empty() ? body_.veins.first() : body_.bed(organ.drains_into).blood.first();
  }

  void add_exchange(Bed const& bed) {
    if (!bed.interstitium) return;
    auto const working = bed.name == "muscle.working" ? intensity_ : 0.0;
    auto const& circulation = params_.circulation;
    auto const scale = [&](Number fold) { return Number{1 + (fold.value() - 1) * working}; };
    auto const flows =
        exchange_flows(circulation.organs[bed.organ].interstitium->lymph, factor_.exchange_per_lymph,
                       factor_.reflection, scale(circulation.exchange_fold), scale(circulation.lymph_fold));
    for (std::size_t i = 0; i < bed.blood.size(); ++i) {
      auto const mass = bed.mass.value() * bed.blood.exchange[i];
      generator_.add(bed.blood.cells[i], *bed.interstitium,
                     PerSecond{flows.out_of_plasma.value() * mass / volume(bed.blood, i)});
      generator_.add(*bed.interstitium, bed.blood.cells[i],
                     PerSecond{flows.back_to_plasma.value() * mass / bed.interstitium_volume.value()});
    }
    generator_.add(*bed.interstitium, body_.veins.first(),
                   PerSecond{flows.lymph.value() * bed.mass.value() / bed.interstitium_volume.value()});
  }

  /// Clearance of an organ that has several beds falls to them in proportion to their flow: all extract
  /// alike.
  void add_clearance() {
    auto const at_rest = plasma_flows(params_, body_, Intensity{0});
    for (auto const& [organ, share] : factor_.clearance_share) {
      auto const sink = *generator_.layout().find_sink(organ);
      double organ_flow = 0;
      for (std::size_t i = 0; i < body_.beds.size(); ++i) {
        if (organ_name(body_.beds[i]) == organ) organ_flow += at_rest[i].value();
      }
      for (std::size_t i = 0; i < body_.beds.size(); ++i) {
        auto const& bed = body_.beds[i];
        if (organ_name(bed) != organ) continue;
        auto const clearance = factor_.clearance.value() * share.value() * at_rest[i].value() / organ_flow;
        auto const flow = CubicMetersPerSecond{at_rest[i].value() * space_};
        auto const rate = clearance_rate(CubicMetersPerSecond{clearance}, flow,
                                         CubicMeters{bed.blood.total_plasma().value() * space_},
                                         [&](PerSecond k) { return passed_share(bed.blood, at_rest[i], k); });
        for (auto const cell : bed.blood.cells) generator_.add(cell, sink, rate);
      }
    }
  }

  /// First order, in the interstitium of the site.
  void add_conversions() {
    for (auto const& conversion : factor_.conversions) {
      for (auto const& bed : body_.beds) {
        auto const sink = generator_.layout().find_sink(conversion_sink(conversion, bed));
        if (sink) generator_.add(*bed.interstitium, *sink, conversion.rate);
      }
    }
  }

  /// What the factor fills of one cell of blood.
  double volume(Vessels const& vessels, std::size_t cell) const {
    return vessels.plasma[cell].value() * space_;
  }

  std::string const& organ_name(Bed const& bed) const { return params_.circulation.organs[bed.organ].name; }

  /// Carriers of the barrier act both ways along the capillaries that supply the tissue; bulk flow of
  /// interstitial fluid carries what is free to the cerebrospinal fluid; the tissue itself degrades.
  void add_barrier(Tissue const& tissue) {
    auto const& blood = body_.beds[tissue.bed].blood;
    auto const free = factor_.free_fraction.value();
    for (std::size_t i = 0; i < blood.size(); ++i) {
      auto const wall = tissue.wall[i];
      generator_.add(blood.cells[i], tissue.cell,
                     PerSecond{factor_.influx.value() * tissue.mass.value() * wall / volume(blood, i)});
      generator_.add(tissue.cell, blood.cells[i], PerSecond{factor_.efflux.value() * free * wall});
    }
    generator_.add(tissue.cell, body_.csf,
                   PerSecond{free * params_.brain.bulk_flow.value() / params_.brain.interstitium.value()});
    if (factor_.turnover) {
      generator_.add(tissue.cell, *generator_.layout().find_sink("turnover"),
                     PerSecond{std::numbers::ln2 / factor_.turnover->value()});
    }
  }

  BodyParams const& params_;
  BodyLayout const& body_;
  FactorParams const& factor_;
  double intensity_;
  double space_;  // volume of blood that the factor fills, over its plasma
  Generator generator_;
};

}  // namespace

std::string conversion_sink(ConversionParams const& conversion, Bed const& bed) {
  return "conversion." + conversion.name + ':' + bed.name;
}

Layout factor_layout(BodyLayout const& body, FactorParams const& factor) {
  auto layout = body.layout;
  for (auto const& share : factor.clearance_share) layout.add_sink(share.organ, Representation::packets);
  if (factor.turnover) layout.add_sink("turnover", Representation::counts);
  for (auto const& conversion : factor.conversions) {
    for (auto const& bed : body.beds) {
      auto const of_site = bed.name == conversion.site || bed.name.starts_with(conversion.site + '.');
      if (of_site && bed.interstitium)
        layout.add_sink(conversion_sink(conversion, bed), Representation::packets);
    }
  }
  return layout;
}

std::vector<CubicMetersPerSecond> plasma_flows(BodyParams const& params, BodyLayout const& body,
                                               Intensity intensity) {
  auto const plasma = 1 - params.circulation.hematocrit.value();
  auto const inflow = arterial_flows(params, body, intensity);
  std::vector<double> through = inflow;
  for (std::size_t i = 0; i < body.beds.size(); ++i) {
    auto const& target = params.circulation.organs[body.beds[i].organ].drains_into;
    for (std::size_t k = 0; k < body.beds.size(); ++k) {
      if (body.beds[k].name == target) through[k] += inflow[i];
    }
  }
  std::vector<CubicMetersPerSecond> flows;
  for (auto const flow : through) flows.emplace_back(flow * plasma);
  return flows;
}

Generator body_generator(BodyParams const& params, BodyLayout const& body, FactorParams const& factor,
                         Layout const& layout, Intensity intensity) {
  return GraphBuilder{params, body, factor, layout, intensity}.build();
}

}  // namespace myoaxis

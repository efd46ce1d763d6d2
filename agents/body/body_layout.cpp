#include "agents/body/body_layout.h"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>

#include "agents/body/organ_flow.h"
#include "core/contracts.h"

namespace myoaxis {
namespace {

class LayoutBuilder {
 public:
  LayoutBuilder(CirculationParams const& circulation, BrainParams const& brain, BrainScale const& scale,
                Fraction working_share, BedNetworks const& networks)
      : circulation_{circulation},
        brain_{brain},
        scale_{scale},
        working_share_{working_share.value()},
        networks_{networks},
        flows_{organ_flows(circulation, working_share, Intensity{0})} {}

  BodyLayout build() {
    body_.veins = add_vessel("veins", circulation_.veins);
    body_.right_heart = add_vessel("right_heart", circulation_.right_heart);
    body_.lungs = add_vessel("lungs", circulation_.lungs);
    body_.left_heart = add_vessel("left_heart", circulation_.left_heart);
    body_.arteries = add_vessel("arteries", circulation_.arteries);
    for (std::size_t i = 0; i < circulation_.organs.size(); ++i) add_organ(i);
    add_brain_tissue();
    return std::move(body_);
  }

 private:
  Vessels add_chain(std::string const& name, double blood, Fraction relative_dispersion) {
    auto volumes = stage_shares(relative_dispersion);
    for (auto& volume : volumes) volume *= blood * (1 - circulation_.hematocrit.value());
    return make_chain(body_.layout, name + ".blood", volumes);
  }

  Vessels add_vessel(std::string const& name, VesselParams const& vessel) {
    return add_chain(name, vessel.blood.value(), vessel.relative_dispersion);
  }

  void add_organ(std::size_t organ) {
    auto const& name = circulation_.organs[organ].name;
    if (name == "muscle") {
      add_bed("muscle.working", organ, working_share_, {networks_.muscle, flows_.working_muscle});
      add_bed("muscle.resting", organ, 1 - working_share_, {networks_.muscle, flows_.resting_muscle});
    } else if (name == "brain") {
      auto const share = brain_.hippocampus_mass.value() / circulation_.organs[organ].mass.value();
      add_bed("brain", organ, 1 - share, {});
      CubicMetersPerSecond const flow{circulation_.hippocampus_flow.value() *
                                      brain_.hippocampus_mass.value()};
      add_bed("hippocampus", organ, share, {networks_.hippocampus, flow});
    } else {
      add_bed(name, organ, 1.0, {});
    }
  }

  /// The network that stands in for a bed, if any, and the bed's blood flow at rest.
  struct Inside {
    std::optional<SolvedNetwork> const& network = kNone;
    CubicMetersPerSecond flow;
    static inline std::optional<SolvedNetwork> const kNone;
  };

  Vessels add_vessels(std::string const& name, double blood, Fraction dispersion, Inside const& inside) {
    if (!inside.network) return add_chain(name, blood, dispersion);
    auto const plasma = 1 - circulation_.hematocrit.value();
    BedDemand const demand{CubicMeters{blood * plasma}, CubicMetersPerSecond{inside.flow.value() * plasma},
                           dispersion};
    if (networks_.resolution == Resolution::lumped)
      return make_lumped_network(body_.layout, name + ".blood", *inside.network, demand);
    return make_network_vessels(body_.layout, name + ".blood", *inside.network, demand, networks_.cells);
  }

  void add_bed(std::string const& name, std::size_t organ_index, double share, Inside const& inside) {
    auto const& organ = circulation_.organs[organ_index];
    Bed bed{name,
            organ_index,
            Kilograms{organ.mass.value() * share},
            add_vessels(name, organ.blood.value() * share, organ.relative_dispersion, inside),
            {},
            {}};
    if (organ.interstitium) {
      bed.interstitium = body_.layout.add_cell(name + ".interstitium", Representation::packets);
      bed.interstitium_volume = CubicMeters{organ.interstitium->volume.value() * bed.mass.value()};
    }
    body_.beds.push_back(std::move(bed));
  }

  std::size_t bed_index(std::string_view name) const {
    auto const found =
        std::find_if(body_.beds.begin(), body_.beds.end(), [&](Bed const& bed) { return bed.name == name; });
    EXPECTS(found != body_.beds.end());
    return static_cast<std::size_t>(found - body_.beds.begin());
  }

  void add_tissue(std::string name, std::string site, std::size_t bed, double mass) {
    auto const cell = body_.layout.add_cell(name, Representation::counts);
    auto wall = body_.beds[bed].blood.exchange;
    body_.tissues.push_back({std::move(name), std::move(site), bed, Kilograms{mass}, cell, std::move(wall)});
  }

  void add_brain_tissue() {
    auto const hippocampus = bed_index("hippocampus");
    auto const brain = bed_index("brain");
    auto const simulated = brain_.dentate_mass.value() * scale_.dentate_fraction.value();
    body_.niches = scale_.niches;
    for (std::size_t i = 1; i <= scale_.niches; ++i) {
      add_tissue(fmt::format("niche.{}", i), "dentate", hippocampus,
                 simulated / static_cast<double>(scale_.niches));
    }
    if (networks_.hippocampus && networks_.resolution == Resolution::resolved) place_niches(hippocampus);
    auto const other_dentate = brain_.dentate_mass.value() - simulated;
    if (other_dentate > 0) add_tissue("dentate.tissue", "dentate", hippocampus, other_dentate);
    add_tissue("hippocampus.tissue", "hippocampus", hippocampus,
               brain_.hippocampus_mass.value() - brain_.dentate_mass.value());
    add_tissue("brain.tissue", "brain", brain, body_.beds[brain].mass.value());
    body_.csf = body_.layout.add_cell("csf", Representation::counts);
  }

  /// Niches lie along single capillaries, taken in turn.
  void place_niches(std::size_t bed) {
    auto const& exchange = body_.beds[bed].blood.exchange;
    std::vector<std::size_t> capillaries;
    for (std::size_t i = 0; i < exchange.size(); ++i) {
      if (exchange[i] > 0) capillaries.push_back(i);
    }
    for (std::size_t niche = 0; niche < body_.niches; ++niche) {
      auto& wall = body_.tissues[niche].wall;
      wall.assign(exchange.size(), 0.0);
      auto const first = niche % capillaries.size();
      for (auto k = first; k < capillaries.size(); k += body_.niches)
        wall[capillaries[k]] = exchange[capillaries[k]];
      auto const total = std::accumulate(wall.begin(), wall.end(), 0.0);
      for (auto& share : wall) share /= total;
    }
  }

  CirculationParams const& circulation_;
  BrainParams const& brain_;
  BrainScale const& scale_;
  double working_share_;
  BedNetworks const& networks_;
  OrganFlows flows_;  // at rest
  BodyLayout body_;
};

}  // namespace

Bed const& BodyLayout::bed(std::string_view name) const {
  auto const found =
      std::find_if(beds.begin(), beds.end(), [&](Bed const& each) { return each.name == name; });
  EXPECTS(found != beds.end());
  return *found;
}

std::vector<CellId> BodyLayout::niche_cells() const {
  std::vector<CellId> cells;
  for (std::size_t i = 0; i < niches; ++i) cells.push_back(tissues[i].cell);
  return cells;
}

BodyLayout make_body_layout(CirculationParams const& circulation, BrainParams const& brain,
                            BrainScale const& scale, Fraction working_share, BedNetworks const& networks) {
  return LayoutBuilder{circulation, brain, scale, working_share, networks}.build();
}

}  // namespace myoaxis

#include "agents/body/vessel_map.h"

#include <utility>

namespace myoaxis {
namespace {

/// The great vessels in the order of the stream.
std::array<std::pair<VesselKind, Vessels const*>, 5> great_vessels(BodyLayout const& body) {
  return {{{VesselKind::veins, &body.veins},
           {VesselKind::right_heart, &body.right_heart},
           {VesselKind::lungs, &body.lungs},
           {VesselKind::left_heart, &body.left_heart},
           {VesselKind::arteries, &body.arteries}}};
}

class MapBuilder {
 public:
  MapBuilder(BodyLayout const& body, CirculationParams const& circulation)
      : body_{body}, circulation_{circulation}, number_(body.layout.cells(), 0) {}

  VesselMap build() {
    for (auto const& [kind, vessels] : great_vessels(body_)) {
      add(kind, std::string{kVesselKindNames[static_cast<std::size_t>(kind)]}, *vessels);
    }
    for (auto const& bed : body_.beds) add(VesselKind::bed, bed.name, bed.blood);
    auto const great = great_vessels(body_);
    for (std::size_t i = 0; i < great.size(); ++i) {
      join_inside(*great[i].second);
      if (i + 1 < great.size()) join_out(*great[i].second, great[i + 1].second->first());
    }
    for (auto const& bed : body_.beds) {
      for (auto const& inlet : bed.blood.inlets) join(body_.arteries.last(), bed.blood.cells[inlet.cell]);
      join_inside(bed.blood);
      auto const& target = circulation_.organs[bed.organ].drains_into;
      join_out(bed.blood, target.empty() ? body_.veins.first() : body_.bed(target).blood.first());
    }
    return std::move(map_);
  }

 private:
  void add(VesselKind kind, std::string const& stretch, Vessels const& vessels) {
    for (std::size_t i = 0; i < vessels.size(); ++i) {
      number_[vessels.cells[i].index()] = map_.cells.size();
      map_.cells.push_back({vessels.cells[i], kind, stretch, vessels.plasma[i], vessels.courses[i]});
    }
  }

  void join(CellId from, CellId to) { map_.paths.push_back({number_[from.index()], number_[to.index()]}); }
  void join_inside(Vessels const& vessels) {
    for (auto const& path : vessels.paths) join(vessels.cells[path.from], vessels.cells[path.to]);
  }
  void join_out(Vessels const& vessels, CellId next) {
    for (auto const& outlet : vessels.outlets) join(vessels.cells[outlet.cell], next);
  }

  BodyLayout const& body_;
  CirculationParams const& circulation_;
  std::vector<std::size_t> number_;  // in the map, of each cell of the layout
  VesselMap map_;
};

}  // namespace

VesselMap vessel_map(BodyLayout const& body, CirculationParams const& circulation) {
  return MapBuilder{body, circulation}.build();
}

std::vector<CubicMetersPerSecond> blood_flows(BodyParams const& params, BodyLayout const& body,
                                              Intensity intensity) {
  std::vector<CubicMetersPerSecond> flows;
  auto const add = [&](Vessels const& vessels, double flow) {
    for (auto const share : vessels.through()) flows.emplace_back(share * flow);
  };
  auto const output = organ_flows(params.circulation, params.working_share, intensity).cardiac_output;
  for (auto const& [kind, vessels] : great_vessels(body)) add(*vessels, output.value());
  auto const plasma = plasma_flows(params, body, intensity);
  auto const blood_per_plasma = 1 / (1 - params.circulation.hematocrit.value());
  for (std::size_t i = 0; i < body.beds.size(); ++i) {
    add(body.beds[i].blood, plasma[i].value() * blood_per_plasma);
  }
  return flows;
}

}  // namespace myoaxis

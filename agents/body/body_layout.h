/// The cells of the body: which compartments there are, how large, and where each organ's lie.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agents/body/circulation_params.h"
#include "agents/body/network_bed.h"
#include "agents/body/vessels.h"
#include "core/transport/graph.h"

namespace myoaxis {

/// The capillary bed of an organ, or of a part of one that has a flow of its own.
struct Bed {
  std::string name;   // "liver", "muscle.working", "hippocampus"
  std::size_t organ;  // in CirculationParams::organs
  Kilograms mass;
  Vessels blood;
  std::optional<CellId> interstitium;
  CubicMeters interstitium_volume;
};

/// A piece of brain tissue behind the barrier.
struct Tissue {
  std::string
      name;  // "niche.1", "dentate.tissue" (what no niche holds), "hippocampus.tissue", "brain.tissue"
  std::string site;  // "dentate", "hippocampus" (the rest of it) or "brain", as sources name it
  std::size_t bed;   // the one that supplies it
  Kilograms mass;
  CellId cell;
  std::vector<double> wall;  // share of each cell of the bed in the capillaries along it; sums to 1
};

/// Networks of vessels that stand in for the beds of working and resting muscle and of the hippocampus.
struct BedNetworks {
  std::optional<SolvedNetwork> muscle;
  std::optional<SolvedNetwork> hippocampus;
  Resolution resolution = Resolution::lumped;
  std::size_t cells = 0;  // of each, when they are resolved
};

struct BodyLayout {
  Layout layout;  // without sinks: those are the factor's
  Vessels right_heart, lungs, left_heart, arteries, veins;
  std::vector<Bed> beds;
  std::vector<Tissue> tissues;  // niches first
  std::size_t niches = 0;
  CellId csf{0};

  Bed const& bed(std::string_view name) const;
  std::vector<CellId> niche_cells() const;
};

/// Lays out the cells. `working_share`: part of the muscle that works in the run's mode of exercise. Throws
/// NetworkError when a network does not fit its organ.
BodyLayout make_body_layout(CirculationParams const& circulation, BrainParams const& brain,
                            BrainScale const& scale, Fraction working_share,
                            BedNetworks const& networks = {});

}  // namespace myoaxis

/// All vessels of the body in one list, with the flow through each: what is drawn, and what is written.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agents/body/body_graph.h"

namespace myoaxis {

/// The part of the circulation that a vessel belongs to.
enum class VesselKind : std::uint8_t { veins, right_heart, lungs, left_heart, arteries, bed };
inline constexpr std::array<std::string_view, 6> kVesselKindNames{"veins",      "right_heart", "lungs",
                                                                  "left_heart", "arteries",    "bed"};

struct VesselCell {
  CellId cell;
  VesselKind kind;
  std::string stretch;  // name of the bed, or of the kind
  CubicMeters plasma;
  std::optional<VesselCourse> course;
};

struct VesselMap {
  std::vector<VesselCell> cells;  // the great vessels, then bed by bed, each in the order of the stream
  /// From which of them blood flows into which, by their numbers in `cells`.
  struct Path {
    std::size_t from;
    std::size_t to;
  };
  std::vector<Path> paths;
};

VesselMap vessel_map(BodyLayout const& body, CirculationParams const& circulation);

/// Blood flow through each cell of the map at an exercise intensity, through all its copies together:
///
///     Q_blood = s Q_plasma / (1 - H)
///
/// s: share of the flow of its bed that passes it; H: systemic hematocrit. Where red cells part unevenly, as
/// in a network, this is the plasma flow told as blood of systemic hematocrit, so that it adds up.
std::vector<CubicMetersPerSecond> blood_flows(BodyParams const& params, BodyLayout const& body,
                                              Intensity intensity);

}  // namespace myoaxis

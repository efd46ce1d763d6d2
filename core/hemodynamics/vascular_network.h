/// A network of vessels: nodes in space, segments between them, and what is prescribed at its open ends.
#pragma once

#include <array>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "core/id.h"
#include "core/quantity.h"

namespace myoaxis {

using VesselNodeId = Id<struct VesselNode_>;

struct VesselNode {
  std::string name;
  std::array<Meters, 3> position = {};
};

/// A straight tube; its flow counts as positive from `from` to `to`.
struct VesselSegment {
  std::string name;
  VesselNodeId from{0};
  VesselNodeId to{0};
  Meters diameter{};
  Meters length{};
};

/// An end of the network: its pressure, or the flow into the network there (negative: out of it).
struct VesselBoundary {
  VesselNodeId node{0};
  std::variant<Pascals, CubicMetersPerSecond> condition;
  /// Discharge hematocrit of the blood that enters; without effect where blood leaves.
  Fraction inflow_hematocrit{};
};

struct VascularNetwork {
  std::vector<VesselNode> nodes;
  std::vector<VesselSegment> segments;
  std::vector<VesselBoundary> boundaries;
};

/// What is wrong with one item of a network.
struct NetworkFault {
  enum class Item { node, segment, boundary } item;
  /// Position of the item in its list.
  std::size_t index;
  /// Names the item, says what is wrong and what to do.
  std::string message;
};

/// What dead ends mean: a mistake, or vessels that were closed on purpose (they carry no flow).
enum class DeadEnds { refused, allowed };

/// Everything that keeps the network from having one flow: names given twice, ends that are no node,
/// diameters, lengths, coordinates or conditions beyond anything possible, loops of one segment, dead
/// ends, boundaries without a vessel, pieces without a pressure. Empty: the network can be solved.
std::vector<NetworkFault> faults_of(VascularNetwork const& network, DeadEnds dead_ends = DeadEnds::refused);

/// A network that cannot be solved reached a solver. `what()` is the first fault's message.
class NetworkError : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// Throws NetworkError when there is a fault.
void expect_solvable(VascularNetwork const& network, DeadEnds dead_ends = DeadEnds::refused);

/// Volume of the lumen.
CubicMeters volume(VesselSegment const& segment);
CubicMeters volume(VascularNetwork const& network);

}  // namespace myoaxis

#include "core/hemodynamics/vascular_network.h"

#include <fmt/core.h>

#include <cmath>
#include <cstdint>
#include <numbers>
#include <numeric>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace myoaxis {
namespace {

using Item = NetworkFault::Item;

/// Pieces of a network as a forest: every node points towards the first node of its piece.
class Pieces {
 public:
  explicit Pieces(std::size_t nodes) : parent_(nodes) { std::iota(parent_.begin(), parent_.end(), 0u); }
  std::uint32_t of(std::uint32_t node) {
    while (parent_[node] != node) {
      parent_[node] = parent_[parent_[node]];
      node = parent_[node];
    }
    return node;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    auto const first = of(a);
    auto const second = of(b);
    parent_[std::max(first, second)] = std::min(first, second);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

class Inspection {
 public:
  Inspection(VascularNetwork const& network, DeadEnds dead_ends)
      : network_{network},
        dead_ends_{dead_ends},
        segments_at_(network.nodes.size(), 0),
        boundaries_at_(network.nodes.size(), 0) {}

  std::vector<NetworkFault> run() {
    for (std::size_t i = 0; i < network_.nodes.size(); ++i) inspect_node(i);
    for (std::size_t i = 0; i < network_.segments.size(); ++i) inspect_segment(i);
    for (std::size_t i = 0; i < network_.boundaries.size(); ++i) inspect_boundary(i);
    if (ends_are_nodes_) {
      inspect_dead_ends();
      inspect_pieces();
    }
    return std::move(faults_);
  }

 private:
  template <class... Values>
  void fault(Item item, std::size_t index, fmt::format_string<Values...> text, Values&&... values) {
    faults_.push_back({item, index, fmt::format(text, std::forward<Values>(values)...)});
  }

  bool is_node(VesselNodeId id) const { return id.index() < network_.nodes.size(); }

  void inspect_node(std::size_t i) {
    auto const& node = network_.nodes[i];
    if (!node_names_.try_emplace(node.name, i).second)
      fault(Item::node, i, "two nodes are called '{}' (a name stands for one node; rename one)", node.name);
    for (auto const coordinate : node.position) {
      if (std::isfinite(coordinate.value())) continue;
      fault(Item::node, i, "node '{}' has a coordinate that is no finite number", node.name);
      return;
    }
  }

  void inspect_segment(std::size_t i) {
    auto const& segment = network_.segments[i];
    if (!segment_names_.try_emplace(segment.name, i).second)
      fault(Item::segment, i, "two segments are called '{}' (a name stands for one segment; rename one)",
            segment.name);
    inspect_size(i, "diameter", segment.diameter);
    if (!is_node(segment.from) || !is_node(segment.to)) {
      ends_are_nodes_ = false;
      fault(Item::segment, i, "segment '{}' has an end that is no node", segment.name);
      return;
    }
    ++segments_at_[segment.from.index()];
    ++segments_at_[segment.to.index()];
    if (segment.from == segment.to)
      fault(Item::segment, i, "segment '{}' begins and ends at node '{}' (the ends must differ)",
            segment.name, network_.nodes[segment.from.index()].name);
    else
      inspect_size(i, "length", segment.length);
  }

  void inspect_size(std::size_t i, std::string_view what, Meters size) {
    // Beyond any vessel, and well within what a conductance can be computed with.
    if (size.value() >= 1e-9 && size.value() <= 10) return;
    fault(Item::segment, i, "segment '{}' has the {} {} um (it must be positive: from 0.001 um to 10 m)",
          network_.segments[i].name, what, size.value() * 1e6);
  }

  void inspect_boundary(std::size_t i) {
    auto const& boundary = network_.boundaries[i];
    if (!is_node(boundary.node)) {
      ends_are_nodes_ = false;
      fault(Item::boundary, i, "boundary {} is at no node", i + 1);
      return;
    }
    auto const& name = network_.nodes[boundary.node.index()].name;
    if (++boundaries_at_[boundary.node.index()] == 2)
      fault(Item::boundary, i, "node '{}' has two boundary conditions (give one)", name);
    auto const value = std::visit([](auto condition) { return condition.value(); }, boundary.condition);
    if (!(std::abs(value) <= 1e9))
      fault(Item::boundary, i,
            "the boundary at node '{}' has the {} {} (at most 1e9 Pa or m3/s, of either sign, is allowed)",
            name, std::holds_alternative<Pascals>(boundary.condition) ? "pressure" : "flow", value);
    auto const hematocrit = boundary.inflow_hematocrit.value();
    if (!(hematocrit >= 0 && hematocrit < 1))
      fault(Item::boundary, i,
            "the boundary at node '{}' has the hematocrit {} (from 0 to below 1 is allowed)", name,
            hematocrit);
  }

  void inspect_dead_ends() {
    for (std::size_t i = 0; i < network_.boundaries.size(); ++i) {
      auto const node = network_.boundaries[i].node.index();
      if (segments_at_[node] == 0)
        fault(Item::boundary, i,
              "boundary node '{}' touches no segment (join it to one, or remove the boundary)",
              network_.nodes[node].name);
    }
    if (dead_ends_ == DeadEnds::allowed) return;
    for (std::size_t i = 0; i < network_.nodes.size(); ++i) {
      if (segments_at_[i] == 1 && boundaries_at_[i] == 0)
        fault(Item::node, i,
              "node '{}' is dangling: one segment ends there and it is no boundary (blood cannot leave; make "
              "it a boundary, or remove the segment)",
              network_.nodes[i].name);
    }
  }

  void inspect_pieces() {
    Pieces pieces{network_.nodes.size()};
    for (auto const& segment : network_.segments) pieces.join(segment.from.index(), segment.to.index());
    std::vector<bool> has_pressure(network_.nodes.size(), false);
    std::vector<bool> has_boundary(network_.nodes.size(), false);
    for (auto const& boundary : network_.boundaries) {
      auto const piece = pieces.of(boundary.node.index());
      has_boundary[piece] = true;
      if (std::holds_alternative<Pascals>(boundary.condition)) has_pressure[piece] = true;
    }
    for (std::uint32_t node = 0; node < network_.nodes.size(); ++node) {
      if (pieces.of(node) != node || segments_at_[node] == 0 || has_pressure[node]) continue;
      auto const& name = network_.nodes[node].name;
      if (has_boundary[node])
        fault(Item::node, node,
              "the piece of the network with node '{}' has no pressure boundary (flows alone leave its "
              "pressures open; give one boundary a pressure)",
              name);
      else
        fault(Item::node, node,
              "the piece of the network with node '{}' is disconnected: it has no boundary at all (nothing "
              "drives its flow; join it to the rest, or remove it)",
              name);
    }
  }

  VascularNetwork const& network_;
  DeadEnds dead_ends_;
  std::vector<std::size_t> segments_at_, boundaries_at_;
  std::unordered_map<std::string_view, std::size_t> node_names_, segment_names_;
  bool ends_are_nodes_ = true;
  std::vector<NetworkFault> faults_;
};

}  // namespace

std::vector<NetworkFault> faults_of(VascularNetwork const& network, DeadEnds dead_ends) {
  return Inspection{network, dead_ends}.run();
}

void expect_solvable(VascularNetwork const& network, DeadEnds dead_ends) {
  auto const faults = faults_of(network, dead_ends);
  if (!faults.empty()) throw NetworkError{faults.front().message};
}

CubicMeters volume(VesselSegment const& segment) {
  auto const d = segment.diameter.value();
  return CubicMeters{std::numbers::pi / 4 * d * d * segment.length.value()};
}

CubicMeters volume(VascularNetwork const& network) {
  double sum = 0;
  for (auto const& segment : network.segments) sum += volume(segment).value();
  return CubicMeters{sum};
}

}  // namespace myoaxis

#include "core/hemodynamics/red_cell_sweep.h"

#include <algorithm>
#include <cmath>

#include "core/hemodynamics/phase_separation.h"

namespace myoaxis {

namespace {

/// Part from 0 to 1 that a vessel with this share of a junction's flow plays in it.
double part_played(double share) { return std::min(1.0, share / kMinorShare); }

}  // namespace

/// What arrives at a node.
struct RedCellSweep::Feed {
  double flow = 0;            // m3 / s
  double cells = 0;           // m3 / s of red cells
  Meters diameter{0};         // the largest of the vessels that bring it; 0 when it all comes from outside
  double out_of_network = 0;  // m3 / s that leaves at an open end
  double hematocrit() const { return flow > 0 ? cells / flow : 0; }
};

RedCellSweep::RedCellSweep(VascularNetwork const& network)
    : segments_{network.segments},
      boundaries_{network.boundaries},
      first_(network.nodes.size() + 1, 0),
      segments_at_(2 * network.segments.size()),
      boundary_at_(network.nodes.size(), -1) {
  for (auto const& segment : segments_) {
    ++first_[segment.from.index() + 1];
    ++first_[segment.to.index() + 1];
  }
  for (std::size_t node = 1; node < first_.size(); ++node) first_[node] += first_[node - 1];
  auto next = first_;
  for (std::uint32_t i = 0; i < segments_.size(); ++i) {
    segments_at_[next[segments_[i].from.index()]++] = i;
    segments_at_[next[segments_[i].to.index()]++] = i;
  }
  for (std::size_t i = 0; i < boundaries_.size(); ++i) {
    boundary_at_[boundaries_[i].node.index()] = static_cast<std::int32_t>(i);
  }
}

RedCellSweep::Feed RedCellSweep::mix(std::uint32_t node, FlowField const& field, double still,
                                     std::span<double const> hematocrit) const {
  Feed feed;
  double in_vessels = 0, mean = 0;  // flow that vessels bring; their mean diameter (m)
  if (auto const i = boundary_at_[node]; i >= 0) {
    auto const boundary = static_cast<std::size_t>(i);
    auto const inflow = field.inflow[boundary];
    if (inflow > still) {
      feed.flow = inflow;
      feed.cells = inflow * boundaries_[boundary].inflow_hematocrit.value();
    } else if (inflow < -still) {
      feed.out_of_network = -inflow;
    }
  }
  for (auto at = first_[node]; at < first_[node + 1]; ++at) {
    auto const i = segments_at_[at];
    auto const arriving = segments_[i].to.index() == node ? field.flow[i] : -field.flow[i];
    if (arriving <= still) continue;
    feed.flow += arriving;
    feed.cells += arriving * hematocrit[i];
    in_vessels += arriving;
    mean += arriving * segments_[i].diameter.value();
  }
  if (in_vessels <= 0) return feed;
  mean /= in_vessels;
  for (auto at = first_[node]; at < first_[node + 1]; ++at) {
    auto const i = segments_at_[at];
    auto const arriving = segments_[i].to.index() == node ? field.flow[i] : -field.flow[i];
    if (arriving <= still) continue;
    auto const wider = segments_[i].diameter.value() - mean;
    feed.diameter = std::max(feed.diameter, Meters{mean + part_played(arriving / in_vessels) * wider});
  }
  return feed;
}

void RedCellSweep::divide(Feed const& feed, std::span<std::uint32_t const> outflows, FlowField const& field,
                          std::span<double> hematocrit) const {
  auto const flow = [&](std::uint32_t i) { return std::abs(field.flow[i]); };
  auto rest = feed.out_of_network;  // blood and red cells that are not handed out yet
  for (auto const i : outflows) rest += flow(i);
  auto cells = feed.cells;
  auto const leaving = rest;
  auto const mixed = leaving > 0 ? cells / leaving : 0;
  for (auto const i : outflows) hematocrit[i] = mixed;
  // Blood that comes from outside alone has no vessel whose profile could be split.
  if (outflows.size() < 2 || feed.out_of_network > 0 || feed.diameter.value() <= 0 || cells <= 0) return;
  auto const highest = std::max(kHighestHematocrit, mixed);
  auto feed_diameter = feed.diameter.value();
  for (std::size_t at = 0; at + 1 < outflows.size(); ++at) {
    auto const branch = outflows[at];
    auto const blood = flow(branch);
    auto const others = std::max(rest - blood, 0.0);
    auto const share =
        red_cell_share(Fraction{std::min(1.0, blood / rest)},
                       {Fraction{std::min(1.0, cells / rest)}, Meters{feed_diameter},
                        segments_[branch].diameter, next_diameter(outflows.subspan(at + 1), leaving, field)})
            .value();
    // With a feed that is below the limit, both sides can be kept below it.
    auto const most = std::clamp(highest * blood / cells, 0.0, 1.0);
    auto const least = std::clamp(1 - highest * others / cells, 0.0, most);
    auto const taken = std::clamp(share, least, most) * cells;
    hematocrit[branch] = taken / blood;
    rest = others;
    cells -= taken;
    auto const part = part_played(blood / leaving);
    feed_diameter += part * (segments_[outflows[at + 1]].diameter.value() - feed_diameter);
    if (cells <= 0) {
      for (auto const i : outflows.subspan(at + 1)) hematocrit[i] = 0;
      return;
    }
  }
  hematocrit[outflows.back()] = cells / flow(outflows.back());
}

Meters RedCellSweep::next_diameter(std::span<std::uint32_t const> later, double leaving,
                                   FlowField const& field) const {
  auto diameter = segments_[later.back()].diameter.value();
  for (auto at = later.size() - 1; at-- > 0;) {
    auto const part = part_played(std::abs(field.flow[later[at]]) / leaving);
    diameter += part * (segments_[later[at]].diameter.value() - diameter);
  }
  return Meters{diameter};
}

void RedCellSweep::run(FlowField const& field, std::span<double> hematocrit) const {
  auto const still = kStillShare * field.total_inflow;
  std::vector<std::uint32_t> outflows, idle;
  for (auto const node : field.downstream) {
    outflows.clear();
    idle.clear();
    for (auto at = first_[node]; at < first_[node + 1]; ++at) {
      auto const i = segments_at_[at];
      auto const leaving = segments_[i].from.index() == node ? field.flow[i] : -field.flow[i];
      if (leaving > still) outflows.push_back(i);
      if (std::abs(leaving) <= still) idle.push_back(i);
    }
    auto const feed = mix(node, field, still, hematocrit);
    if (feed.flow > 0) {
      divide(feed, outflows, field, hematocrit);
      for (auto const i : idle) hematocrit[i] = feed.hematocrit();
    }
  }
}

double red_cell_error(VascularNetwork const& network, FlowField const& field,
                      std::span<double const> hematocrit) {
  std::vector<double> sum(network.nodes.size(), 0.0), leaves(network.nodes.size(), 0.0);
  for (std::size_t i = 0; i < network.segments.size(); ++i) {
    auto const cells = field.flow[i] * hematocrit[i];
    sum[network.segments[i].from.index()] -= cells;
    sum[network.segments[i].to.index()] += cells;
  }
  for (std::size_t i = 0; i < network.boundaries.size(); ++i) {
    auto const node = network.boundaries[i].node.index();
    auto const inflow = field.inflow[i];
    leaves[node] = std::max(-inflow, 0.0);
    sum[node] += std::max(inflow, 0.0) * network.boundaries[i].inflow_hematocrit.value();
  }
  // What is left over goes out at an open end, with the blood that leaves there.
  double worst = 0;
  for (std::size_t node = 0; node < sum.size(); ++node) {
    worst = std::max({worst, -sum[node], sum[node] - leaves[node]});
  }
  return field.total_inflow > 0 ? worst / field.total_inflow : 0;
}

}  // namespace myoaxis

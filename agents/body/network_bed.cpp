#include "agents/body/network_bed.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/contracts.h"
#include "core/hemodynamics/fahraeus_effect.h"

namespace myoaxis {
namespace {

/// Segments with a smaller share of the inflow are left out: blood would stay there for hours.
constexpr double kLeastShare = 1e-4;
/// The veins may disperse between these; a narrower chain would need more than 25 stages.
constexpr double kLeastDispersion = 0.2;
constexpr double kMostDispersion = 1.0;

/// A segment as the stream passes it.
struct Stretch {
  std::size_t segment;
  std::uint32_t down;  // node
  double plasma_flow;  // m3/s in one copy
  double plasma;       // m3 in one copy
  double wall = 0;     // m2, of capillaries
  double share = 0;    // of the inflow
  std::size_t cells = 1;
  std::size_t first = 0;  // number of its first cell
  std::size_t last() const { return first + cells - 1; }
};

/// Turns a solved network into cells, paths and ports.
class NetworkStream {
 public:
  explicit NetworkStream(SolvedNetwork const& solved) : solved_{solved} {
    gather();
    share_out();
  }

  double plasma_inflow() const { return plasma_inflow_; }
  double plasma() const {
    return std::accumulate(stretches_.begin(), stretches_.end(), 0.0,
                           [](double sum, Stretch const& s) { return sum + s.plasma; });
  }

  /// Divides about `wanted` cells among the segments so that they blur the transit least: in proportion to
  /// the time spent in each, times the root of its share of the flow.
  void divide(std::size_t wanted) {
    auto const weight = [](Stretch const& s) {
      return s.share > 0 ? s.plasma / s.plasma_flow * std::sqrt(s.share) : 0.0;
    };
    double total = 0;
    for (auto const& stretch : stretches_) total += weight(stretch);
    std::size_t next = 0;
    for (auto& stretch : stretches_) {
      auto const cells = std::llround(static_cast<double>(wanted) * weight(stretch) / total);
      stretch.cells = static_cast<std::size_t>(std::max(1LL, cells));
      stretch.first = next;
      next += stretch.cells;
    }
  }

  Vessels vessels(Layout& layout, std::string const& name, double copies) const {
    Vessels vessels;
    for (auto const& stretch : stretches_) add_cells(vessels, layout, name, stretch, copies);
    add_walls(vessels);
    auto const routes = outflows_by_node();
    for (auto const& stretch : stretches_) {
      for (std::size_t i = 0; i + 1 < stretch.cells; ++i)
        vessels.paths.push_back({stretch.first + i, stretch.first + i + 1, stretch.share});
      add_routes(vessels, stretch, routes);
    }
    for (std::size_t node = 0; node < routes.size(); ++node) {
      if (inlet_[node] <= 0) continue;
      for (auto const i : routes[node]) {
        vessels.inlets.push_back({stretches_[i].first, inlet_[node] * probability(i, node)});
      }
    }
    return vessels;
  }

 private:
  std::vector<std::size_t> rank_of_nodes() const {
    auto const& order = solved_.blood.field.downstream;
    std::vector<std::size_t> rank(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
    return rank;
  }

  /// Finds the segments that carry plasma, in the order of the stream, and what crosses the boundaries.
  void gather() {
    auto const& [network, blood, rheology] = solved_;
    auto const nodes = network.nodes.size();
    inlet_.assign(nodes, 0.0);
    coming_.assign(nodes, 0.0);
    leaving_.assign(nodes, 0.0);
    for (std::size_t i = 0; i < network.boundaries.size(); ++i) {
      auto const& boundary = network.boundaries[i];
      auto const flow = blood.field.inflow[i];
      if (flow > 0) inlet_[boundary.node.index()] += flow * (1 - boundary.inflow_hematocrit.value());
    }
    plasma_inflow_ = std::accumulate(inlet_.begin(), inlet_.end(), 0.0);
    auto const rank = rank_of_nodes();
    for (std::size_t i = 0; i < network.segments.size(); ++i) add_stretch(i);
    std::stable_sort(stretches_.begin(), stretches_.end(),
                     [&](Stretch const& a, Stretch const& b) { return rank[up_of(a)] < rank[up_of(b)]; });
  }

  void add_stretch(std::size_t i) {
    auto const& segment = solved_.network.segments[i];
    auto const flow = solved_.blood.field.flow[i];
    Fraction const discharge{solved_.blood.hematocrit[i]};
    auto const plasma_flow = std::abs(flow) * (1 - discharge.value());
    if (plasma_flow < kLeastShare * plasma_inflow_) return;
    auto const diameter = rheological_diameter(segment.diameter, solved_.rheology.mean_cell_volume);
    auto const plasma = volume(segment).value() * (1 - tube_hematocrit(diameter, discharge).value());
    auto const down = (flow > 0 ? segment.to : segment.from).index();
    auto const wall = 4 * volume(segment).value() / segment.diameter.value();
    stretches_.push_back({i, down, plasma_flow, plasma, segment.diameter <= kWidestCapillary ? wall : 0.0});
    leaving_[up_of(stretches_.back())] += plasma_flow;
    coming_[down] += plasma_flow;
  }

  std::uint32_t up_of(Stretch const& stretch) const {
    auto const& segment = solved_.network.segments[stretch.segment];
    return segment.from.index() == stretch.down ? segment.to.index() : segment.from.index();
  }

  /// Share of the inflow in each stretch. What was left out is made up for by the others of the same node.
  void share_out() {
    auto const& boundaries = solved_.network.boundaries;
    outlet_.assign(coming_.size(), 0.0);
    for (std::size_t i = 0; i < boundaries.size(); ++i) {
      auto const node = boundaries[i].node.index();
      if (solved_.blood.field.inflow[i] >= 0) continue;
      outlet_[node] = std::max(0.0, inlet_[node] + coming_[node] - leaving_[node]);
      leaving_[node] += outlet_[node];
    }
    for (auto& inlet : inlet_) inlet /= plasma_inflow_;
    auto arriving = inlet_;
    for (auto& stretch : stretches_) {
      auto const up = up_of(stretch);
      stretch.share = arriving[up] * stretch.plasma_flow / leaving_[up];
      arriving[stretch.down] += stretch.share;
    }
  }

  double probability(std::size_t stretch, std::size_t node) const {
    return stretches_[stretch].plasma_flow / leaving_[node];
  }

  std::vector<std::vector<std::size_t>> outflows_by_node() const {
    std::vector<std::vector<std::size_t>> routes(solved_.network.nodes.size());
    for (std::size_t i = 0; i < stretches_.size(); ++i) routes[up_of(stretches_[i])].push_back(i);
    return routes;
  }

  void add_cells(Vessels& vessels, Layout& layout, std::string const& name, Stretch const& stretch,
                 double copies) const {
    auto const& segment = solved_.network.segments[stretch.segment].name;
    auto const each = 1 / static_cast<double>(stretch.cells);
    for (std::size_t i = 1; i <= stretch.cells; ++i) {
      auto const cell = fmt::format("{}.{}.{}", name, segment, i);
      vessels.cells.push_back(layout.add_cell(cell, Representation::packets));
      vessels.plasma.emplace_back(stretch.plasma * copies * each);
      vessels.exchange.push_back(stretch.wall * each);
      vessels.courses.push_back(course_of(stretch, static_cast<double>(i), copies));
    }
  }

  /// The `number`th (1, 2, ...) of the equal pieces of a segment.
  VesselCourse course_of(Stretch const& stretch, double number, double copies) const {
    auto const& nodes = solved_.network.nodes;
    auto const& up = nodes[up_of(stretch)].position;
    auto const& down = nodes[stretch.down].position;
    auto const pieces = static_cast<double>(stretch.cells);
    VesselCourse course{{}, {}, solved_.network.segments[stretch.segment].diameter, copies};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      auto const way = down[axis].value() - up[axis].value();
      course.from[axis] = Meters{up[axis].value() + way * (number - 1) / pieces};
      course.to[axis] = Meters{up[axis].value() + way * number / pieces};
    }
    return course;
  }

  static void add_walls(Vessels& vessels) {
    auto total = std::accumulate(vessels.exchange.begin(), vessels.exchange.end(), 0.0);
    if (total <= 0) {
      for (std::size_t i = 0; i < vessels.size(); ++i) vessels.exchange[i] = vessels.plasma[i].value();
      total = vessels.total_plasma().value();
    }
    for (auto& wall : vessels.exchange) wall /= total;
  }

  void add_routes(Vessels& vessels, Stretch const& stretch,
                  std::vector<std::vector<std::size_t>> const& routes) const {
    auto const& onward = routes[stretch.down];
    auto const outlet = onward.empty() ? 1.0 : outlet_[stretch.down] / leaving_[stretch.down];
    if (outlet > 0) vessels.outlets.push_back({stretch.last(), stretch.share * outlet});
    for (auto const i : onward) {
      vessels.paths.push_back(
          {stretch.last(), stretches_[i].first, stretch.share * probability(i, stretch.down)});
    }
  }

  SolvedNetwork const& solved_;
  std::vector<Stretch> stretches_;                         // in the order of the stream
  std::vector<double> inlet_, coming_, leaving_, outlet_;  // of each node
  double plasma_inflow_ = 0;
};

/// Number of copies that carry the organ's flow. Throws NetworkError when they do not fit into it.
double copies_for(NetworkStream const& stream, BedDemand const& demand, std::string const& name) {
  auto const copies = demand.plasma_flow.value() / stream.plasma_inflow();
  auto const held = copies * stream.plasma();
  if (held < demand.plasma.value()) return copies;
  throw NetworkError{fmt::format(
      "{}: the {:.4g} copies of the network that carry its flow at rest hold {:.3g} ml of plasma, more than "
      "the {:.3g} ml that the organ has (does the network's flow belong to its vessels?)",
      name, copies, held * 1e6, demand.plasma.value() * 1e6)};
}

/// Relative dispersion of the veins with which the whole has the variance asked for, within limits.
Fraction vein_dispersion(Transit const& network, BedDemand const& demand) {
  auto const mean = demand.plasma.value() / demand.plasma_flow.value();
  auto const dispersion = demand.relative_dispersion.value();
  auto const left = dispersion * dispersion * mean * mean - network.variance;
  auto const veins = mean - network.mean.value();
  return Fraction{std::clamp(std::sqrt(std::max(0.0, left)) / veins, kLeastDispersion, kMostDispersion)};
}

/// `vessels`, and behind all their outlets the chain `next`.
Vessels followed_by(Vessels vessels, Vessels const& next) {
  auto const shift = vessels.size();
  vessels.cells.insert(vessels.cells.end(), next.cells.begin(), next.cells.end());
  vessels.plasma.insert(vessels.plasma.end(), next.plasma.begin(), next.plasma.end());
  vessels.exchange.resize(vessels.size(), 0.0);
  vessels.courses.resize(vessels.size());
  for (auto const& [cell, share] : vessels.outlets) vessels.paths.push_back({cell, shift, share});
  for (auto const& [from, to, share] : next.paths) vessels.paths.push_back({from + shift, to + shift, share});
  std::stable_sort(vessels.paths.begin(), vessels.paths.end(),
                   [](auto const& a, auto const& b) { return a.from < b.from; });
  vessels.outlets = {{vessels.size() - 1, 1.0}};
  return vessels;
}

}  // namespace

Transit transit_of(Vessels const& vessels, CubicMetersPerSecond plasma_flow) {
  auto const through = vessels.through();
  std::vector<double> first(vessels.size(), 0.0), second(vessels.size(), 0.0);
  auto path = vessels.paths.rbegin();
  for (auto cell = vessels.size(); cell-- > 0;) {
    auto const stay = vessels.plasma[cell].value() / (through[cell] * plasma_flow.value());
    double next_first = 0;
    double next_second = 0;
    for (; path != vessels.paths.rend() && path->from == cell; ++path) {
      next_first += path->share / through[cell] * first[path->to];
      next_second += path->share / through[cell] * second[path->to];
    }
    first[cell] = stay + next_first;
    second[cell] = 2 * stay * stay + 2 * stay * next_first + next_second;
  }
  double mean = 0;
  double square = 0;
  for (auto const& [cell, share] : vessels.inlets) {
    mean += share * first[cell];
    square += share * second[cell];
  }
  return {Seconds{mean}, square - mean * mean};
}

Vessels make_network_vessels(Layout& layout, std::string const& name, SolvedNetwork const& solved,
                             BedDemand const& demand, std::size_t cells) {
  NetworkStream stream{solved};
  auto const copies = copies_for(stream, demand, name);
  stream.divide(cells);
  auto vessels = stream.vessels(layout, name, copies);
  auto shares = stage_shares(vein_dispersion(transit_of(vessels, demand.plasma_flow), demand));
  auto const left = demand.plasma.value() - vessels.total_plasma().value();
  for (auto& share : shares) share *= left;
  return followed_by(std::move(vessels), make_chain(layout, name + ".veins", shares));
}

Vessels make_lumped_network(Layout& layout, std::string const& name, SolvedNetwork const& solved,
                            BedDemand const& demand) {
  constexpr std::size_t many = 4000;  // so many cells blur the transit by less than a thousandth
  Layout aside;
  auto const whole = transit_of(make_network_vessels(aside, name, solved, demand, many), demand.plasma_flow);
  Fraction const dispersion{
      std::clamp(std::sqrt(whole.variance) / whole.mean.value(), kLeastDispersion, kMostDispersion)};
  auto volumes = stage_shares(dispersion);
  for (auto& volume : volumes) volume *= demand.plasma.value();
  return make_chain(layout, name, volumes);
}

}  // namespace myoaxis

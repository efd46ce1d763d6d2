#include "core/hemodynamics/flow_solver.h"

#include <Eigen/SparseCholesky>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/contracts.h"

namespace myoaxis {

struct NodePlan {
  std::vector<std::uint32_t> row;   // of each node
  std::vector<std::uint32_t> node;  // of each row
  std::vector<double> known;        // Pa, of nodes with a pressure
  std::vector<double> source;       // m3 / s, of nodes with a flow
  std::vector<bool> touched;
};

namespace {

using Real = long double;
using Sparse = Eigen::SparseMatrix<double>;

/// Row of the system for a node; known pressures and nodes without segments have none.
constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

NodePlan plan_nodes(VascularNetwork const& network) {
  auto const n = network.nodes.size();
  NodePlan plan{std::vector(n, kNone), {}, std::vector(n, 0.0), std::vector(n, 0.0), std::vector(n, false)};
  std::vector<bool> has_pressure(n, false);
  for (auto const& boundary : network.boundaries) {
    auto const node = boundary.node.index();
    if (auto const* pressure = std::get_if<Pascals>(&boundary.condition)) {
      has_pressure[node] = true;
      plan.known[node] = pressure->value();
    } else {
      plan.source[node] = std::get<CubicMetersPerSecond>(boundary.condition).value();
    }
  }
  for (auto const& segment : network.segments) {
    for (auto const node : {segment.from.index(), segment.to.index()}) plan.touched[node] = true;
  }
  for (std::uint32_t node = 0; node < n; ++node) {
    if (has_pressure[node] || !plan.touched[node]) continue;
    plan.row[node] = static_cast<std::uint32_t>(plan.node.size());
    plan.node.push_back(node);
  }
  return plan;
}

}  // namespace

struct FlowSolver::System {
  explicit System(VascularNetwork const& network)
      : segments{network.segments}, boundaries{network.boundaries}, plan{plan_nodes(network)} {}

  /// Scaled so that the largest entry is about 1.
  void factorize(std::span<double const> conductance, double scale) {
    std::vector<Eigen::Triplet<double>> entries;
    entries.reserve(4 * segments.size());
    for (std::size_t i = 0; i < segments.size(); ++i) {
      auto const a = plan.row[segments[i].from.index()];
      auto const b = plan.row[segments[i].to.index()];
      auto const g = conductance[i] / scale;
      if (a != kNone) entries.emplace_back(static_cast<int>(a), static_cast<int>(a), g);
      if (b != kNone) entries.emplace_back(static_cast<int>(b), static_cast<int>(b), g);
      if (a != kNone && b != kNone) {
        entries.emplace_back(static_cast<int>(std::max(a, b)), static_cast<int>(std::min(a, b)), -g);
      }
    }
    auto const size = static_cast<Eigen::Index>(plan.node.size());
    Sparse matrix(size, size);
    matrix.setFromTriplets(entries.begin(), entries.end());
    if (!analyzed) cholesky.analyzePattern(matrix);
    analyzed = true;
    cholesky.factorize(matrix);
  }

  /// What each row lacks of balance: inflow minus outflow, divided by the scale of conductance.
  Eigen::VectorXd imbalance(std::span<double const> conductance, double scale,
                            std::vector<Real> const& pressure) const {
    std::vector<Real> sum(plan.row.size(), 0);
    for (std::size_t node = 0; node < sum.size(); ++node) sum[node] = Real{plan.source[node]} / scale;
    for (std::size_t i = 0; i < segments.size(); ++i) {
      auto const from = segments[i].from.index();
      auto const to = segments[i].to.index();
      auto const flow = Real{conductance[i]} / scale * (pressure[from] - pressure[to]);
      sum[from] -= flow;
      sum[to] += flow;
    }
    Eigen::VectorXd rows(static_cast<Eigen::Index>(plan.node.size()));
    for (std::size_t row = 0; row < plan.node.size(); ++row) {
      rows[static_cast<Eigen::Index>(row)] = static_cast<double>(sum[plan.node[row]]);
    }
    return rows;
  }

  std::vector<Real> pressures(std::span<double const> conductance) {
    std::vector<Real> pressure(plan.row.size());
    for (std::size_t node = 0; node < pressure.size(); ++node) pressure[node] = plan.known[node];
    if (plan.node.empty()) return pressure;
    auto const scale = *std::max_element(conductance.begin(), conductance.end());
    factorize(conductance, scale);
    // Each round removes all but about condition number x 1e-16 of the error.
    constexpr int rounds = 6;
    auto previous = std::numeric_limits<double>::infinity();
    for (int round = 0; round < rounds; ++round) {
      auto const rest = imbalance(conductance, scale, pressure);
      auto const size = rest.lpNorm<Eigen::Infinity>();
      if (size == 0 || size >= previous) break;
      previous = size;
      Eigen::VectorXd const change = cholesky.solve(rest);
      for (std::size_t row = 0; row < plan.node.size(); ++row) {
        pressure[plan.node[row]] += change[static_cast<Eigen::Index>(row)];
      }
    }
    return pressure;
  }

  std::vector<VesselSegment> segments;
  std::vector<VesselBoundary> boundaries;
  NodePlan plan;
  Eigen::SimplicialLDLT<Sparse> cholesky;
  bool analyzed = false;
};

FlowSolver::FlowSolver(VascularNetwork const& network) {
  expect_solvable(network, DeadEnds::allowed);
  system_ = std::make_unique<System>(network);
}
FlowSolver::~FlowSolver() = default;
FlowSolver::FlowSolver(FlowSolver&&) noexcept = default;

FlowField FlowSolver::solve(std::span<double const> conductance) {
  auto const& [segments, boundaries, plan, cholesky, analyzed] = *system_;
  EXPECTS(conductance.size() == segments.size());
  auto const pressure = system_->pressures(conductance);
  FlowField field;
  field.flow.resize(segments.size());
  std::vector<Real> net(pressure.size(), 0);  // out of each node into its segments
  Real highest = 0;
  for (auto const value : pressure) highest = std::max(highest, std::abs(value));
  // Differences of the size of rounding errors are none: dead ends and closed loops stand still.
  auto const rounding = 8 * std::numeric_limits<Real>::epsilon() * highest;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    auto const from = segments[i].from.index();
    auto const to = segments[i].to.index();
    auto const drop = pressure[from] - pressure[to];
    auto const flow = std::abs(drop) > rounding ? Real{conductance[i]} * drop : Real{0};
    field.flow[i] = static_cast<double>(flow);
    net[from] += flow;
    net[to] -= flow;
  }
  for (auto const& boundary : boundaries) {
    auto const inflow = static_cast<double>(net[boundary.node.index()]);
    field.inflow.push_back(inflow);
    field.total_inflow += std::max(inflow, 0.0);
  }
  field.downstream.resize(pressure.size());
  std::iota(field.downstream.begin(), field.downstream.end(), 0u);
  std::stable_sort(field.downstream.begin(), field.downstream.end(),
                   [&](auto a, auto b) { return pressure[a] > pressure[b]; });
  for (std::size_t node = 0; node < pressure.size(); ++node) {
    field.pressure.push_back(plan.touched[node] ? static_cast<double>(pressure[node])
                                                : std::numeric_limits<double>::quiet_NaN());
  }
  return field;
}

FlowField solve_flow(VascularNetwork const& network, std::span<double const> conductance) {
  return FlowSolver{network}.solve(conductance);
}

double conservation_error(VascularNetwork const& network, FlowField const& field) {
  std::vector<double> sum(network.nodes.size(), 0.0);
  for (std::size_t i = 0; i < network.segments.size(); ++i) {
    sum[network.segments[i].from.index()] -= field.flow[i];
    sum[network.segments[i].to.index()] += field.flow[i];
  }
  for (std::size_t i = 0; i < network.boundaries.size(); ++i) {
    auto const* flow = std::get_if<CubicMetersPerSecond>(&network.boundaries[i].condition);
    sum[network.boundaries[i].node.index()] += flow ? flow->value() : field.inflow[i];
  }
  double worst = 0;
  for (auto const value : sum) worst = std::max(worst, std::abs(value));
  return field.total_inflow > 0 ? worst / field.total_inflow : 0;
}

}  // namespace myoaxis

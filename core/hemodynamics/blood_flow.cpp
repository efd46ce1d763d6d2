#include "core/hemodynamics/blood_flow.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/contracts.h"
#include "core/hemodynamics/anderson.h"
#include "core/hemodynamics/poiseuille.h"
#include "core/hemodynamics/red_cell_sweep.h"

namespace myoaxis {
namespace {

/// Shares of their steps that the segments take.
class Relaxation {
 public:
  Relaxation(std::size_t segments, double largest)
      : share_(segments, largest), last_(segments, 0.0), largest_{largest} {}

  /// Moves the hematocrits by parts of their changes; `residual` tells whether it goes well.
  void step(std::vector<double>& hematocrit, std::vector<double> const& change, double residual) {
    watch(residual);
    if (stalls_ >= kStallsEndured) {
      extrapolate(hematocrit, change);
      return;
    }
    for (std::size_t i = 0; i < change.size(); ++i) {
      auto const turned = change[i] * last_[i] < 0;
      share_[i] = std::clamp(share_[i] * (turned ? 0.5 : 1.1), 0.01 * largest_, largest_);
      hematocrit[i] += share_[i] * change[i];
      last_[i] = change[i];
    }
  }

 private:
  /// Halving has not helped: the iteration circles around its fixed point, or leaves it slowly.
  void extrapolate(std::vector<double>& hematocrit, std::vector<double> const& change) {
    if (extrapolations_++ % kRestart == 0) anderson_ = Anderson{30, 0.3};
    anderson_.step(hematocrit, change);
    for (auto& value : hematocrit) value = std::clamp(value, 0.0, kHighestHematocrit);
  }

  void watch(double residual) {
    constexpr int patience = 40;
    constexpr double progress = 0.7;
    if (residual < progress * best_) {
      best_ = residual;
      waited_ = 0;
    } else if (++waited_ == patience) {
      best_ = residual;
      waited_ = 0;
      largest_ *= 0.5;
      ++stalls_;
    }
  }

  static constexpr int kStallsEndured = 4;
  static constexpr int kRestart = 100;  // what lies far back misleads

  std::vector<double> share_, last_;
  double largest_;
  double best_ = std::numeric_limits<double>::infinity();
  int waited_ = 0;
  int stalls_ = 0;
  int extrapolations_ = 0;
  Anderson anderson_{0, 0};
};

class Iteration {
 public:
  Iteration(VascularNetwork const& network, BloodFlowOptions const& options)
      : network_{network}, options_{options}, solver_{network}, sweep_{network} {}

  BloodFlow uniform() {
    BloodFlow state;
    state.hematocrit.assign(network_.segments.size(), options_.uniform_hematocrit.value());
    state.viscosity = viscosities(state.hematocrit);
    state.field = flow(state.viscosity);
    state.convergence.reached = true;
    state.convergence.iterations = 1;
    return state;
  }

  BloodFlow separated() {
    auto hematocrit = std::vector(network_.segments.size(), mean_inflow_hematocrit());
    Relaxation relaxation{hematocrit.size(), options_.relaxation.value()};
    BloodFlow best;
    best.convergence.hematocrit_residual = std::numeric_limits<double>::infinity();
    for (int iteration = 1; iteration <= options_.most_iterations; ++iteration) {
      auto state = carry(hematocrit);
      state.convergence.iterations = iteration;
      auto const residual = state.convergence.hematocrit_residual;
      if (residual < options_.hematocrit_tolerance) {
        state.convergence.flow_residual = flow_residual(state);
        state.convergence.reached = state.convergence.flow_residual < options_.flow_tolerance;
        if (state.convergence.reached) return state;
      }
      std::vector<double> change(hematocrit.size());
      for (std::size_t i = 0; i < change.size(); ++i) change[i] = state.hematocrit[i] - hematocrit[i];
      if (residual < best.convergence.hematocrit_residual) best = std::move(state);
      relaxation.step(hematocrit, change, residual);
    }
    best.convergence.iterations = options_.most_iterations;
    best.convergence.flow_residual = flow_residual(best);
    return best;
  }

 private:
  /// The flow at these hematocrits, and the hematocrits that it carries.
  BloodFlow carry(std::vector<double> const& hematocrit) {
    BloodFlow state;
    state.viscosity = viscosities(hematocrit);
    state.field = flow(state.viscosity);
    state.hematocrit = hematocrit;
    sweep_.run(state.field, state.hematocrit);
    auto const minor = kMinorFlow * state.field.total_inflow;
    for (std::size_t i = 0; i < hematocrit.size(); ++i) {
      auto const off = std::abs(state.hematocrit[i] - hematocrit[i]);
      if (std::abs(state.field.flow[i]) <= minor || off <= state.convergence.hematocrit_residual) continue;
      state.convergence.hematocrit_residual = off;
      state.convergence.worst_segment = i;
    }
    return state;
  }

  double flow_residual(BloodFlow const& state) {
    auto const next = flow(viscosities(state.hematocrit));
    double largest = 0;
    for (std::size_t i = 0; i < next.flow.size(); ++i) {
      largest = std::max(largest, std::abs(next.flow[i] - state.field.flow[i]));
    }
    return state.field.total_inflow > 0 ? largest / state.field.total_inflow : 0;
  }

  double mean_inflow_hematocrit() const {
    double sum = 0;
    for (auto const& boundary : network_.boundaries) sum += boundary.inflow_hematocrit.value();
    return network_.boundaries.empty() ? 0 : sum / static_cast<double>(network_.boundaries.size());
  }

  std::vector<double> viscosities(std::vector<double> const& hematocrit) const {
    std::vector<double> viscosity(hematocrit.size());
    for (std::size_t i = 0; i < hematocrit.size(); ++i) {
      // A feed of almost pure cells may fill a vessel up to rounding; the law has its pole at 1.
      Fraction const cells{std::clamp(hematocrit[i], 0.0, 0.999)};
      viscosity[i] = apparent_viscosity(options_.viscosity, network_.segments[i].diameter, cells,
                                        options_.blood, options_.constant_viscosity)
                         .value();
    }
    return viscosity;
  }

  FlowField flow(std::vector<double> const& viscosity) {
    std::vector<double> conductance(viscosity.size());
    for (std::size_t i = 0; i < viscosity.size(); ++i) {
      auto const& segment = network_.segments[i];
      conductance[i] =
          hydraulic_conductance(segment.diameter, segment.length, PascalSeconds{viscosity[i]}).value();
    }
    return solver_.solve(conductance);
  }

  VascularNetwork const& network_;
  BloodFlowOptions const& options_;
  FlowSolver solver_;
  RedCellSweep sweep_;
};

}  // namespace

BloodFlow solve_blood_flow(VascularNetwork const& network, BloodFlowOptions const& options) {
  EXPECTS(options.relaxation.value() > 0 && options.relaxation.value() <= 1);
  EXPECTS(options.most_iterations > 0);
  Iteration iteration{network, options};
  return options.red_cells == RedCells::uniform ? iteration.uniform() : iteration.separated();
}

std::string describe(Convergence const& convergence, VascularNetwork const& network) {
  if (convergence.reached)
    return fmt::format("converged in {} iterations (residual: hematocrit {:.1e}, flow {:.1e} of the inflow)",
                       convergence.iterations, convergence.hematocrit_residual, convergence.flow_residual);
  return fmt::format(
      "not converged in {} iterations: the hematocrit of segment '{}' still differs by {:.2g} from the one "
      "its "
      "viscosity was computed with, flows by up to {:.2g} of the inflow. Blood and cells are conserved, but "
      "the "
      "state is no steady one; more iterations or a smaller relaxation may find it, unless the network "
      "oscillates by nature",
      convergence.iterations, network.segments[convergence.worst_segment].name,
      convergence.hematocrit_residual, convergence.flow_residual);
}

}  // namespace myoaxis

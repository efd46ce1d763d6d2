/// Flow of blood through a network: flow decides where red cells go, and red cells how viscous blood is.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/hemodynamics/apparent_viscosity.h"
#include "core/hemodynamics/flow_solver.h"
#include "core/hemodynamics/vascular_network.h"

namespace myoaxis {

/// Whether red cells part unevenly where vessels divide, or all vessels have one hematocrit.
enum class RedCells { separated, uniform };

struct BloodFlowOptions {
  Blood blood = {};
  ViscosityLaw viscosity = ViscosityLaw::in_vivo;
  PascalSeconds constant_viscosity{3e-3};  ///< of ViscosityLaw::constant
  RedCells red_cells = RedCells::separated;
  Fraction uniform_hematocrit{0.4};  ///< of RedCells::uniform
  Fraction relaxation{1};            ///< largest share of a step that is taken, above 0
  int most_iterations = 2000;
  /// What counts as converged. A segment's hematocrit counts when it has more than kMinorFlow of the inflow.
  double hematocrit_tolerance = 1e-6;
  double flow_tolerance = 1e-7;  ///< as a share of the total inflow
};

inline constexpr double kMinorFlow = 1e-6;

/// How well flow and hematocrit agree with each other.
struct Convergence {
  bool reached = false;
  int iterations = 0;
  /// Largest difference between the hematocrit that the flow carries into a segment and the one that its
  /// viscosity was computed with.
  double hematocrit_residual = 0;
  /// Largest change of a flow, as a share of the total inflow, were the carried hematocrits used.
  double flow_residual = 0;
  /// Segment of the largest difference in hematocrit.
  std::size_t worst_segment = 0;
};

struct BloodFlow {
  FlowField field;
  std::vector<double> hematocrit;  ///< discharge hematocrit of each segment, carried there by `field`
  std::vector<double> viscosity;   ///< Pa s, apparent, of each segment
  Convergence convergence;
};

/// Finds the state in which the hematocrits carried by the flow are those that give this flow.
///
/// Flow from viscosity, hematocrit from flow (RedCellSweep), viscosity from hematocrit, and again. Taking
/// each step in full oscillates, since more cells slow a vessel and a slower vessel gets fewer cells. So each
/// segment takes a share of its step: halved when its change turns around, growing by a tenth when not; when
/// the residual has not fallen for a while, the largest share of all is halved, too, and after the fourth
/// time the steps are extrapolated (Anderson).
///
/// Of 3200 random trees, meshes of three and of four vessels a node, and arterial trees joined to venous ones
/// (100 to 600 segments, pressures and flows given) 2 did not converge, stuck at residuals below 1e-4; the
/// others took 50 iterations on average. What keeps it so is that no hematocrit jumps when a flow turns (see
/// kMinorShare). Where it does not converge the state of the smallest residual is given, with `reached`
/// false: its flows conserve blood and cells all the same, but viscosities belong to hematocrits that differ
/// by up to the residual.
///
/// A network may have several such states: of 400 of those above, 4 grids with four vessels a node had
/// another one when relaxed in another way. The search begins with one hematocrit everywhere.
///
/// Throws NetworkError when the network cannot be solved (see faults_of).
BloodFlow solve_blood_flow(VascularNetwork const& network, BloodFlowOptions const& options = {});

/// A sentence for people: converged or not, after how many iterations, how far off, where.
std::string describe(Convergence const& convergence, VascularNetwork const& network);

}  // namespace myoaxis

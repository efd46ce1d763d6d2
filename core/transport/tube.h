/// Advection, dispersion and first-order decay of a solute in a tube, as a chain of cells of the transport
/// graph.
///
/// The mean of a solute over the cross-section of a tube, of length L and radius a, in which fluid flows with
/// the mean velocity U obeys
///
///     dc/dt + U dc/dx = D_eff d2c/dx2 - k c              0 < x < L
///     D_eff = D (1 + Pe^2 / 48),  Pe = U a / D           [Taylor1953] [Aris1956]
///
/// D: diffusion coefficient (m^2/s), k: rate of decay (1/s). It holds where solute has crossed the lumen many
/// times before it leaves: L >> U a^2 / (14.7 D), 14.7 being the square of the first zero of the Bessel
/// function J1. The ends are closed: nothing diffuses out of the tube against or with the stream
/// [Danckwerts1953].
///
/// Cells of length h in which a quantum is mixed disperse by themselves, with U h / 2. That share is taken
/// off the exchange between neighbors, so that mean and spread of the transit are right at any h that leaves
/// the rest non-negative, h <= 2 D_eff / U, with an error of second order in h.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/quantity.h"
#include "core/transport/graph.h"

namespace myoaxis {

struct TubeParams {
  Meters length;
  Meters radius;
  MetersPerSecond velocity;  // mean over the cross-section
  SquareMetersPerSecond diffusion;
  PerSecond decay;
};

/// Pe = U a / D, of the cross-section.
double radial_peclet(TubeParams const& tube);

/// D_eff = D (1 + Pe^2 / 48), m^2/s.
SquareMetersPerSecond effective_dispersion(TubeParams const& tube);

/// Pe_L = U L / D_eff, of the whole tube.
double axial_peclet(TubeParams const& tube);

/// Length after which the profile across the lumen has formed, U a^2 / (14.7 D).
Meters development_length(TubeParams const& tube);

/// How many development lengths a tube has to have for one dispersion coefficient to stand for its profile:
/// the first mode then spends nine tenths of the transit decayed.
inline constexpr double kDevelopmentLengths = 10;

/// True where `effective_dispersion` holds.
bool dispersion_holds(TubeParams const& tube);

/// Fewest cells with nothing negative to exchange: U L / (2 D_eff), rounded up.
std::size_t cells_needed(TubeParams const& tube);

/// Rates between neighboring cells, each `length / cells` long.
struct TubeRates {
  PerSecond forward;   // U/h + (D_eff - U h/2) / h^2
  PerSecond backward;  // (D_eff - U h/2) / h^2
  PerSecond outflow;   // U/h, out of the last cell
};
/// `cells` >= cells_needed(tube).
TubeRates tube_rates(TubeParams const& tube, std::size_t cells);

/// Content of one cell is spread over this, pi a^2 h.
CubicMeters cell_volume(TubeParams const& tube, std::size_t cells);

/// Adds the rates within the chain `cells` and out of its end into `outlet` (CellId or SinkId).
template <class Outlet>
void add_tube(Generator& generator, TubeParams const& tube, std::span<CellId const> cells, Outlet outlet);
/// Adds the decay in each of `cells` into `sink`.
void add_tube_decay(Generator& generator, TubeParams const& tube, std::span<CellId const> cells, SinkId sink);

extern template void add_tube(Generator&, TubeParams const&, std::span<CellId const>, CellId);
extern template void add_tube(Generator&, TubeParams const&, std::span<CellId const>, SinkId);

/// Mean transit without decay, L / U: the same for cells of any number.
Seconds mean_transit(TubeParams const& tube);

/// Variance of the transit without decay (s^2), of a tube with closed ends [Danckwerts1953]:
///
///     (L/U)^2 (2/Pe_L - 2/Pe_L^2 (1 - exp(-Pe_L)))
double transit_variance(TubeParams const& tube);

/// Share of the solute that leaves the tube undecayed [Danckwerts1953]:
///
///     4 a exp(Pe_L/2) / ((1 + a)^2 exp(a Pe_L/2) - (1 - a)^2 exp(-a Pe_L/2)),   a = sqrt(1 + 4 k (L/U) /
///     Pe_L)
///
/// As a function of k it is the Laplace transform of the transit's distribution.
Fraction survival(TubeParams const& tube);

}  // namespace myoaxis

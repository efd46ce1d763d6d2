#include "core/transport/tube.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/contracts.h"

namespace myoaxis {
namespace {

constexpr double kFirstModeSquared = 14.681970642123893;  // first zero of J1, squared

void expect_tube(TubeParams const& tube) {
  EXPECTS(tube.length.value() > 0 && tube.radius.value() > 0 && tube.velocity.value() > 0);
  EXPECTS(tube.diffusion.value() > 0 && tube.decay.value() >= 0);
}

}  // namespace

double radial_peclet(TubeParams const& tube) {
  expect_tube(tube);
  return tube.velocity.value() * tube.radius.value() / tube.diffusion.value();
}

SquareMetersPerSecond effective_dispersion(TubeParams const& tube) {
  auto const peclet = radial_peclet(tube);
  return SquareMetersPerSecond{tube.diffusion.value() * (1 + peclet * peclet / 48)};
}

double axial_peclet(TubeParams const& tube) {
  return tube.velocity.value() * tube.length.value() / effective_dispersion(tube).value();
}

Meters development_length(TubeParams const& tube) {
  return Meters{radial_peclet(tube) * tube.radius.value() / kFirstModeSquared};
}

bool dispersion_holds(TubeParams const& tube) {
  return tube.length.value() >= kDevelopmentLengths * development_length(tube).value();
}

std::size_t cells_needed(TubeParams const& tube) {
  // Rounding may leave U h/2 above D_eff by its last digit; tube_rates calls that 0.
  auto const exact = axial_peclet(tube) / 2;
  return static_cast<std::size_t>(std::max(1.0, std::ceil(exact * (1 - 1e-12))));
}

TubeRates tube_rates(TubeParams const& tube, std::size_t cells) {
  EXPECTS(cells >= cells_needed(tube));
  auto const h = tube.length.value() / static_cast<double>(cells);
  auto const advection = tube.velocity.value() / h;
  auto const exchange = std::max(0.0, effective_dispersion(tube).value() / (h * h) - advection / 2);
  return {PerSecond{advection + exchange}, PerSecond{exchange}, PerSecond{advection}};
}

CubicMeters cell_volume(TubeParams const& tube, std::size_t cells) {
  auto const radius = tube.radius.value();
  return CubicMeters{std::numbers::pi * radius * radius * tube.length.value() / static_cast<double>(cells)};
}

template <class Outlet>
void add_tube(Generator& generator, TubeParams const& tube, std::span<CellId const> cells, Outlet outlet) {
  auto const rates = tube_rates(tube, cells.size());
  for (std::size_t i = 0; i + 1 < cells.size(); ++i) {
    generator.add(cells[i], cells[i + 1], rates.forward);
    generator.add(cells[i + 1], cells[i], rates.backward);
  }
  generator.add(cells.back(), outlet, rates.outflow);
}

template void add_tube(Generator&, TubeParams const&, std::span<CellId const>, CellId);
template void add_tube(Generator&, TubeParams const&, std::span<CellId const>, SinkId);

void add_tube_decay(Generator& generator, TubeParams const& tube, std::span<CellId const> cells,
                    SinkId sink) {
  for (auto const cell : cells) generator.add(cell, sink, tube.decay);
}

Seconds mean_transit(TubeParams const& tube) {
  expect_tube(tube);
  return Seconds{tube.length.value() / tube.velocity.value()};
}

double transit_variance(TubeParams const& tube) {
  auto const peclet = axial_peclet(tube);
  auto const mean = mean_transit(tube).value();
  // 2/Pe - 2/Pe^2 (1 - exp(-Pe)) cancels for a small Pe; its series there begins with 1 (a mixed vessel).
  if (peclet < 1e-4) return mean * mean * (1 - peclet / 3);
  return mean * mean * 2 * (peclet + std::expm1(-peclet)) / (peclet * peclet);
}

Fraction survival(TubeParams const& tube) {
  auto const peclet = axial_peclet(tube);
  auto const dose = tube.decay.value() * mean_transit(tube).value();
  auto const a = std::sqrt(1 + 4 * dose / peclet);
  // Divided by exp(a Pe/2), as it would overflow; 1 - a = -(4 k tau/Pe) / (1 + a) does not cancel.
  auto const difference = 4 * dose / peclet / (1 + a);
  return Fraction{4 * a * std::exp(-difference * peclet / 2) /
                  ((1 + a) * (1 + a) - difference * difference * std::exp(-a * peclet))};
}

}  // namespace myoaxis

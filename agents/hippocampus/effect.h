/// What the receptors of a factor do to a process of the brain: drive it, or gate what the drives do.
///
///     m(f) = 1 + b (f (1 + h) / (f + h) - 1)                     drive, factor on a rate
///     g(f) = 1 - b + b min(1, f)                                 gate (0..1)
///     rate / rate_rest = 1 + (D - 1) G  for D > 1,  else D       D: product of the m, G: of the g
///
/// f: receptor occupancy over that at rest; b: share of the resting rate that goes through this receptor
/// (negative: it inhibits), so that 1 - b is left without the factor; h: fold at which the bracketed fraction
/// has half of its maximum 1 + h. The largest m is 1 + b h.
///
/// Gates, not sums: antiserum against IGF-1 abolishes the rise of new neurons by running and spares the
/// baseline [Trejo2001]. So gates multiply the rise, never the baseline, nor a fall below it. Every m, g and
/// combination is 1 at rest. Saturating binding and independent factors (products) are assumptions; b and h
/// are assumed with ranges (configs/factors/).
#pragma once

#include <algorithm>
#include <cstddef>

#include "core/contracts.h"
#include "core/quantity.h"

namespace myoaxis {

enum class Process { activation, proliferation, survival, maturation, plasticity, inflammation, mood };
inline constexpr std::size_t kProcesses = 7;
enum class EffectKind { drive, gate };

struct EffectParams {
  Process process = Process::activation;
  EffectKind kind = EffectKind::drive;
  Number dependence;
  Number half_activation;  // of a drive; a gate has none
};

/// True when no fold of occupancy can turn the effect negative.
constexpr bool is_possible(EffectParams const& e) {
  auto const b = e.dependence.value();
  auto const h = e.half_activation.value();
  if (e.kind == EffectKind::gate) return b >= 0 && b <= 1;
  return b >= -1 && b <= 1 && h > 0 && b * h > -1;
}

/// `fold`: occupancy over occupancy at rest.
inline double drive_factor(double fold, EffectParams const& e) {
  EXPECTS(fold >= 0 && e.kind == EffectKind::drive && is_possible(e));
  auto const h = e.half_activation.value();
  // The bracket as one fraction: exactly 0 at rest.
  return 1 + e.dependence.value() * (h * (fold - 1) / (fold + h));
}

inline double gate_factor(double fold, EffectParams const& e) {
  EXPECTS(fold >= 0 && e.kind == EffectKind::gate && is_possible(e));
  return 1 - e.dependence.value() * (1 - std::min(1.0, fold));
}

/// Factor on the rate of a process from the products of its drives and of its gates.
inline double combined(double drives, double gates) {
  EXPECTS(drives >= 0 && gates >= 0 && gates <= 1);
  return drives > 1 ? 1 + (drives - 1) * gates : drives;
}

}  // namespace myoaxis

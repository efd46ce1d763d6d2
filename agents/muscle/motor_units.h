/// The motor-unit pool: which units the brain's drive recruits, how fast they fire, what force they give.
///
/// Laws: Fuglevand, Winter and Patla 1993 [Fuglevand1993] in the form of Potvin and Fuglevand 2017
/// [PotvinFuglevand2017]. Excitation is dimensionless, 1 at the first unit's threshold. Valid for isometric
/// contractions of a whole pool; a rhythmic task is represented by its mean force over the cycle.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <tuple>
#include <vector>

#include "core/columns.h"
#include "core/quantity.h"

namespace myoaxis {

struct MotorUnitParams {
  std::size_t count = 0;
  Number recruitment_range;   // threshold of the last unit over that of the first
  Number twitch_force_range;  // twitch force of the last unit over that of the first
  ImpulsesPerSecond rate_min;
  ImpulsesPerSecond rate_peak_first;
  ImpulsesPerSecond rate_peak_last;
  ImpulsesPerSecond rate_gain;  // per unit of excitation
  Seconds contraction_time_longest;
  Number contraction_time_range;
  Number fusion_linear_limit;
  Number fusion_steepness;
  Number fusion_power;
  Seconds adaptation_time;
  Fraction adaptation_scale;
  ImpulsesPerSecond adaptation_offset;
  Number fatigue_range;
  PerSecond fatigue_rate_max;  // of the last unit, per unit of its relative force
  Number contraction_slowing;
};

/// Position of unit i (0 .. count - 1) on an exponential range: range^(i / (count - 1)).
inline double on_range(Number range, std::size_t unit, std::size_t count) {
  return std::pow(range.value(), static_cast<double>(unit) / static_cast<double>(count - 1));
}

/// Excitation at which unit i is recruited: r^(i/(n-1)) [PotvinFuglevand2017].
inline double recruitment_threshold(MotorUnitParams const& p, std::size_t unit) {
  return on_range(p.recruitment_range, unit, p.count);
}

/// Twitch force of unit i, relative to the first: RP^(i/(n-1)) [PotvinFuglevand2017].
inline double twitch_force(MotorUnitParams const& p, std::size_t unit) {
  return on_range(p.twitch_force_range, unit, p.count);
}

/// Contraction time of unit i: T_L (1/P_i)^(1/c), c = ln RP / ln RT, that is T_L RT^(-i/(n-1))
/// [PotvinFuglevand2017].
inline Seconds contraction_time(MotorUnitParams const& p, std::size_t unit) {
  return Seconds{p.contraction_time_longest.value() / on_range(p.contraction_time_range, unit, p.count)};
}

/// Peak firing rate of unit i, linear in its threshold between the first and the last [PotvinFuglevand2017].
inline ImpulsesPerSecond peak_rate(MotorUnitParams const& p, std::size_t unit) {
  auto const share = (recruitment_threshold(p, unit) - 1) / (p.recruitment_range.value() - 1);
  return ImpulsesPerSecond{p.rate_peak_first.value() -
                           (p.rate_peak_first.value() - p.rate_peak_last.value()) * share};
}

/// Excitation at which the last unit reaches its peak rate: r + (PFR_n - MFR)/g.
inline double maximal_excitation(MotorUnitParams const& p) {
  return p.recruitment_range.value() + (p.rate_peak_last.value() - p.rate_min.value()) / p.rate_gain.value();
}

/// Firing rate at excitation e of a unit with threshold thr and peak rate PFR, before adaptation:
/// 0 below thr, else min(PFR, MFR + g (e - thr)) [Fuglevand1993].
inline double firing_rate(MotorUnitParams const& p, double excitation, double threshold, double peak) {
  if (excitation < threshold) return 0;
  return std::min(peak, p.rate_min.value() + p.rate_gain.value() * (excitation - threshold));
}

/// Share of its excess rate that a unit has lost after t seconds of activity: phi (thr - 1)/(r - 1) (1 -
/// exp(-t/tau)), after [RevillFuglevand2011] as used in [PotvinFuglevand2017].
inline Fraction adaptation_share(MotorUnitParams const& p, double threshold, Seconds active) {
  auto const scale = p.adaptation_scale.value() * (threshold - 1) / (p.recruitment_range.value() - 1);
  return Fraction{-scale * std::expm1(-active.value() / p.adaptation_time.value())};
}

/// Firing rate after adaptation: R - share (R - MFR + d) for a unit that fires at R >= MFR; d is the offset
/// of 2 imp/s of the authors' code [PotvinCode].
inline double adapted_rate(MotorUnitParams const& p, double rate, Fraction share) {
  return rate - share.value() * (rate - p.rate_min.value() + p.adaptation_offset.value());
}

/// Force of a unit relative to its fused tetanus, at x = contraction time x firing rate [Fuglevand1993]:
/// linear below x_l = 0.4, else 1 - exp(-2 x^3).
inline double fusion(MotorUnitParams const& p, double x) {
  auto const sigmoid = [&](double y) {
    return -std::expm1(-p.fusion_steepness.value() * std::pow(y, p.fusion_power.value()));
  };
  auto const limit = p.fusion_linear_limit.value();
  return x <= limit ? x / limit * sigmoid(limit) : sigmoid(x);
}

/// Rate at which a unit of full relative force tires: k FAT^(i/(n-1)) / FAT [PotvinFuglevand2017], s^-1.
inline PerSecond fatigue_rate(MotorUnitParams const& p, std::size_t unit) {
  return PerSecond{p.fatigue_rate_max.value() * on_range(p.fatigue_range, unit, p.count) /
                   p.fatigue_range.value()};
}

/// State of the pool, one row a unit.
struct MotorUnits {
  std::vector<double> capacity;    // force the unit can still give, 1 when rested
  std::vector<double> active_for;  // s
  std::vector<double> force;       // relative to the rested, fused unit
  std::vector<double> activation;  // relative force of its unfatigued fibers
  std::vector<double> strength;    // force of the rested unit, relative to the untrained one

  static constexpr auto columns() {
    return std::tuple{
        column("capacity", "1", "force the unit can give, relative to rested", &MotorUnits::capacity),
        column("active_for", "s", "time since it was recruited, 0 when silent", &MotorUnits::active_for),
        column("force", "1", "force relative to the rested fused unit", &MotorUnits::force),
        column("activation", "1", "fusion of its twitches, 0 to 1", &MotorUnits::activation),
        column("strength", "1", "force of the rested unit, relative to the untrained one",
               &MotorUnits::strength)};
  }
};

}  // namespace myoaxis

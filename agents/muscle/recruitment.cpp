#include "agents/muscle/recruitment.h"

#include <boost/math/tools/toms748_solve.hpp>

namespace myoaxis {
namespace {

/// Relative force of the unfatigued fibers of unit i at an excitation.
double unit_activation(MotorPool const& pool, MotorUnits const& units, std::size_t i, double excitation) {
  auto const& p = pool.params;
  auto const rate = firing_rate(p, excitation, pool.threshold[i], pool.peak_rate[i]);
  if (rate <= 0) return 0;
  auto const adapted = rate - rate_adaptation(p, rate, pool.threshold[i], Seconds{units.active_for[i]});
  auto const slowing = 1 + p.contraction_slowing.value() * (1 - units.capacity[i]);
  return fusion(p, pool.contraction_time[i] * slowing * adapted);
}

double pool_force(MotorPool const& pool, MotorUnits const& units, double excitation) {
  double force = 0;
  for (std::size_t i = 0; i < pool.threshold.size() && pool.threshold[i] <= excitation; ++i) {
    force += pool.twitch_force[i] * units.capacity[i] * unit_activation(pool, units, i, excitation);
  }
  return force / pool.maximal_force;
}

/// Least excitation whose force reaches `target`. The force jumps where a unit is recruited, so the bracket
/// is narrowed to a thousandth of a unit of excitation rather than to equal forces.
double excitation_for(MotorPool const& pool, MotorUnits const& units, double target) {
  auto const highest = maximal_excitation(pool.params);
  auto const missing = [&](double excitation) { return pool_force(pool, units, excitation) - target; };
  auto const missing_at_most = missing(highest);
  if (missing_at_most <= 0) return highest;
  std::uintmax_t iterations = 60;
  auto const near = [](double a, double b) { return std::abs(b - a) < 1e-3; };
  return boost::math::tools::toms748_solve(missing, 0.0, highest, -target, missing_at_most, near, iterations)
      .second;
}

}  // namespace

MotorPool::MotorPool(MotorUnitParams const& pool_params) : params{pool_params} {
  for (std::size_t i = 0; i < params.count; ++i) {
    threshold.push_back(recruitment_threshold(params, i));
    peak_rate.push_back(myoaxis::peak_rate(params, i).value());
    contraction_time.push_back(myoaxis::contraction_time(params, i).value());
    twitch_force.push_back(myoaxis::twitch_force(params, i));
  }
  maximal_force = 1;
  maximal_force = pool_force(*this, rested_units(*this), maximal_excitation(params));
}

MotorUnits rested_units(MotorPool const& pool) {
  MotorUnits units;
  resize(units, pool.params.count);
  std::fill(units.capacity.begin(), units.capacity.end(), 1.0);
  return units;
}

Contraction contract(MotorPool const& pool, MotorUnits& units, double target, Seconds dt) {
  if (target <= 0) {
    relax(units);
    return {};
  }
  auto const excitation = excitation_for(pool, units, target);
  double force = 0;
  for (std::size_t i = 0; i < pool.threshold.size(); ++i) {
    units.activation[i] = unit_activation(pool, units, i, excitation);
    units.force[i] = units.capacity[i] * units.activation[i];
    units.active_for[i] = units.activation[i] > 0 ? units.active_for[i] + dt.value() : 0.0;
    force += pool.twitch_force[i] * units.force[i];
  }
  return {excitation / maximal_excitation(pool.params), force / pool.maximal_force};
}

void relax(MotorUnits& units) {
  for (auto* values : {&units.active_for, &units.force, &units.activation}) {
    std::fill(values->begin(), values->end(), 0.0);
  }
}

}  // namespace myoaxis

#include "agents/muscle/recruitment.h"

#include <algorithm>
#include <boost/math/tools/toms748_solve.hpp>

namespace myoaxis {
namespace {

/// The pool at one moment: what its units' history makes of their laws, for any excitation.
class PoolNow {
 public:
  PoolNow(MotorPool const& pool, MotorUnits const& units) : pool_{pool} {
    auto const& p = pool.params;
    for (std::size_t i = 0; i < pool.threshold.size(); ++i) {
      adaptation_.push_back(adaptation_share(p, pool.threshold[i], Seconds{units.active_for[i]}));
      contraction_time_.push_back(pool.contraction_time[i] *
                                  (1 + p.contraction_slowing.value() * (1 - units.capacity[i])));
      weight_.push_back(pool.twitch_force[i] * units.capacity[i] * units.strength[i]);
    }
  }

  /// Relative force of the unfatigued fibers of unit i at an excitation.
  double activation(std::size_t i, double excitation) const {
    auto const& p = pool_.params;
    auto const rate = firing_rate(p, excitation, pool_.threshold[i], pool_.peak_rate[i]);
    return rate > 0 ? fusion(p, contraction_time_[i] * adapted_rate(p, rate, adaptation_[i])) : 0.0;
  }

  /// Force of all units, in units of the first one's twitch force.
  double force(double excitation) const {
    double sum = 0;
    for (std::size_t i = 0; i < weight_.size() && pool_.threshold[i] <= excitation; ++i) {
      sum += weight_[i] * activation(i, excitation);
    }
    return sum;
  }

  /// Least excitation whose force reaches `target`, or the maximal one. The force jumps where a unit is
  /// recruited, so the bracket is narrowed to a thousandth of a unit of excitation rather than to equal
  /// forces. From second to second the excitation hardly changes: it is looked for near `expected` first.
  double excitation_for(double target, double expected) const {
    auto const highest = maximal_excitation(pool_.params);
    auto const excess = [&](double excitation) { return force(excitation) - target; };
    Bracket bracket{0, -target, highest, 0};
    bool narrow = false;
    if (expected > 0) {
      auto const low = std::max(0.0, expected - kNear);
      auto const high = std::min(highest, expected + kNear);
      auto const below = excess(low);
      auto const above = excess(high);
      narrow = below < 0 && above > 0;
      if (narrow) bracket = {low, below, high, above};
    }
    if (!narrow) {
      bracket.above = excess(highest);
      if (bracket.above <= 0) return highest;
    }
    std::uintmax_t iterations = 60;
    auto const near = [](double a, double b) { return std::abs(b - a) < 1e-3; };
    return boost::math::tools::toms748_solve(excess, bracket.low, bracket.high, bracket.below, bracket.above,
                                             near, iterations)
        .second;
  }

 private:
  static constexpr double kNear = 0.02;  // in units of excitation
  struct Bracket {
    double low, below, high, above;
  };

  MotorPool const& pool_;
  std::vector<Fraction> adaptation_;
  std::vector<double> contraction_time_;
  std::vector<double> weight_;
};

}  // namespace

MotorPool::MotorPool(MotorUnitParams const& pool_params) : params{pool_params} {
  for (std::size_t i = 0; i < params.count; ++i) {
    threshold.push_back(recruitment_threshold(params, i));
    peak_rate.push_back(myoaxis::peak_rate(params, i).value());
    contraction_time.push_back(myoaxis::contraction_time(params, i).value());
    twitch_force.push_back(myoaxis::twitch_force(params, i));
    tiring.push_back(fatigue_rate(params, i).value());
  }
  maximal_force = PoolNow{*this, rested_units(*this)}.force(maximal_excitation(params));
}

MotorUnits rested_units(MotorPool const& pool) {
  MotorUnits units;
  resize(units, pool.params.count);
  std::fill(units.capacity.begin(), units.capacity.end(), 1.0);
  std::fill(units.strength.begin(), units.strength.end(), 1.0);
  return units;
}

double capacity_of(MotorPool const& pool, MotorUnits const& units) {
  double able = 0, whole = 0;
  for (std::size_t i = 0; i < units.capacity.size(); ++i) {
    auto const strength = pool.twitch_force[i] * units.strength[i];
    able += strength * units.capacity[i];
    whole += strength;
  }
  return able / whole;
}

double strength_of(MotorPool const& pool, MotorUnits const& units) {
  auto rested = units;
  std::fill(rested.capacity.begin(), rested.capacity.end(), 1.0);
  std::fill(rested.active_for.begin(), rested.active_for.end(), 0.0);
  return PoolNow{pool, rested}.force(maximal_excitation(pool.params)) / pool.maximal_force;
}

Contraction contract(MotorPool const& pool, MotorUnits& units, Drive const& drive, Seconds dt) {
  if (drive.target <= 0) {
    relax(units);
    return {};
  }
  PoolNow const now{pool, units};
  auto const maximal = maximal_excitation(pool.params);
  // What is wanted is found first, so that a limit which is not reached leaves no trace.
  auto const wanted = now.excitation_for(drive.target * pool.maximal_force, drive.expected * maximal);
  auto const excitation = std::min(wanted, drive.largest * maximal);
  double force = 0;
  for (std::size_t i = 0; i < pool.threshold.size(); ++i) {
    units.activation[i] = now.activation(i, excitation);
    units.force[i] = units.capacity[i] * units.activation[i];
    units.active_for[i] = units.activation[i] > 0 ? units.active_for[i] + dt.value() : 0.0;
    force += pool.twitch_force[i] * units.strength[i] * units.force[i];
  }
  return {excitation / maximal, force / pool.maximal_force};
}

void relax(MotorUnits& units) {
  for (auto* values : {&units.active_for, &units.force, &units.activation}) {
    std::fill(values->begin(), values->end(), 0.0);
  }
}

}  // namespace myoaxis

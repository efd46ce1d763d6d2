#include "agents/muscle/fibers.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/distributions.h"
#include "core/parallel.h"

namespace myoaxis {
namespace {

/// Type of the fibers of each unit: units in the order of recruitment take the types in that order, so that
/// the types' shares of all fibers come out.
std::vector<std::uint8_t> unit_types(MuscleParams const& muscle, MotorPool const& pool) {
  auto const& weight = pool.twitch_force;
  auto const total = std::accumulate(weight.begin(), weight.end(), 0.0);
  std::vector<std::uint8_t> types;
  double passed = 0;
  for (auto const force : weight) {
    auto const middle = (passed + force / 2) / total;
    std::size_t type = 0;
    double bound = muscle.types[0].share.value();
    while (middle > bound && type + 1 < muscle.types.size()) bound += muscle.types[++type].share.value();
    types.push_back(static_cast<std::uint8_t>(type));
    passed += force;
  }
  return types;
}

Kilograms mass_of_one_fiber(MuscleParams const& muscle, double cross_section) {
  return Kilograms{cross_section * muscle.fiber_length.value() * muscle.density.value()};
}

/// Real fibers in a muscle of the given mass, by the mean mass of a fiber.
double real_fibers(MuscleParams const& muscle, Kilograms mass) {
  double mean = 0;
  for (auto const& type : muscle.types) {
    mean += type.share.value() * mass_of_one_fiber(muscle, type.cross_section.value()).value();
  }
  return mass.value() / mean;
}

/// Mean of the fibers' values in each motor unit.
std::vector<double> mean_of_units(Fibers const& fibers, std::vector<double> const& values,
                                  std::size_t units) {
  std::vector<double> sum(units, 0.0);
  std::vector<double> number(units, 0.0);
  for (std::size_t i = 0; i < fibers.size(); ++i) {
    sum[fibers.unit[i]] += values[i];
    number[fibers.unit[i]] += 1;
  }
  for (std::size_t unit = 0; unit < units; ++unit) sum[unit] /= number[unit];
  return sum;
}

/// Sizes the fibers so that they stand for exactly `mass`, which a sample of sizes misses by a few percent.
void scale_to_mass(Fibers& fibers, Kilograms mass) {
  auto const scale = mass.value() / std::accumulate(fibers.mass.begin(), fibers.mass.end(), 0.0);
  for (auto& each : fibers.mass) each *= scale;
  for (auto& each : fibers.cross_section) each *= scale;
}

}  // namespace

std::vector<std::size_t> fibers_per_unit(MotorPool const& pool, std::size_t fibers) {
  auto const units = pool.twitch_force.size();
  EXPECTS(fibers >= units);
  auto const total = std::accumulate(pool.twitch_force.begin(), pool.twitch_force.end(), 0.0);
  auto const spare = static_cast<double>(fibers - units);
  std::vector<std::size_t> number(units);
  std::vector<double> remainder(units);
  for (std::size_t i = 0; i < units; ++i) {
    auto const share = spare * pool.twitch_force[i] / total;
    number[i] = 1 + static_cast<std::size_t>(share);
    remainder[i] = share - std::floor(share);
  }
  std::vector<std::size_t> order(units);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return remainder[a] > remainder[b]; });
  auto left = fibers - std::accumulate(number.begin(), number.end(), std::size_t{0});
  for (std::size_t i = 0; i < left; ++i) ++number[order[i]];
  return number;
}

Fibers make_fibers(MuscleParams const& muscle, MotorPool const& pool, Kilograms mass, std::size_t number,
                   Luck luck) {
  auto const per_unit = fibers_per_unit(pool, number);
  auto const types = unit_types(muscle, pool);
  auto const total_force = std::accumulate(pool.twitch_force.begin(), pool.twitch_force.end(), 0.0);
  auto const real = real_fibers(muscle, mass);
  auto const first_key = name_key("fiber");
  Fibers fibers;
  for (std::size_t unit = 0; unit < per_unit.size(); ++unit) {
    auto const represents =
        real * pool.twitch_force[unit] / total_force / static_cast<double>(per_unit[unit]);
    for (std::size_t k = 0; k < per_unit[unit]; ++k) {
      auto const key = child_key(first_key, fibers.size());
      Draws size{luck, Purpose::fiber_size, key, 0};
      Draws tiring{luck, Purpose::fiber_fatigability, key, 0};
      auto const area = muscle.types[types[unit]].cross_section.value() *
                        sample_unit_lognormal(size, muscle.cross_section_variation.value());
      fibers.key.push_back(key);
      fibers.type.push_back(types[unit]);
      fibers.unit.push_back(static_cast<std::uint16_t>(unit));
      fibers.cross_section.push_back(area);
      fibers.represents.push_back(represents);
      fibers.mass.push_back(represents * mass_of_one_fiber(muscle, area).value());
      fibers.fatigability.push_back(sample_unit_lognormal(tiring, muscle.fatigability_variation.value()));
    }
  }
  scale_to_mass(fibers, mass);
  for (auto* at_rest :
       {&fibers.fatigued, &fibers.activation, &fibers.worked, &fibers.tensed, &fibers.mean_activity,
        &fibers.mean_tension, &fibers.oxidative, &fibers.secretory, &fibers.growth}) {
    at_rest->assign(fibers.size(), 0.0);
  }
  return fibers;
}

Secretion make_secretion(Fibers const& fibers, std::uint64_t factor_key,
                         std::vector<double> const& type_weight, Number variation, Luck luck) {
  Secretion secretion;
  resize(secretion, fibers.size());
  for (std::size_t i = 0; i < fibers.size(); ++i) {
    Draws draws{luck, Purpose::fiber_secretion, child_key(fibers.key[i], factor_key), 0};
    secretion.capacity[i] = type_weight[fibers.type[i]] * sample_unit_lognormal(draws, variation.value());
  }
  auto const mass = std::accumulate(fibers.mass.begin(), fibers.mass.end(), 0.0);
  auto const weighted =
      std::inner_product(fibers.mass.begin(), fibers.mass.end(), secretion.capacity.begin(), 0.0);
  for (auto& capacity : secretion.capacity) capacity *= mass / weighted;
  return secretion;
}

void advance_fatigue(Fibers& fibers, MotorUnits& units, MotorPool const& pool,
                     std::vector<double> const& unit_activation, Fraction duty, FatigueParams const& params,
                     Fraction tension_threshold, Seconds dt) {
  for_each_index(fibers.size(), [&](std::size_t i) {
    auto const unit = fibers.unit[i];
    auto const rate = pool.tiring[unit] * fibers.fatigability[i] / (1 + fibers.oxidative[i]);
    fibers.activation[i] = unit_activation[unit] * duty.value();
    fibers.fatigued[i] = fatigued_after(fibers.fatigued[i], {unit_activation[unit], duty.value()},
                                        PerSecond{rate}, params, dt);
    fibers.worked[i] += fibers.activation[i] * dt.value();
    fibers.tensed[i] +=
        tension(Fraction{unit_activation[unit]}, tension_threshold).value() * duty.value() * dt.value();
  });
  std::vector<double> able(fibers.size());
  std::transform(fibers.fatigued.begin(), fibers.fatigued.end(), able.begin(),
                 [](double fatigued) { return 1 - fatigued; });
  units.capacity = mean_of_units(fibers, able, units.capacity.size());
}

void advance_adaptation(Fibers& fibers, MotorUnits& units, AdaptationParams const& params, Seconds dt) {
  auto const adapt = [&](double& rise, double mean, CapacityParams const& capacity) {
    rise = advance_capacity(rise, capacity_target(mean, capacity), capacity, dt);
  };
  for_each_index(fibers.size(), [&](std::size_t i) {
    auto const activity = std::exchange(fibers.worked[i], 0.0) / dt.value();
    auto const tension = std::exchange(fibers.tensed[i], 0.0) / dt.value();
    fibers.mean_activity[i] = advance_average(fibers.mean_activity[i], activity, params.memory, dt);
    fibers.mean_tension[i] = advance_average(fibers.mean_tension[i], tension, params.memory, dt);
    adapt(fibers.oxidative[i], fibers.mean_activity[i], params.oxidative);
    adapt(fibers.secretory[i], fibers.mean_activity[i], params.secretory);
    adapt(fibers.growth[i], fibers.mean_tension[i], params.growth);
  });
  std::vector<double> strength(fibers.size());
  std::transform(fibers.growth.begin(), fibers.growth.end(), strength.begin(),
                 [](double growth) { return 1 + growth; });
  units.strength = mean_of_units(fibers, strength, units.strength.size());
}

double mean_by_mass(Fibers const& fibers, std::vector<double> const& values) {
  auto const mass = std::accumulate(fibers.mass.begin(), fibers.mass.end(), 0.0);
  return std::inner_product(fibers.mass.begin(), fibers.mass.end(), values.begin(), 0.0) / mass;
}

}  // namespace myoaxis

/// Individual muscle fibers of the working muscle: their type, motor unit, size, fatigue and secretion.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "agents/muscle/adaptation.h"
#include "agents/muscle/fatigue.h"
#include "agents/muscle/recruitment.h"
#include "core/columns.h"
#include "core/draws.h"

namespace myoaxis {

struct FiberType {
  std::string name;
  Fraction share;  // of the fibers of the muscle
  SquareMeters cross_section;
};

struct MuscleParams {
  Meters fiber_length;
  KilogramsPerCubicMeter density;
  Number cross_section_variation;  // coefficients of variation between fibers
  Number secretion_variation;
  Number fatigability_variation;
  std::vector<FiberType> types;  // in the order of recruitment
};

struct Fibers {
  std::vector<std::uint64_t> key;
  std::vector<std::uint8_t> type;
  std::vector<std::uint16_t> unit;
  std::vector<double> cross_section;
  std::vector<double> represents;
  std::vector<double> mass;
  std::vector<double> fatigability;
  std::vector<double> fatigued;
  std::vector<double> activation;
  std::vector<double> worked;
  std::vector<double> tensed;
  std::vector<double> mean_activity;
  std::vector<double> mean_tension;
  std::vector<double> oxidative;
  std::vector<double> secretory;
  std::vector<double> growth;

  static constexpr auto columns() {
    return std::tuple{
        column("key", "1", "permanent address of the fiber's luck", &Fibers::key),
        column("type", "1", "number of the fiber type, in the order of recruitment", &Fibers::type),
        column("unit", "1", "number of the motor unit, in the order of recruitment", &Fibers::unit),
        column("cross_section", "m2", "cross-sectional area", &Fibers::cross_section),
        column("represents", "1", "real fibers that this one stands for", &Fibers::represents),
        column("mass", "kg", "mass of all fibers that this one stands for", &Fibers::mass),
        column("fatigability", "1", "fatigue rate relative to the mean of its unit", &Fibers::fatigability),
        column("fatigued", "1", "share of the fiber that cannot contract for fatigue", &Fibers::fatigued),
        column("activation", "1",
               "force of its unfatigued part, mean over the last step and the cycle of the task",
               &Fibers::activation),
        column("worked", "s", "activation x time since its last adaptation", &Fibers::worked),
        column("tensed", "s", "tension x time since its last adaptation", &Fibers::tensed),
        column("mean_activity", "1", "activation, averaged over the memory of adaptation",
               &Fibers::mean_activity),
        column("mean_tension", "1", "tension above the threshold of growth, averaged likewise",
               &Fibers::mean_tension),
        column("oxidative", "1", "rise of oxidative capacity over the untrained fiber", &Fibers::oxidative),
        column("secretory", "1", "share of the full secretory adaptation", &Fibers::secretory),
        column("growth", "1", "rise of the cross-section over the untrained fiber", &Fibers::growth)};
  }
  std::size_t size() const { return key.size(); }
};

/// What a fiber knows of one factor that it secretes.
struct Secretion {
  std::vector<double> capacity;
  std::vector<double> stage_1;
  std::vector<double> stage_2;
  std::vector<double> response;

  static constexpr auto columns() {
    return std::tuple{
        column("capacity", "1", "secretion relative to the mean of all fibers", &Secretion::capacity),
        column("stage_1", "1", "first stage of the transcription response", &Secretion::stage_1),
        column("stage_2", "1", "second stage of the transcription response", &Secretion::stage_2),
        column("response", "1", "transcription response", &Secretion::response)};
  }
};

/// Number of simulated fibers of each unit: one at least, the others in proportion to the units' twitch
/// forces (the innervation ratio is taken as proportional to force), by largest remainders. `fibers` >=
/// units.
std::vector<std::size_t> fibers_per_unit(MotorPool const& pool, std::size_t fibers);

/// Makes `number` fibers that stand for a muscle of the given mass.
Fibers make_fibers(MuscleParams const& muscle, MotorPool const& pool, Kilograms mass, std::size_t number,
                   Luck luck);

/// Capacities for the factor with the given key: a lognormal between fibers times a weight of the fiber type
/// (one entry a type), scaled so that the mass-weighted mean is 1.
Secretion make_secretion(Fibers const& fibers, std::uint64_t factor_key,
                         std::vector<double> const& type_weight, Number variation, Luck luck);

/// Tires or rests every fiber over `dt` as its unit contracts, then gives the units the mean capacity of
/// their fibers; notes their work and tension. `unit_activation`: mean activation of each unit while it
/// contracts; `duty`: share of the time. The larger a fiber's oxidative capacity, the slower it tires.
void advance_fatigue(Fibers& fibers, MotorUnits& units, MotorPool const& pool,
                     std::vector<double> const& unit_activation, Fraction duty, FatigueParams const& params,
                     Fraction tension_threshold, Seconds dt);

/// Adapts every fiber to the work and tension that it noted over the last `dt`, then gives the units the mean
/// strength of their fibers.
void advance_adaptation(Fibers& fibers, MotorUnits& units, AdaptationParams const& params, Seconds dt);

/// Mean over the fibers, by the mass they stand for, of one of their columns.
double mean_by_mass(Fibers const& fibers, std::vector<double> const& values);

}  // namespace myoaxis

/// Numbers that carry their unit in their type, for every border: configuration, law, public function.
///
/// This is no unit algebra: a law computes on `.value()` and wraps its result again. Arrays inside a
/// population stay plain `double` with the unit in their column's description. Base units are s, m, kg, mol
/// and molecules; fractions run from 0 to 1.
#pragma once

#include <compare>
#include <string_view>

namespace myoaxis {

/// One number in the unit `Unit::symbol` (a UDUNITS expression).
template <class Unit>
class Quantity {
 public:
  static constexpr std::string_view unit = Unit::symbol;
  constexpr Quantity() = default;
  constexpr explicit Quantity(double value) : value_{value} {}
  constexpr double value() const { return value_; }
  auto operator<=>(Quantity const&) const = default;

 private:
  double value_ = 0;
};

namespace unit {
struct One {
  static constexpr std::string_view symbol = "1";
};
struct Second {
  static constexpr std::string_view symbol = "s";
};
struct PerSecond {
  static constexpr std::string_view symbol = "s-1";
};
struct Meter {
  static constexpr std::string_view symbol = "m";
};
struct SquareMeter {
  static constexpr std::string_view symbol = "m2";
};
struct MeterPerSecond {
  static constexpr std::string_view symbol = "m s-1";
};
struct SquareMeterPerSecond {
  static constexpr std::string_view symbol = "m2 s-1";
};
struct CubicMeter {
  static constexpr std::string_view symbol = "m3";
};
struct CubicMeterPerSecond {
  static constexpr std::string_view symbol = "m3 s-1";
};
struct CubicMeterPerKilogram {
  static constexpr std::string_view symbol = "m3 kg-1";
};
struct CubicMeterPerKilogramSecond {
  static constexpr std::string_view symbol = "m3 kg-1 s-1";
};
struct Kilogram {
  static constexpr std::string_view symbol = "kg";
};
struct KilogramPerSecond {
  static constexpr std::string_view symbol = "kg s-1";
};
struct KilogramPerCubicMeter {
  static constexpr std::string_view symbol = "kg m-3";
};
struct KilogramPerMole {
  static constexpr std::string_view symbol = "kg mol-1";
};
struct Mole {
  static constexpr std::string_view symbol = "mol";
};
struct MolePerSecond {
  static constexpr std::string_view symbol = "mol s-1";
};
struct MolePerCubicMeter {
  static constexpr std::string_view symbol = "mol m-3";
};
struct MolePerKilogramSecond {
  static constexpr std::string_view symbol = "mol kg-1 s-1";
};
struct Pascal {
  static constexpr std::string_view symbol = "Pa";
};
struct PascalSecond {
  static constexpr std::string_view symbol = "Pa s";
};
struct ImpulsePerSecond {
  static constexpr std::string_view symbol = "impulse s-1";
};
struct RelativeOxygenUptake {
  static constexpr std::string_view symbol = "VO2max";
};
struct RepetitionMaximum {
  static constexpr std::string_view symbol = "RM";
};
}  // namespace unit

using Number = Quantity<unit::One>;
using Fraction = Quantity<unit::One>;
using Seconds = Quantity<unit::Second>;
using PerSecond = Quantity<unit::PerSecond>;
using Meters = Quantity<unit::Meter>;
using SquareMeters = Quantity<unit::SquareMeter>;
using MetersPerSecond = Quantity<unit::MeterPerSecond>;
/// A diffusion coefficient.
using SquareMetersPerSecond = Quantity<unit::SquareMeterPerSecond>;
using CubicMeters = Quantity<unit::CubicMeter>;
/// A flow or a clearance.
using CubicMetersPerSecond = Quantity<unit::CubicMeterPerSecond>;
using CubicMetersPerKilogram = Quantity<unit::CubicMeterPerKilogram>;
/// A permeability-surface product, a lymph flow or a clearance of one kilogram of tissue.
using SpecificFlow = Quantity<unit::CubicMeterPerKilogramSecond>;
using Kilograms = Quantity<unit::Kilogram>;
using KilogramsPerSecond = Quantity<unit::KilogramPerSecond>;
using KilogramsPerCubicMeter = Quantity<unit::KilogramPerCubicMeter>;
using KilogramsPerMole = Quantity<unit::KilogramPerMole>;
using Moles = Quantity<unit::Mole>;
using MolesPerSecond = Quantity<unit::MolePerSecond>;
using MolesPerCubicMeter = Quantity<unit::MolePerCubicMeter>;
/// A flux per mass of tissue.
using MolesPerKilogramSecond = Quantity<unit::MolePerKilogramSecond>;
using Pascals = Quantity<unit::Pascal>;
/// A dynamic viscosity.
using PascalSeconds = Quantity<unit::PascalSecond>;
using ImpulsesPerSecond = Quantity<unit::ImpulsePerSecond>;
/// Exercise intensity as a fraction of the subject's maximal oxygen uptake.
using Intensity = Quantity<unit::RelativeOxygenUptake>;
/// A load as a fraction of the one-repetition maximum.
using RelativeLoad = Quantity<unit::RepetitionMaximum>;

}  // namespace myoaxis

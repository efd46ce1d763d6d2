#include "core/units.h"

#include <catch2/catch.hpp>
#include <thread>
#include <utility>
#include <vector>

#include "core/quantity.h"

using namespace myoaxis;
using Catch::Contains;

namespace {

struct UnitReading {
  char const* text;
  char const* unit;
  double value;
};

}  // namespace

TEST_CASE("quantities of every kind are read in their base unit") {
  auto const reading = GENERATE(
      UnitReading{"40 min", "s", 2400}, UnitReading{"12 weeks", "s", 7257600}, UnitReading{"6 h", "s", 21600},
      UnitReading{"1 d", "s", 86400}, UnitReading{"0.5 min-1", "s-1", 0.5 / 60},
      UnitReading{"3 1/s", "s-1", 3}, UnitReading{"8 mm", "m", 0.008}, UnitReading{"5 µm", "m", 5e-6},
      UnitReading{"2000 um2", "m2", 2e-9}, UnitReading{"1.9 ml", "m3", 1.9e-6},
      UnitReading{"14 ml/min", "m3 s-1", 14e-6 / 60}, UnitReading{"0.2 ml/g", "m3 kg-1", 2e-4},
      UnitReading{"6 ml/g/min", "m3 kg-1 s-1", 1e-4}, UnitReading{"25 g", "kg", 0.025},
      UnitReading{"4 pg/min", "kg s-1", 4e-15 / 60}, UnitReading{"3.6 ng/ml", "kg m-3", 3.6e-6},
      UnitReading{"27 kDa", "kg mol-1", 27}, UnitReading{"500 Da", "kg mol-1", 0.5},
      UnitReading{"5 nmol/l", "mol m-3", 5e-6}, UnitReading{"1 mmol/l", "mol m-3", 1},
      UnitReading{"8 imp/s", "impulse s-1", 8}, UnitReading{"8 impulse s-1", "impulse s-1", 8},
      UnitReading{"70 %VO2max", "VO2max", 0.7}, UnitReading{"50 %MVC", "MVC", 0.5},
      UnitReading{"75 %1RM", "RM", 0.75});
  CAPTURE(reading.text);
  CHECK(parse_in(reading.text, reading.unit) == Approx(reading.value).epsilon(1e-12));
}

TEST_CASE("a bare number and a percentage are dimensionless") {
  CHECK(parse_in("0.5", "1") == 0.5);
  CHECK(parse_in("-2e-3", "1") == -2e-3);
  CHECK(parse_in("+2", "1") == 2);
  CHECK(parse_in("25 %", "1") == Approx(0.25));
  CHECK(parse_in("25%", "1") == Approx(0.25));
}

TEST_CASE("blanks around number and unit do not matter") {
  CHECK(parse_in("  5 s ", "s") == 5);
  CHECK(parse_in("5s", "s") == 5);
  CHECK(parse_in("-30 s", "s") == -30);
}

TEST_CASE("a text without a number is refused") {
  auto const text = GENERATE("", " ", "s", "fast", "inf s", "nan", "1e400 s", ", 5 s");
  CAPTURE(text);
  CHECK_THROWS_AS(parse_in(text, "s"), UnitError);
  CHECK_THROWS_WITH(parse_in(text, "s"), Contains("does not begin with a number"));
}

TEST_CASE("an unknown unit is named, and a quantity to copy is offered") {
  CHECK_THROWS_WITH(parse_in("5 blubb", "s"), Contains("'blubb' is not a known unit") && Contains("40 min"));
  CHECK_THROWS_WITH(parse_in("1,5 s", "s"), Contains("not a known unit"));
  CHECK_THROWS_WITH(parse_in("0x10 m", "m"), Contains("not a known unit"));
  CHECK_THROWS_WITH(parse_in("5 s", "blubb"), Contains("'blubb' is not a known unit"));
}

TEST_CASE("a wrong dimension is refused") {
  using TextAndUnit = std::pair<char const*, char const*>;
  auto const wrong =
      GENERATE(TextAndUnit{"5 kg", "s"}, TextAndUnit{"5 g", "m3"}, TextAndUnit{"27 kDa", "kg"},
               TextAndUnit{"3 ng/ml", "mol m-3"}, TextAndUnit{"8 imp/s", "s-1"},
               TextAndUnit{"5 Hz", "impulse s-1"}, TextAndUnit{"5 s", "1"}, TextAndUnit{"1 s3", "s"});
  CAPTURE(wrong.first, wrong.second);
  CHECK_THROWS_WITH(parse_in(wrong.first, wrong.second), Contains("wrong dimension"));
}

TEST_CASE("a bare number is no duration") {
  CHECK_THROWS_WITH(parse_in("5", "s"),
                    Contains("a bare number has the wrong dimension") && Contains("40 min"));
}

TEST_CASE("a duration is no rate, nor a rate a duration") {
  CHECK_THROWS_AS(parse_in("5 s", "s-1"), UnitError);
  CHECK_THROWS_AS(parse_in("0.5 min-1", "s"), UnitError);
  CHECK_THROWS_AS(parse_in("2 m-3 s", "m3 s-1"), UnitError);
}

TEST_CASE("a relative load is never a plain fraction, nor another load") {
  CHECK_THROWS_AS(parse_in("70 %VO2max", "1"), UnitError);
  CHECK_THROWS_AS(parse_in("0.7", "VO2max"), UnitError);
  CHECK_THROWS_AS(parse_in("70 %", "VO2max"), UnitError);
  CHECK_THROWS_AS(parse_in("70 %MVC", "VO2max"), UnitError);
  CHECK_THROWS_AS(parse_in("70 %1RM", "MVC"), UnitError);
}

TEST_CASE("a second number is a slip, not a factor") {
  auto const text = GENERATE("1 s 3", "1 3 s", "2 10 s", "1\t3 s", "1 s\t3", "1.5.3 s", "1-3 s");
  CAPTURE(text);
  CHECK_THROWS_AS(parse_in(text, "s"), UnitError);
}

TEST_CASE("two dimensionless numbers are a slip as well") {
  auto const text = GENERATE("1 3", "1.5.3", "1-3", "+-5");
  CAPTURE(text);
  CHECK_THROWS_AS(parse_in(text, "1"), UnitError);
}

TEST_CASE("a quantity is read with the unit of its type") {
  CHECK(parse_quantity<Seconds>("2 min") == Seconds{120});
  CHECK(parse_quantity<MolesPerKilogramSecond>("0.6 umol/g/min").value() == Approx(1e-5));
  CHECK(parse_quantity<Intensity>("50 %VO2max").value() == Approx(0.5));
  CHECK_THROWS_AS(parse_quantity<Kilograms>("2 min"), UnitError);
}

TEST_CASE("the unit of every quantity can be read") {
  for (auto const unit :
       {Number::unit, Seconds::unit, PerSecond::unit, Meters::unit, SquareMeters::unit, CubicMeters::unit,
        CubicMetersPerSecond::unit, CubicMetersPerKilogram::unit, SpecificFlow::unit, Kilograms::unit,
        KilogramsPerSecond::unit, KilogramsPerCubicMeter::unit, KilogramsPerMole::unit,
        MolesPerCubicMeter::unit, MolesPerKilogramSecond::unit, ImpulsesPerSecond::unit, Intensity::unit}) {
    CAPTURE(unit);
    CHECK(is_unit(unit));
    CHECK(conversion_factor(unit, unit) == Approx(1));
  }
}

TEST_CASE("expressions that can be read are units") {
  auto const unit = GENERATE("", "1", "s", "ml/g/min", "%", "%VO2max", "%1RM", "kDa", "imp", "um2", "d");
  CAPTURE(unit);
  CHECK(is_unit(unit));
}

TEST_CASE("expressions that cannot be read are no units") {
  auto const unit = GENERATE("blubb", "m/", "kg s-1)", "VO2");
  CAPTURE(unit);
  CHECK_FALSE(is_unit(unit));
}

TEST_CASE("a conversion and its inverse cancel") {
  CHECK(conversion_factor("min", "s") == 60);
  CHECK(conversion_factor("ng/ml", "kg m-3") == Approx(1e-6).epsilon(1e-12));
  CHECK(conversion_factor("ml/min", "m3 s-1") * conversion_factor("m3 s-1", "ml/min") ==
        Approx(1).epsilon(1e-12));
  CHECK_THROWS_AS(conversion_factor("kg", "s"), UnitError);
  CHECK_THROWS_AS(conversion_factor("blubb", "s"), UnitError);
}

TEST_CASE("several threads may read quantities at once", "[reproducible]") {
  std::vector<double> read(4, 0.0);
  std::vector<std::thread> threads;
  for (auto& value : read) {
    threads.emplace_back([&value] {
      for (int i = 0; i < 50; ++i) value += parse_in("1 min", "s");
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(read == std::vector<double>(4, 3000.0));
}

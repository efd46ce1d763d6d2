// The circulation of the shipped organisms against what is known of it. A range is the published one where
// there is one; otherwise a quarter around the value of the body tables, as is usual for a number without a
// spread.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "agents/assays/tracer.h"
#include "core/units.h"
#include "tests/support/experiments.h"

using namespace myoaxis;

namespace {

struct Range {
  double low;
  double high;
};
constexpr Range roughly(double value) { return {0.75 * value, 1.25 * value}; }

/// Of one organism: ml/min, ml, s.
struct Known {
  std::string organism;
  Range output_rest, output_max;
  Range blood;
  Range circulation_rest, circulation_max;
  Range pulmonary;
  std::map<std::string, Range> flow_rest, flow_max;  // arterial inflow of organs, ml/min
  std::map<std::string, Range> transit;              // of organs at rest, s
};

// Mouse of 25 g. Output: 10-18 ml/min awake, 18-26 at VO2max. Blood: 70-95 ml/kg, labeled cells and albumin
// [Riches1973]. Shares of output: Brown 1997 and their spread over tables [Brown1997] [ShahBetts2012].
// Pulmonary transit .8-1 s, recalled. At VO2max: output 22 ml/min of which muscle has .654, a rule for
// rodents.
Known known_mouse() {
  return {"mouse",
          {10, 18},
          {18, 26},
          {1.75, 2.375},
          {8.0, 8.8},
          {4.0, 7.9},
          {0.7, 1.0},
          {{"muscle", {0.11 * 14, 0.23 * 14}},
           {"gut", {0.14 * 14, 0.24 * 14}},
           {"kidney", {0.09 * 14, 0.18 * 14}},
           {"heart_muscle", roughly(0.92)},
           {"liver", roughly(0.38)},
           {"brain", roughly(0.46)},
           {"skin", roughly(1.26)},
           {"fat", roughly(0.56)},
           {"bone", roughly(0.84)}},
          {{"muscle", roughly(0.654 * 22)},
           {"heart_muscle", roughly(0.084 * 22)},
           {"brain", roughly(0.021 * 22)},
           {"kidney", roughly(0.063 * 22)},
           {"gut", roughly(0.060 * 22)},
           {"skin", roughly(0.029 * 22)}},
          {{"muscle.resting", roughly(8)},
           {"kidney", roughly(1.9)},
           {"liver", roughly(5.6)},
           {"skin", roughly(10)}}};
}

// Rat of 250 g. Output: 64 ml/min by the line of treadmill rats, 74 by body mass, 110 in an older table; 543
// ml/kg/min at VO2max [GleesonRat]. Blood: 58-74 ml/kg. Shares of output at rest and their rule in exercise.
Known known_rat() {
  return {"rat",
          {60, 110},
          {120, 150},
          {14.5, 18.5},
          {14, 16},
          {5.8, 9.3},
          roughly(1.5),
          {{"muscle", {0.10 * 64, 0.29 * 64}},
           {"gut", roughly(10.4)},
           {"kidney", roughly(9.0)},
           {"heart_muscle", roughly(3.2)},
           {"brain", roughly(1.28)},
           {"skin", roughly(3.7)},
           {"bone", roughly(7.8)}},
          {{"muscle", roughly(0.755 * 136)},
           {"heart_muscle", roughly(0.052 * 136)},
           {"brain", roughly(0.009 * 136)},
           {"kidney", roughly(0.040 * 136)},
           {"gut", roughly(0.030 * 136)},
           {"bone", roughly(0.057 * 136)}},
          {{"muscle.resting", roughly(14)},
           {"kidney", roughly(2)},
           {"liver", roughly(10)},
           {"brain", roughly(2)}}};
}

// Man of 70 kg. Output: 5-5.6 l/min, in codes of models up to 6.5; 20 untrained and 25 fit at VO2max.
// Blood: 5.3 l of 76 ml/kg, 71-79. Circulation time 40-60 s [PenneyLecture]. Kidney: plasma flow 613+-107
// ml/min [RenalFlow], at a hematocrit of .44. In exercise brain keeps its 750-1000 ml/min; the others by a
// table of flows at maximal exercise, recalled. Pulmonary transit: 4-6 s recalled, 7.1 s by 12.5 % of the
// blood in the lungs.
Known known_human() {
  return {"human",
          {5000, 6500},
          {20000, 25000},
          {4970, 5530},
          {40, 60},
          {12, 16.6},
          {4, 7.5},
          {{"muscle", {0.15 * 5600, 0.19 * 5600}},
           {"brain", {0.114 * 5600, 0.15 * 5600}},
           {"kidney", {506 / 0.56, 720 / 0.56}},
           {"heart_muscle", {150, 280}},
           {"gut", roughly(1064)},
           {"skin", {280, 500}},
           {"fat", roughly(280)},
           {"bone", roughly(280)}},
          {{"muscle", {0.80 * 22000, 22000}},
           {"brain", {650, 1000}},
           {"heart_muscle", {0.035 * 22000, 0.05 * 22000}},
           {"kidney", {0.01 * 22000, 0.04 * 22000}},
           {"skin", {280, 1900}}},
          {{"muscle.resting", roughly(47)},
           {"kidney", roughly(6)},
           {"brain", roughly(5.7)},
           {"liver", roughly(22)}}};
}

struct Circulation {
  explicit Circulation(Known const& known)
      : loaded{test::load_shipped("sedentary", {"organism.use=\"" + known.organism + "\""})},
        share{0.4},
        params{loaded.experiment.organism.circulation, loaded.experiment.organism.brain, share},
        body{make_body_layout(params.circulation, params.brain, {Fraction{0.1}, 2}, share)} {}

  double flow(std::string const& organ, Intensity intensity) const {
    auto const& organs = params.circulation.organs;
    auto const found = std::ranges::find(organs, organ, &OrganParams::name);
    REQUIRE(found != organs.end());
    auto const number = static_cast<std::size_t>(found - organs.begin());
    return organ_flows(params.circulation, share, intensity).organ[number].value() *
           conversion_factor("m3 s-1", "ml/min");
  }

  LoadedExperiment loaded;
  Fraction share;
  BodyParams params;
  BodyLayout body;
};

void check_within(std::string const& what, double value, Range range) {
  CAPTURE(what, value, range.low, range.high);
  CHECK(value >= range.low);
  CHECK(value <= range.high);
}

}  // namespace

TEST_CASE("flows of organs lie where they were found, at rest and at VO2max", "[baseline]") {
  for (auto const& known : {known_mouse(), known_rat(), known_human()}) {
    CAPTURE(known.organism);
    Circulation const circulation{known};
    for (auto const& [organ, range] : known.flow_rest)
      check_within(organ, circulation.flow(organ, Intensity{0}), range);
    for (auto const& [organ, range] : known.flow_max)
      check_within(organ + " at VO2max", circulation.flow(organ, Intensity{1}), range);
  }
}

TEST_CASE("output, blood volume and the times of circulation lie where they were found", "[baseline]") {
  auto const ml_per_min = conversion_factor("m3 s-1", "ml/min");
  for (auto const& known : {known_mouse(), known_rat(), known_human()}) {
    CAPTURE(known.organism);
    Circulation const circulation{known};
    auto const& body = circulation.body;
    Tracer const rest{circulation.params, body, Intensity{0}};
    Tracer const running{circulation.params, body, Intensity{1}};
    check_within("output", rest.cardiac_output().value() * ml_per_min, known.output_rest);
    check_within("output at VO2max", running.cardiac_output().value() * ml_per_min, known.output_max);
    check_within("blood volume", rest.blood_volume().value() * 1e6, known.blood);
    check_within("circulation", rest.circulation(body.veins).mean.value(), known.circulation_rest);
    check_within("circulation at VO2max", running.circulation(body.veins).mean.value(),
                 known.circulation_max);
    check_within("pulmonary transit", rest.arrival(body.lungs, body.left_heart).mean.value(),
                 known.pulmonary);
    for (auto const& [organ, range] : known.transit) {
      auto const& vessels = vessels_at(body, organ);
      check_within("transit of " + organ, rest.departure(vessels, vessels).mean.value(), range);
    }
  }
}

TEST_CASE("the blood of man comes round in 12 to 15 s at 25 l per min", "[baseline]") {
  auto loaded = test::load_shipped(
      "sedentary", {"organism.use=\"human\"", "organism.circulation.cardiac_output_max=\"25 l/min\""});
  BodyParams const params{loaded.experiment.organism.circulation, loaded.experiment.organism.brain,
                          Fraction{0.4}};
  auto const body =
      make_body_layout(params.circulation, params.brain, {Fraction{0.1}, 2}, params.working_share);
  Tracer const tracer{params, body, Intensity{1}};
  check_within("circulation", tracer.circulation(body.veins).mean.value(), {12, 15});
}

TEST_CASE("transit through whole organs is dispersed by four to five tenths of its mean", "[baseline]") {
  // Indicator dilution of whole organs, recalled.
  for (auto const& known : {known_mouse(), known_rat(), known_human()}) {
    Circulation const circulation{known};
    auto const& body = circulation.body;
    for (auto const intensity : {0.0, 1.0}) {
      Tracer const tracer{circulation.params, body, Intensity{intensity}};
      for (auto const& bed : body.beds) {
        CAPTURE(known.organism, intensity, bed.name);
        auto const passage = tracer.departure(bed.blood, bed.blood);
        check_within("dispersion", passage.relative_dispersion(), {0.4 - 1e-9, 0.5 + 1e-9});
      }
      check_within("dispersion of the lungs", tracer.departure(body.lungs, body.lungs).relative_dispersion(),
                   {0.4 - 1e-9, 0.5 + 1e-9});
    }
  }
}

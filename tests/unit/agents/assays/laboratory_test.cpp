#include "agents/assays/laboratory.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "core/units.h"
#include "tests/support/runs.h"

using namespace myoaxis;

namespace {

AssayParams flux_of(std::string const& organ, std::vector<Tick> readings, double variation = 0) {
  AssayParams assay;
  assay.name = "flux";
  assay.kind = AssayKind::av_flux;
  assay.organ = organ;
  assay.readings = std::move(readings);
  assay.variation = Fraction{variation};
  return assay;
}

AssayParams dye(std::vector<Tick> readings, std::optional<Intensity> intensity = {}) {
  AssayParams assay;
  assay.name = "dye";
  assay.kind = AssayKind::indicator_dilution;
  assay.from = "right_heart";
  assay.sites = {"lungs"};
  assay.bolus = {Kilograms{1e-9}, Seconds{60}, Seconds{0.05}};
  assay.readings = std::move(readings);
  assay.intensity = intensity;
  return assay;
}

using Numbers = std::map<std::string, Reading>;

/// Readings of the run's only assay at its last time, by name.
Numbers last_readings(Model const& model) {
  Numbers numbers;
  auto const names = quantities_of(model.experiment.assays.front(), model.experiment);
  auto const keep = [&](std::vector<Reading> const& readings) {
    for (auto const& reading : readings) numbers[names[reading.quantity].name] = reading;
  };
  auto organism = make_organism(model);
  test::advance_until(organism, model, model.experiment.assays.front().readings.back() + 60,
                      [&](StepReport const& report) {
                        keep(read_blood(report, model));
                        keep(read_states(organism, model));
                      });
  return numbers;
}

Experiment with(AssayParams assay, std::vector<std::string> const& sets = {"factors=[\"lactate\"]"}) {
  auto experiment = test::day_with_run(sets);
  experiment.assays = {std::move(assay)};
  return experiment;
}

AssayParams label(std::vector<Tick> readings) {
  AssayParams assay;
  assay.name = "survival";
  assay.kind = AssayKind::brdu;
  assay.injections = {Tick{0}};
  assay.readings = std::move(readings);
  assay.variation = Fraction{0.2};
  return assay;
}

/// The names of all readings of a run that are no curves.
std::vector<std::string> names_in_a_run(Experiment const& experiment, Tick until) {
  Model const model{experiment};
  std::vector<std::string> names;
  auto const keep = [&](std::vector<Reading> const& readings) {
    for (auto const& reading : readings) {
      auto const& assay = experiment.assays[reading.assay];
      if (reading.curve.empty())
        names.push_back(
            reading_name(assay.name, quantities_of(assay, experiment)[reading.quantity].name, reading.time));
    }
  };
  auto organism = make_organism(model);
  test::advance_until(organism, model, until, [&](StepReport const& report) {
    keep(read_blood(report, model));
    keep(read_states(organism, model));
  });
  return names;
}

}  // namespace

TEST_CASE("a reading goes by its assay, quantity and instant", "[law]") {
  CHECK(reading_name("survival", "total", Tick{42 * kDay}) == "survival.total.day_42");
  CHECK(reading_name("draw", "il6", Tick{41 * kDay + 8 * kHour}) == "draw.il6.day_41_08:00");
  CHECK(reading_name("draw", "il6", Tick{-5}) == "draw.il6.day_-1_23:59:55");
}

TEST_CASE("the names of the readings are known without a run", "[law]") {
  auto experiment = with(label({Tick{kHour}, Tick{3 * kHour}}));
  experiment.assays.push_back(flux_of("muscle", {Tick{2 * kHour}}));
  experiment.assays.push_back(dye({Tick{kHour}}));
  auto expected = reading_names(experiment);
  auto found = names_in_a_run(experiment, Tick{4 * kHour});
  std::ranges::sort(expected);
  std::ranges::sort(found);
  CHECK(found == expected);
  CHECK(std::ranges::count(found, "survival.total.day_0_03:00") == 1);
}

TEST_CASE("labeled cells in all are those counted in each stage", "[law]") {
  Model const model{with(label({Tick{3 * kHour}}))};
  auto const found = last_readings(model);
  REQUIRE(found.size() == kStageNames.size() + 1);
  double measured = 0, truth = 0;
  for (auto const stage : kStageNames) {
    measured += found.at(std::string{stage}).measured;
    truth += found.at(std::string{stage}).truth;
  }
  CHECK(truth > 0);
  CHECK(found.at("total").truth == Approx(truth));
  CHECK(found.at("total").measured == Approx(measured));
  CHECK(found.at("total").measured != Approx(truth).epsilon(1e-9));
}

TEST_CASE("an organ takes from blood at rest what it clears", "[conservation]") {
  Model const model{with(flux_of("kidney", {Tick{600}}), {"transport.engine=\"mean\""})};
  auto const numbers = last_readings(model);
  for (auto const& factor : model.factors) {
    CAPTURE(factor.params.name);
    auto const sink = factor.layout.find_sink("kidney");
    if (!sink) continue;
    double cleared = 0;  // mol/s
    auto const generator =
        body_generator(model.body_params(), model.body, factor.params, factor.layout, Intensity{0});
    for (auto const& rate : generator.rates()) {
      if (rate.to == factor.layout.place(*sink)) cleared += rate.per_second * factor.rest_content[rate.from];
    }
    auto const expected = -cleared / factor.quanta_per_kilogram() * conversion_factor("kg s-1", "ng/min");
    auto const& flux = numbers.at(factor.params.name + "_flux");
    CHECK(flux.truth == Approx(expected).epsilon(1e-7));
    CHECK(std::abs(flux.truth / (1.02 * expected) - 1) > 0.01);
    auto const grams = model.body.bed("kidney").mass.value() * 1000;
    CHECK(numbers.at(factor.params.name + "_flux_per_mass").truth == Approx(expected / grams).epsilon(1e-7));
    CHECK(numbers.at(factor.params.name + "_vein").truth < numbers.at(factor.params.name + "_artery").truth);
  }
}

TEST_CASE("an organ that neither releases nor clears adds nothing to blood at rest", "[conservation]") {
  // What leaves by lymph, too, is missing in the vein: a capillary wall that lets nothing pass stops it.
  std::string const here = "factor.lactate.organism.mouse.";
  std::vector<std::string> const tight{"factors=[\"lactate\"]", here + "exchange_per_lymph=0",
                                       here + "reflection=1"};
  auto const organ = GENERATE(as<std::string>{}, "skin", "fat", "bone", "gut");
  auto const numbers = last_readings(Model{with(flux_of(organ, {Tick{600}}), tight)});
  CAPTURE(organ);
  auto const artery = numbers.at("lactate_artery").truth;
  CHECK(artery > 0);
  CHECK(numbers.at("lactate_vein").truth == Approx(artery).epsilon(1e-9));
  // The wall as it is lets through what the lymph carries.
  auto const leaky = last_readings(Model{with(flux_of(organ, {Tick{600}}), {"factors=[\"lactate\"]"})});
  CHECK(leaky.at("lactate_flux").truth < -1e6 * std::abs(numbers.at("lactate_flux").truth));
}

TEST_CASE("an organ of several beds is sampled as a whole") {
  auto const sets = std::vector<std::string>{"transport.engine=\"mean\"", "factors=[\"il6\"]"};
  Tick const in_session{kHour + 600};
  auto const whole = last_readings(Model{with(flux_of("muscle", {in_session}), sets)});
  auto const working = last_readings(Model{with(flux_of("muscle.working", {in_session}), sets)});
  auto const resting = last_readings(Model{with(flux_of("muscle.resting", {in_session}), sets)});
  for (auto const* quantity : {"il6_flow", "il6_flux"}) {
    CAPTURE(quantity);
    CHECK(whole.at(quantity).truth ==
          Approx(working.at(quantity).truth + resting.at(quantity).truth).epsilon(1e-10));
  }
  CHECK(whole.at("il6_artery").truth == resting.at("il6_artery").truth);
  CHECK(working.at("il6_flow").truth > 3 * resting.at("il6_flow").truth);  // in exercise
  CHECK(working.at("il6_flux").truth > 0);
}

TEST_CASE("the error of a flux comes from those of the samples and the flow", "[reproducible]") {
  auto const noisy = with(flux_of("muscle", {Tick{600}}, 0.05), {"factors=[\"il6\"]"});
  auto const numbers = last_readings(Model{noisy});
  auto const measured = [&](std::string const& name) { return numbers.at(name).measured; };
  for (auto const* name : {"il6_artery", "il6_vein", "il6_flow"}) {
    CHECK(measured(name) != numbers.at(name).truth);
    CHECK(measured(name) == Approx(numbers.at(name).truth).epsilon(0.25));  // 5 standard deviations
  }
  Model const model{noisy};
  auto const mass_units = conversion_factor("kg m-3", "ng/ml") / model.factors[0].params.per_blood_unit;
  CHECK(measured("il6_flux") ==
        Approx(measured("il6_flow") * mass_units * (measured("il6_vein") - measured("il6_artery")))
            .epsilon(1e-9));
  CHECK(last_readings(Model{noisy}).at("il6_flux").measured == measured("il6_flux"));
}

TEST_CASE("a dye sees the flows of its instant, or those that it is asked for") {
  auto const output = [](AssayParams assay) {
    return last_readings(Model{with(std::move(assay))}).at("lungs_cardiac_output");
  };
  auto const& circulation = test::mouse().circulation;
  auto const ml_per_min = conversion_factor("m3 s-1", "ml/min");
  auto const rest = output(dye({Tick{600}}));
  CHECK(rest.truth == Approx(circulation.cardiac_output.value() * ml_per_min).epsilon(1e-12));
  CHECK(rest.measured == Approx(rest.truth).epsilon(0.02));
  // 20 min at 70 %VO2max follow 20 min at 45 %.
  auto const rise = circulation.cardiac_output_max.value() - circulation.cardiac_output.value();
  auto const late = output(dye({Tick{kHour + 2340}}));
  CHECK(late.truth == Approx((circulation.cardiac_output.value() + 0.7 * rise) * ml_per_min).epsilon(1e-6));
  CHECK(late.measured == Approx(late.truth).epsilon(0.02));
  auto const asked = output(dye({Tick{600}}, Intensity{1}));
  CHECK(asked.truth == Approx(circulation.cardiac_output_max.value() * ml_per_min).epsilon(1e-12));
}

TEST_CASE("a dye of the plasma stands higher by the hematocrit and shows the same output") {
  auto assay = dye({Tick{600}});
  auto const blood = last_readings(Model{with(assay)});
  assay.bolus.space = BloodSpace::plasma;
  auto const plasma = last_readings(Model{with(assay)});
  auto const share = 1 - test::mouse().circulation.hematocrit.value();
  CHECK(plasma.at("lungs").curve[30] * share == Approx(blood.at("lungs").curve[30]).epsilon(1e-12));
  for (auto const* quantity : {"lungs_cardiac_output", "lungs_blood_volume", "lungs_recirculation_time"})
    CHECK(plasma.at(quantity).measured == Approx(blood.at(quantity).measured).epsilon(1e-12));
  // Round the mouse in 8.4 s: its blood comes round by the shortest ways before that, and after the first
  // peak.
  CHECK(blood.at("lungs_recirculation_time").truth > 2 * blood.at("lungs_peak_time").truth);
  CHECK(blood.at("lungs_recirculation_time").truth < 10);
}

TEST_CASE("a dye curve has its samples, and no error without one") {
  auto assay = dye({Tick{600}});
  auto const clean = last_readings(Model{with(assay)}).at("lungs");
  CHECK(clean.curve.size() == 1201);
  CHECK(clean.curve == clean.true_curve);
  assay.variation = Fraction{0.1};
  auto const noisy = last_readings(Model{with(assay)}).at("lungs");
  CHECK(noisy.true_curve == clean.true_curve);
  std::size_t different = 0;
  for (std::size_t i = 1; i < noisy.curve.size(); ++i) different += noisy.curve[i] != noisy.true_curve[i];
  CHECK(different == 1200);
  CHECK(noisy.curve[7] / noisy.true_curve[7] != noisy.curve[8] / noisy.true_curve[8]);
}

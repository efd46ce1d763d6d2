#include "agents/assays/laboratory.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

#include "agents/assays/circulation_assays.h"
#include "agents/hippocampus/label.h"

namespace myoaxis {
namespace {

bool is_due(AssayParams const& assay, Tick now) {
  return std::find(assay.readings.begin(), assay.readings.end(), now) != assay.readings.end();
}

/// Numbers of the factors that an assay of blood reads.
std::vector<std::size_t> factors_of(AssayParams const& assay, Experiment const& experiment) {
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < experiment.factors.size(); ++i) {
    auto const& names = assay.factors;
    auto const read = std::find(names.begin(), names.end(), experiment.factors[i].name) != names.end();
    if (names.empty() || read) numbers.push_back(i);
  }
  return numbers;
}

std::vector<double> true_states(AssayParams const& assay, Organism const& organism, Model const& model) {
  auto const& params = model.experiment.organism;
  auto const scale = 1 / model.dentate_fraction();
  std::vector<double> values;
  if (assay.kind == AssayKind::brdu) {
    for (auto const count : count_labeled(organism.neurons, params.label)) {
      values.push_back(static_cast<double>(count) * scale);
    }
  } else if (assay.kind == AssayKind::dcx) {
    auto const count = count_doublecortin(organism.neurons, params.label, organism.now);
    values.push_back(static_cast<double>(count) * scale);
  } else if (assay.kind == AssayKind::capacity) {
    auto const strength = strength_of(model.pool, organism.units);
    auto const fresh = capacity_of(model.pool, organism.units);
    values = {1 + organism.aerobic.rise, strength * fresh * params.central.drive.voluntary_activation.value(),
              strength};
  }
  return values;
}

/// All labeled cells, as whoever counted those of each stage adds them up.
Reading total_of(std::vector<Reading> const& stages) {
  Reading total{stages.front().assay, stages.size(), stages.front().time};
  for (auto const& stage : stages) {
    total.measured += stage.measured;
    total.truth += stage.truth;
  }
  return total;
}

std::vector<Reading> read_state(std::size_t number, Organism const& organism, Model const& model) {
  auto const& assay = model.experiment.assays[number];
  if (assay.kind == AssayKind::indicator_dilution) return read_dilution(number, organism, model);
  if (assay.kind == AssayKind::circulation_times) return read_circulation_times(number, organism, model);
  std::vector<Reading> readings;
  for (auto const value : true_states(assay, organism, model)) {
    readings.push_back(measure(number, assay, readings.size(), value, organism.now, model.experiment.luck));
  }
  if (assay.kind == AssayKind::brdu) readings.push_back(total_of(readings));
  return readings;
}

std::vector<Reading> read_levels(std::size_t number, StepReport const& report, Model const& model) {
  auto const& assay = model.experiment.assays[number];
  std::vector<Reading> readings;
  for (auto const k : factors_of(assay, model.experiment)) {
    auto const& seen = report.factors[k];
    auto const level = assay.site == BloodSite::artery ? seen.artery : seen.vein;
    readings.push_back(measure(number, assay, readings.size(),
                               level.value() * model.factors[k].params.per_blood_unit, report.step.begin,
                               model.experiment.luck));
  }
  return readings;
}

void append_readings(std::vector<Reading>& all, std::vector<Reading> more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

}  // namespace

std::vector<AssayQuantity> quantities_of(AssayParams const& assay, Experiment const& experiment) {
  std::vector<AssayQuantity> quantities;
  switch (assay.kind) {
    case AssayKind::blood:
      for (auto const k : factors_of(assay, experiment)) {
        auto const& factor = experiment.factors[k];
        quantities.push_back({factor.name, factor.blood_unit,
                              fmt::format("{} in {} {}", factor.long_name,
                                          assay.site == BloodSite::artery ? "arterial" : "venous",
                                          factor.space == BloodSpace::plasma ? "plasma" : "blood")});
      }
      break;
    case AssayKind::brdu:
      for (auto const stage : kStageNames) {
        quantities.push_back({std::string{stage}, "1",
                              "labeled cells of both dentate gyri in the stage " + std::string{stage}});
      }
      quantities.push_back({"total", "1", "labeled cells of both dentate gyri, of all stages"});
      break;
    case AssayKind::dcx:
      quantities.push_back({"dcx", "1", "doublecortin-positive cells of both dentate gyri"});
      break;
    case AssayKind::capacity:
      quantities.push_back({"vo2max", "1", "maximal oxygen uptake, relative to untrained"});
      quantities.push_back({"mvc", "1", "maximal voluntary force, relative to the untrained rested muscle"});
      quantities.push_back({"one_repetition_maximum", "1", "rested maximal load, relative to untrained"});
      break;
    case AssayKind::av_flux:
      return flux_quantities(assay, experiment, factors_of(assay, experiment));
    case AssayKind::indicator_dilution:
      return dilution_quantities(assay);
    case AssayKind::circulation_times:
      return circulation_quantities(assay);
  }
  return quantities;
}

std::vector<std::string> reading_names(Experiment const& experiment) {
  std::vector<std::string> names;
  for (auto const& assay : experiment.assays) {
    for (auto const& quantity : quantities_of(assay, experiment)) {
      if (quantity.form == QuantityForm::curve) continue;
      for (auto const time : assay.readings) names.push_back(reading_name(assay.name, quantity.name, time));
    }
  }
  return names;
}

std::vector<Reading> read_states(Organism const& organism, Model const& model) {
  std::vector<Reading> readings;
  auto const& assays = model.experiment.assays;
  for (std::size_t i = 0; i < assays.size(); ++i) {
    if (draws_blood(assays[i].kind) || !is_due(assays[i], organism.now)) continue;
    append_readings(readings, read_state(i, organism, model));
  }
  return readings;
}

std::vector<Reading> read_blood(StepReport const& report, Model const& model) {
  std::vector<Reading> readings;
  auto const& assays = model.experiment.assays;
  for (std::size_t i = 0; i < assays.size(); ++i) {
    if (!draws_blood(assays[i].kind) || !is_due(assays[i], report.step.begin)) continue;
    append_readings(readings, assays[i].kind == AssayKind::blood
                                  ? read_levels(i, report, model)
                                  : read_flux(i, report, model, factors_of(assays[i], model.experiment)));
  }
  return readings;
}

}  // namespace myoaxis

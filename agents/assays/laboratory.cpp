#include "agents/assays/laboratory.h"

#include <algorithm>

#include "agents/hippocampus/label.h"
#include "core/distributions.h"

namespace myoaxis {
namespace {

bool is_due(AssayParams const& assay, Tick now) {
  return std::find(assay.readings.begin(), assay.readings.end(), now) != assay.readings.end();
}

bool reads(AssayParams const& assay, FactorParams const& factor) {
  auto const& names = assay.factors;
  return names.empty() || std::find(names.begin(), names.end(), factor.name) != names.end();
}

/// What an instrument shows of a true value. The draw is addressed by the assay's name, the quantity and the
/// time.
Reading measure(std::size_t number, AssayParams const& assay, std::size_t quantity, double truth, Tick time,
                Luck luck) {
  Draws draws{luck, Purpose::measurement, child_key(name_key(assay.name), quantity), time.seconds()};
  auto const error =
      assay.variation.value() > 0 ? sample_unit_lognormal(draws, assay.variation.value()) : 1.0;
  return {number, quantity, time, truth * error, truth};
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

}  // namespace

std::vector<AssayQuantity> quantities_of(AssayParams const& assay, Model const& model) {
  std::vector<AssayQuantity> quantities;
  switch (assay.kind) {
    case AssayKind::blood:
      for (auto const& factor : model.factors) {
        if (!reads(assay, factor.params)) continue;
        quantities.push_back({factor.params.name, factor.params.blood_unit, factor.params.long_name});
      }
      break;
    case AssayKind::brdu:
      for (auto const stage : kStageNames) {
        quantities.push_back({std::string{stage}, "1",
                              "labeled cells of both dentate gyri in the stage " + std::string{stage}});
      }
      break;
    case AssayKind::dcx:
      quantities.push_back({"dcx", "1", "doublecortin-positive cells of both dentate gyri"});
      break;
    case AssayKind::capacity:
      quantities.push_back({"vo2max", "1", "maximal oxygen uptake, relative to untrained"});
      quantities.push_back({"mvc", "1", "maximal voluntary force, relative to the untrained rested muscle"});
      quantities.push_back({"one_repetition_maximum", "1", "rested maximal load, relative to untrained"});
      break;
  }
  return quantities;
}

std::vector<Reading> read_states(Organism const& organism, Model const& model) {
  std::vector<Reading> readings;
  auto const& assays = model.experiment.assays;
  for (std::size_t i = 0; i < assays.size(); ++i) {
    if (assays[i].kind == AssayKind::blood || !is_due(assays[i], organism.now)) continue;
    auto const values = true_states(assays[i], organism, model);
    for (std::size_t k = 0; k < values.size(); ++k) {
      readings.push_back(measure(i, assays[i], k, values[k], organism.now, model.experiment.luck));
    }
  }
  return readings;
}

std::vector<Reading> read_blood(StepReport const& report, Model const& model) {
  std::vector<Reading> readings;
  auto const& assays = model.experiment.assays;
  for (std::size_t i = 0; i < assays.size(); ++i) {
    if (assays[i].kind != AssayKind::blood || !is_due(assays[i], report.step.begin)) continue;
    std::size_t quantity = 0;
    for (std::size_t k = 0; k < model.factors.size(); ++k) {
      auto const& factor = model.factors[k].params;
      if (!reads(assays[i], factor)) continue;
      auto const& seen = report.factors[k];
      auto const level = assays[i].site == BloodSite::artery ? seen.artery : seen.vein;
      readings.push_back(measure(i, assays[i], quantity++, level.value() * factor.per_blood_unit,
                                 report.step.begin, model.experiment.luck));
    }
  }
  return readings;
}

}  // namespace myoaxis

#include "io/validation/recorded_run.h"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>

#include "core/units.h"
#include "io/config/diagnostics.h"
#include "io/experiment/time_text.h"

namespace myoaxis {
namespace {

/// The last time at which an assay reads, or the beginning.
Tick last_reading(Model const& model) {
  auto last = model.begin();
  for (auto const& assay : model.experiment.assays) {
    if (!assay.readings.empty()) last = std::max(last, assay.readings.back());
  }
  return last;
}

NoSuchNumber no_such(std::string_view what, std::string const& name, std::vector<std::string> const& known) {
  auto const hint = did_you_mean(name, known);
  return NoSuchNumber{fmt::format("the run has no {} '{}'{}", what, name, hint)};
}

double taken(std::vector<double> const& values, Take take) {
  switch (take) {
    case Take::last:
      return values.back();
    case Take::first:
      return values.front();
    case Take::mean:
      return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    case Take::largest:
      return *std::max_element(values.begin(), values.end());
    case Take::smallest:
      return *std::min_element(values.begin(), values.end());
  }
  return values.back();
}

}  // namespace

RecordedRun::RecordedRun(LoadedExperiment const& loaded, PropagatorStore* store, bool wants_outcomes)
    : end_{loaded.experiment.schedule.duration} {
  Model const model{loaded.experiment, store};
  auto organism = make_organism(model);
  for (auto const& assay : model.experiment.assays)
    assays_[assay.name].quantities = quantities_of(assay, model);
  Summary summary{model};
  keep(read_states(organism, model), model);
  auto const last = last_reading(model);
  // Blood that is drawn at the last reading needs one step more.
  while (organism.now < model.end() && (wants_outcomes || organism.now <= last)) {
    auto const report = advance(organism, model, model.planner.next(organism.now));
    summary.see(report, organism);
    keep(read_blood(report, model), model);
    keep(read_states(organism, model), model);
  }
  if (wants_outcomes) outcomes_ = summary.outcomes(organism);
}

void RecordedRun::keep(std::vector<Reading> readings, Model const& model) {
  for (auto& reading : readings)
    assays_[model.experiment.assays[reading.assay].name].readings.push_back(std::move(reading));
}

UnitNumber RecordedRun::read(NumberAddress const& address) const {
  return address.assay.empty() ? read_outcome(address.name) : read_assay(address);
}

UnitNumber RecordedRun::read_outcome(std::string const& name) const {
  std::vector<std::string> known;
  for (auto const& outcome : outcomes_) {
    if (outcome.name == name) return {outcome.value, outcome.unit};
    known.push_back(outcome.name);
  }
  throw no_such("outcome", name, known);
}

UnitNumber RecordedRun::read_assay(NumberAddress const& address) const {
  std::vector<std::string> known;
  for (auto const& [name, assay] : assays_) known.push_back(name);
  auto const found = assays_.find(address.assay);
  if (found == assays_.end()) throw no_such("assay", address.assay, known);
  auto const& [quantities, readings] = found->second;
  known.clear();
  for (auto const& quantity : quantities) {
    if (quantity.form == QuantityForm::number) known.push_back(quantity.name);
  }
  if (std::find(known.begin(), known.end(), address.name) == known.end())
    throw no_such("number in the assay '" + address.assay + "' called", address.name, known);
  std::vector<double> values;
  std::string unit;
  for (auto const& reading : readings) {
    auto const& quantity = quantities[reading.quantity];
    if (quantity.name != address.name) continue;
    if (!address.at.empty() && reading.time != parse_instant(address.at, end_)) continue;
    unit = quantity.unit;
    values.push_back(address.truth ? reading.truth : reading.measured);
  }
  if (values.empty()) {
    auto const when = address.at.empty() ? std::string{} : " at " + address.at;
    throw NoSuchNumber{fmt::format("the assay '{}' has no reading{}", address.assay, when)};
  }
  return {taken(values, address.take), unit};
}

}  // namespace myoaxis

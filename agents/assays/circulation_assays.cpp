#include "agents/assays/circulation_assays.h"

#include <fmt/core.h>

#include <algorithm>

#include "agents/assays/dilution_curve.h"
#include "agents/assays/tracer.h"
#include "core/units.h"

namespace myoaxis {
namespace {

/// Sites are named as data sets are: "muscle.working" is muscle_working.
std::string data_name(std::string site) {
  std::replace(site.begin(), site.end(), '.', '_');
  return site;
}

/// The flows that an assay of the circulation sees, where it does not take those of the subject.
std::string flows_text(AssayParams const& assay) {
  if (!assay.intensity) return "";
  return fmt::format(", with steady flows of {:.4g} % of VO2max", 100 * assay.intensity->value());
}

Tracer tracer_for(AssayParams const& assay, Organism const& organism, Model const& model) {
  auto const& ladder = model.ladder;
  auto const now = ladder.intensity(ladder.nearest(Intensity{organism.flow_response}));
  return Tracer{model.body_params(), model.body, assay.intensity.value_or(now)};
}

/// The numbers of a dilution at one site, in the order of `dilution_quantities`.
std::vector<double> numbers_of(DilutionReading const& reading) {
  static auto const ml_per_min = conversion_factor("m3 s-1", "ml/min");
  static auto const ml = conversion_factor("m3", "ml");
  return {reading.flow.value() * ml_per_min, reading.mean_transit.value(),
          reading.appearance.value(),        reading.peak.value(),
          reading.recirculation.value(),     reading.recirculation_peak.value(),
          reading.volume.value() * ml,       reading.circulation_time.value()};
}

/// Numbers of a reading, one after another.
class ReadingList {
 public:
  ReadingList(std::size_t number, AssayParams const& assay, Tick time, Luck luck)
      : number_{number}, assay_{assay}, time_{time}, luck_{luck} {}

  void measure(double truth) {
    list_.push_back(myoaxis::measure(number_, assay_, list_.size(), truth, time_, luck_));
  }
  void derive(double measured, double truth) {
    list_.push_back({number_, list_.size(), time_, measured, truth});
  }
  /// Adds a curve with an error in each sample; gives what was measured.
  std::vector<double> const& measure_curve(std::vector<double> truth, double per_unit) {
    Reading reading{number_, list_.size(), time_};
    for (std::size_t i = 0; i < truth.size(); ++i) {
      truth[i] *= per_unit;
      reading.curve.push_back(with_error(truth[i], assay_, reading.quantity, i, time_, luck_));
    }
    reading.true_curve = std::move(truth);
    list_.push_back(std::move(reading));
    return list_.back().curve;
  }
  std::vector<Reading> take() { return std::move(list_); }
  double last_measured() const { return list_.back().measured; }

 private:
  std::size_t number_;
  AssayParams const& assay_;
  Tick time_;
  Luck luck_;
  std::vector<Reading> list_;
};

}  // namespace

std::vector<AssayQuantity> dilution_quantities(AssayParams const& assay) {
  std::vector<AssayQuantity> quantities;
  for (auto const& site : assay.sites) {
    auto const name = data_name(site);
    auto const at =
        fmt::format(" at the site {} (injected at the site {}{})", site, assay.from, flows_text(assay));
    auto const space = std::string{assay.bolus.space == BloodSpace::blood ? "whole blood" : "plasma"};
    quantities.push_back({name, "mg/l", "indicator in " + space + at, QuantityForm::curve});
    quantities.push_back(
        {name + "_cardiac_output", "ml/min", "cardiac output, dose over area of the first passage," + at});
    quantities.push_back({name + "_mean_transit_time", "s",
                          "mean time from the injection to leaving the site, first passage," + at});
    quantities.push_back({name + "_appearance_time", "s", "time from the injection to 5 % of the peak" + at});
    quantities.push_back({name + "_peak_time", "s", "time from the injection to the peak" + at});
    quantities.push_back({name + "_recirculation_time", "s",
                          "time from the injection to the peak of what comes round again" + at});
    quantities.push_back({name + "_recirculation_peak", "1", "height of that peak over the first" + at});
    quantities.push_back(
        {name + "_blood_volume", "ml", "dose over concentration at the end of the record" + at});
    quantities.push_back({name + "_circulation_time", "s",
                          "mean time round the circulation, blood volume over cardiac output," + at});
  }
  return quantities;
}

std::vector<Reading> read_dilution(std::size_t number, Organism const& organism, Model const& model) {
  auto const& assay = model.experiment.assays[number];
  auto const tracer = tracer_for(assay, organism, model);
  auto const& from = vessels_at(model.body, assay.from);
  std::vector<Vessels const*> sites;
  for (auto const& site : assay.sites) sites.push_back(&vessels_at(model.body, site));
  auto const& bolus = assay.bolus;
  auto const curves = tracer.curves(from, sites, bolus.dose.value(), bolus.every, bolus.samples());
  auto const circulation = tracer.circulation(from);
  // A plasma dye fills what the hematocrit, which the laboratory knows, leaves.
  auto const share =
      bolus.space == BloodSpace::blood ? 1 : 1 - model.experiment.organism.circulation.hematocrit.value();
  auto const shown_unit = conversion_factor("kg m-3", "mg/l") / share;
  ReadingList readings{number, assay, organism.now, model.experiment.luck};
  for (std::size_t i = 0; i < sites.size(); ++i) {
    auto measured = readings.measure_curve(curves[i], shown_unit);
    for (auto& sample : measured) sample /= shown_unit;
    auto truth = read_dilution_curve(curves[i], bolus.every, bolus.dose);
    truth.flow = tracer.cardiac_output();
    truth.mean_transit = tracer.departure(from, *sites[i]).mean;
    truth.volume = tracer.blood_volume();
    truth.circulation_time = circulation.mean;
    auto const shown = numbers_of(read_dilution_curve(measured, bolus.every, bolus.dose));
    auto const behind = numbers_of(truth);
    for (std::size_t k = 0; k < shown.size(); ++k) readings.derive(shown[k], behind[k]);
  }
  return readings.take();
}

std::vector<AssayQuantity> circulation_quantities(AssayParams const& assay) {
  auto const flows = flows_text(assay);
  std::vector<AssayQuantity> quantities{
      {"circulation_time", "s",
       "mean time from entering the site " + assay.from + " to entering it again" + flows},
      {"circulation_time_deviation", "s",
       "standard deviation of the time from entering the site " + assay.from + " to entering it again" +
           flows}};
  for (auto const& site : assay.sites) {
    auto const way = "from entering the site " + assay.from + " to entering the site " + site;
    quantities.push_back({data_name(site) + "_time", "s", "mean time " + way + " in one round" + flows});
    quantities.push_back(
        {data_name(site) + "_time_deviation", "s", "standard deviation of the time " + way + flows});
    quantities.push_back(
        {data_name(site) + "_share", "1", "share of the blood that goes " + way + " in one round" + flows});
  }
  return quantities;
}

std::vector<Reading> read_circulation_times(std::size_t number, Organism const& organism,
                                            Model const& model) {
  auto const& assay = model.experiment.assays[number];
  auto const tracer = tracer_for(assay, organism, model);
  auto const& from = vessels_at(model.body, assay.from);
  ReadingList readings{number, assay, organism.now, model.experiment.luck};
  auto const round = tracer.circulation(from);
  readings.measure(round.mean.value());
  readings.measure(round.deviation().value());
  for (auto const& site : assay.sites) {
    auto const way = tracer.arrival(from, vessels_at(model.body, site));
    readings.measure(way.mean.value());
    readings.measure(way.deviation().value());
    readings.measure(way.probability);
  }
  return readings.take();
}

std::vector<AssayQuantity> flux_quantities(AssayParams const& assay, Experiment const& experiment,
                                           std::vector<std::size_t> const& factors) {
  std::vector<AssayQuantity> quantities;
  for (auto const number : factors) {
    auto const& factor = experiment.factors[number];
    auto const of = factor.long_name;
    auto const fluid = std::string{factor.space == BloodSpace::plasma ? "plasma" : "blood"};
    quantities.push_back({factor.name + "_artery", factor.blood_unit, of + " in arterial " + fluid});
    quantities.push_back(
        {factor.name + "_vein", factor.blood_unit, of + " in venous " + fluid + " of " + assay.organ});
    quantities.push_back({factor.name + "_flow", "ml/min", "flow of " + fluid + " through " + assay.organ});
    quantities.push_back(
        {factor.name + "_flux", "ng/min", of + " that " + assay.organ + " adds to blood, net"});
    quantities.push_back({factor.name + "_flux_per_mass", "ng min-1 g-1",
                          of + " that " + assay.organ + " adds to blood, net, per mass of it"});
  }
  return quantities;
}

namespace {

/// An organ's blood as the samples see it.
struct OrganBlood {
  double artery = 0, vein = 0;  // kg/m^3, the vein mixed from all beds of the organ
  double flow = 0;              // m^3/s of the factor's space of blood
  double mass = 0;              // kg
};

OrganBlood blood_of(std::string const& organ, FactorModel const& factor, FactorReport const& seen,
                    Model const& model) {
  auto const params = model.body_params();
  auto const flows = plasma_flows(params, model.body, model.ladder.intensity(seen.flow_state));
  OrganBlood blood{seen.artery.value()};
  for (std::size_t i = 0; i < model.body.beds.size(); ++i) {
    auto const& bed = model.body.beds[i];
    if (bed.name != organ && params.circulation.organs[bed.organ].name != organ) continue;
    auto const flow = flows[i].value() * factor.space_per_plasma();
    blood.vein += flow * seen.bed_vein[i].value();
    blood.flow += flow;
    blood.mass += bed.mass.value();
  }
  blood.vein /= blood.flow;
  return blood;
}

}  // namespace

std::vector<Reading> read_flux(std::size_t number, StepReport const& report, Model const& model,
                               std::vector<std::size_t> const& factors) {
  auto const& assay = model.experiment.assays[number];
  auto const ml_per_min = conversion_factor("m3 s-1", "ml/min");
  auto const ng_per_min = conversion_factor("kg s-1", "ng/min");
  ReadingList readings{number, assay, report.step.begin, model.experiment.luck};
  for (auto const k : factors) {
    auto const& factor = model.factors[k];
    auto const truth = blood_of(assay.organ, factor, report.factors[k], model);
    auto const scale = factor.params.per_blood_unit;
    OrganBlood shown = truth;
    readings.measure(truth.artery * scale);
    shown.artery = readings.last_measured() / scale;
    readings.measure(truth.vein * scale);
    shown.vein = readings.last_measured() / scale;
    readings.measure(truth.flow * ml_per_min);
    shown.flow = readings.last_measured() / ml_per_min;
    auto const flux = [&](OrganBlood const& blood) {
      return blood.flow * (blood.vein - blood.artery) * ng_per_min;
    };
    readings.derive(flux(shown), flux(truth));
    auto const grams = truth.mass * conversion_factor("kg", "g");
    readings.derive(flux(shown) / grams, flux(truth) / grams);
  }
  return readings.take();
}

}  // namespace myoaxis

#include "io/experiment/laboratory_config.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>

#include "core/units.h"
#include "io/experiment/time_text.h"

namespace myoaxis {
namespace {

constexpr std::array<std::string_view, 3> kInterventions{"knockout", "block", "infuse"};
constexpr std::array<std::string_view, 7> kAssays{
    "blood", "brdu", "dcx", "capacity", "av_flux", "indicator_dilution", "circulation_times"};
constexpr std::array<std::string_view, 2> kBloodSites{"artery", "vein"};
constexpr std::array<std::string_view, 1> kMatrices{"plasma"};
constexpr std::array<std::string_view, 5> kVesselSites{"vein", "right_heart", "lungs", "left_heart",
                                                       "artery"};
constexpr std::array<std::string_view, 2> kDyeSpaces{"blood", "plasma"};
constexpr std::array<std::string_view, 3> kInjectionSites{"vein", "right_heart", "artery"};
constexpr std::size_t kMostTimes = 100'000;

/// Where an infusion may go besides the organs.
constexpr std::array<std::string_view, 6> kInfusionSites{"vein",    "artery",      "csf",
                                                         "dentate", "hippocampus", "brain"};

template <std::size_t N>
int index_of(std::array<std::string_view, N> const& names, std::string_view name) {
  auto const found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? 0 : static_cast<int>(found - names.begin());
}

std::vector<std::string_view> names_of_factors(Experiment const& experiment) {
  std::vector<std::string_view> names;
  for (auto const& factor : experiment.factors) names.push_back(factor.name);
  return names;
}

Tick end_of(Experiment const& experiment) { return Tick{experiment.schedule.duration}; }

/// An instant of the run; what is wrong with it is reported.
std::optional<Tick> read_instant(Section& section, std::string_view key, std::string_view text,
                                 Experiment const& experiment) {
  auto const begin = Tick{-experiment.schedule.baseline};
  try {
    auto const instant = parse_instant(text, end_of(experiment));
    if (instant >= begin && instant <= end_of(experiment)) return instant;
    section.fail(key, fmt::format("'{}' lies outside of the run, which goes from {} to {}", text,
                                  to_string(begin), to_string(end_of(experiment))));
  } catch (UnitError const& error) {
    section.fail(key, error.what());
  }
  return std::nullopt;
}

std::optional<Tick> read_optional_instant(Section& section, std::string_view key, std::string_view meaning,
                                          Experiment const& experiment) {
  auto const text = section.text_or(key, "", meaning);
  return text.empty() ? std::nullopt : read_instant(section, key, text, experiment);
}

std::vector<Tick> read_instants(Section& section, std::string_view key, std::string_view meaning,
                                Experiment const& experiment) {
  std::vector<Tick> instants;
  for (auto const& text : section.texts_or(key, meaning)) {
    if (auto const instant = read_instant(section, key, text, experiment)) instants.push_back(*instant);
  }
  std::sort(instants.begin(), instants.end());
  instants.erase(std::unique(instants.begin(), instants.end()), instants.end());
  return instants;
}

void read_infusion(InterventionParams& intervention, Section& section, Experiment const& experiment) {
  std::vector<std::string_view> sites{kInfusionSites.begin(), kInfusionSites.end()};
  for (auto const& organ : experiment.organism.circulation.organs) {
    if (organ.name != "muscle" && organ.name != "brain") sites.push_back(organ.name);
  }
  intervention.site = section.choice("site", sites, "where the infusion goes");
  intervention.rate = section.quantity<KilogramsPerSecond>("rate", positive(), "rate of the infusion");
}

InterventionParams read_intervention(Section section, Experiment const& experiment) {
  InterventionParams intervention;
  intervention.kind = InterventionKind{index_of(
      kInterventions, section.choice("kind", kInterventions, "what is done: knockout, block or infuse"))};
  intervention.factor = section.choice("factor", names_of_factors(experiment), "to which factor");
  if (section.has_problem("kind")) return intervention;  // other keys belong to other kinds
  if (intervention.kind == InterventionKind::infuse) read_infusion(intervention, section, experiment);
  if (intervention.kind == InterventionKind::block) {
    constexpr std::array<std::string_view, 1> sites{"brain"};
    intervention.site = section.choice_or("site", "brain", sites, "where receptors are blocked");
    intervention.fraction = section.quantity_or<Fraction>("fraction", Fraction{1}, "1", fraction(),
                                                          "share of the receptors that is blocked");
  }
  intervention.from = read_optional_instant(
      section, "from", "beginning; without it, from birth (knockout) or from the start of the run",
      experiment);
  intervention.to =
      read_optional_instant(section, "to", "end; without it, to the end of the run", experiment);
  if (intervention.from && intervention.to && *intervention.to <= *intervention.from) {
    section.fail("to", "must be after from");
  }
  section.finish();
  return intervention;
}

/// { every, from, to }: an injection at `from`, and every so often up to `to`.
std::vector<Tick> read_injections(Section section, Experiment const& experiment) {
  std::vector<Tick> injections;
  auto const from = read_optional_instant(section, "from", "first injection", experiment);
  auto const to = read_optional_instant(section, "to", "last injection, if not the first", experiment);
  auto const every = read_whole_seconds_or(section, "every", kDay, "1 day", at_least(1), "time between them");
  if (!section.has("from")) section.fail("from", "when is the first injection?");
  section.finish();
  if (!from) return injections;
  for (auto t = *from; t <= to.value_or(*from) && injections.size() < kMostTimes; t = t + every) {
    injections.push_back(t);
  }
  return injections;
}

void read_factors(AssayParams& assay, Section& section, Experiment const& experiment) {
  auto const names = names_of_factors(experiment);
  assay.factors = section.texts_or("factors", "factors that are measured; without it, all");
  for (auto const& name : assay.factors) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    section.fail("factors", fmt::format("'{}' is no factor of the experiment; allowed: {}", name,
                                        fmt::join(names, ", ")));
  }
}

/// Times of samples that are means over the step that begins with them.
void read_sample_times(AssayParams& assay, Section& section, Experiment const& experiment) {
  assay.readings = read_instants(section, "at", "times of the samples", experiment);
  if (!assay.readings.empty() && assay.readings.back() == end_of(experiment)) {
    section.fail("at", "a sample of blood takes some seconds: the last one must be before the end");
  }
}

void read_blood(AssayParams& assay, Section& section, Experiment const& experiment) {
  read_factors(assay, section, experiment);
  section.choice_or("matrix", "plasma", kMatrices, "what is taken of the blood");
  assay.site = BloodSite{
      index_of(kBloodSites, section.choice_or("site", "vein", kBloodSites, "where blood is drawn"))};
  read_sample_times(assay, section, experiment);
}

/// Names of organs, and of parts of them that have a flow of their own.
std::vector<std::string_view> bed_names(Experiment const& experiment) {
  std::vector<std::string_view> names;
  for (auto const& organ : experiment.organism.circulation.organs) {
    if (organ.name != "muscle") names.push_back(organ.name);
    if (organ.name == "brain") names.push_back("hippocampus");
    if (organ.name == "muscle") names.insert(names.end(), {"muscle.working", "muscle.resting"});
  }
  return names;
}

void read_av_flux(AssayParams& assay, Section& section, Experiment const& experiment) {
  auto names = bed_names(experiment);
  names.push_back("muscle");
  assay.organ = section.choice("organ", names, "organ that the blood enters and leaves");
  read_factors(assay, section, experiment);
  read_sample_times(assay, section, experiment);
}

void read_sites(AssayParams& assay, Section& section, Experiment const& experiment) {
  auto allowed = bed_names(experiment);
  allowed.insert(allowed.begin(), kVesselSites.begin(), kVesselSites.end());
  assay.sites = section.texts_or("sites", "vessels whose blood is looked at");
  for (auto site = assay.sites.begin(); site != assay.sites.end(); ++site) {
    if (std::find(allowed.begin(), allowed.end(), *site) == allowed.end()) {
      section.fail("sites", fmt::format("'{}' is no site; allowed: {}", *site, fmt::join(allowed, ", ")));
    } else if (std::find(assay.sites.begin(), site, *site) != site) {
      section.fail("sites", fmt::format("'{}' stands there twice", *site));
    }
  }
  if (assay.sites.empty()) section.fail("sites", "give the sites, such as [\"artery\"]");
  assay.intensity = section.optional_quantity<Intensity>(
      "intensity", between(0, 1), "steady flows of this intensity; without it, those of the subject");
  assay.readings = read_instants(section, "at", "times of the readings", experiment);
}

void read_dilution_assay(AssayParams& assay, Section& section, Experiment const& experiment) {
  assay.from = section.choice("inject", kInjectionSites, "where the bolus goes");
  read_sites(assay, section, experiment);
  auto& bolus = assay.bolus;
  bolus.dose = section.quantity<Kilograms>("dose", positive(), "mass of the indicator");
  bolus.duration = section.quantity<Seconds>("duration", positive(), "length of the record after the bolus");
  bolus.space =
      section.choice_or("space", "blood", kDyeSpaces, "what the concentration is shown in") == "plasma"
          ? BloodSpace::plasma
          : BloodSpace::blood;
  bolus.every = section.quantity<Seconds>("every", positive(), "time between samples of the record");
  if (!(bolus.every.value() > 0)) return;
  if (bolus.duration < bolus.every || bolus.duration.value() / bolus.every.value() > kMostTimes) {
    section.fail("every", fmt::format("the record must have from 2 to {} samples", kMostTimes + 1));
  }
}

void read_circulation_times_assay(AssayParams& assay, Section& section, Experiment const& experiment) {
  assay.from = section.choice_or("from", "vein", kVesselSites, "vessels in which the way begins");
  read_sites(assay, section, experiment);
}

AssayParams read_assay(Section section, Experiment const& experiment) {
  AssayParams assay;
  assay.name = section.text("name", "name of the assay, of its group in the results");
  assay.kind = AssayKind{index_of(kAssays, section.choice("kind", kAssays, "what is measured"))};
  if (section.has_problem("kind")) return assay;  // other keys belong to other kinds
  switch (assay.kind) {
    case AssayKind::blood:
      read_blood(assay, section, experiment);
      break;
    case AssayKind::brdu:
      assay.injections = read_injections(
          section.section(
              "inject",
              "injections of the label of brdu; of indicator_dilution a text: where the bolus goes"),
          experiment);
      assay.readings =
          read_instants(section, "read_at", "times at which labeled cells are counted", experiment);
      break;
    case AssayKind::dcx:
    case AssayKind::capacity:
      assay.readings = read_instants(section, "at", "times of the readings", experiment);
      break;
    case AssayKind::av_flux:
      read_av_flux(assay, section, experiment);
      break;
    case AssayKind::indicator_dilution:
      read_dilution_assay(assay, section, experiment);
      break;
    case AssayKind::circulation_times:
      read_circulation_times_assay(assay, section, experiment);
      break;
  }
  assay.variation = section.quantity_or<Fraction>("variation", Fraction{0}, "0", non_negative(),
                                                  "coefficient of variation of a measurement");
  if (assay.readings.empty()) {
    section.fail(assay.kind == AssayKind::brdu ? "read_at" : "at",
                 "give the times, such as [\"day 28 08:00\"]");
  }
  section.finish();
  return assay;
}

}  // namespace

std::vector<InterventionParams> read_interventions(Section& root, Experiment const& experiment) {
  std::vector<InterventionParams> interventions;
  for (auto& section : root.sections("intervention", "what the laboratory does to the subject")) {
    interventions.push_back(read_intervention(section, experiment));
  }
  return interventions;
}

std::vector<AssayParams> read_assays(Section& root, Experiment const& experiment) {
  std::vector<AssayParams> assays;
  std::set<std::string> names;
  int labels = 0;
  for (auto& section : root.sections("assay", "what the laboratory measures")) {
    assays.push_back(read_assay(section, experiment));
    auto const& assay = assays.back();
    auto const plain = std::all_of(assay.name.begin(), assay.name.end(), [](unsigned char c) {
      return std::isalnum(c) != 0 || c == '_' || c == '-';
    });
    if (!plain || assay.name.empty()) section.fail("name", "must be of letters, digits, - and _");
    if (!names.insert(assay.name).second) section.fail("name", fmt::format("'{}' is used twice", assay.name));
    if (assay.kind == AssayKind::brdu && ++labels > 1)
      section.fail("kind", "one label at a time: at most one brdu");
  }
  return assays;
}

}  // namespace myoaxis

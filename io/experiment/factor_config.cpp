#include "io/experiment/factor_config.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "agents/body/body_size.h"
#include "agents/body/clearance_limit.h"
#include "core/units.h"

namespace myoaxis {
namespace {

constexpr std::array<std::string_view, kProcesses> kProcessNames{
    "activation", "proliferation", "survival", "maturation", "plasticity", "inflammation", "mood"};
constexpr std::array<std::string_view, 2> kEffectKinds{"drive", "gate"};
constexpr std::array<std::string_view, 2> kKinds{"packets", "field"};
constexpr std::array<std::string_view, 2> kSpaces{"plasma", "blood"};
constexpr std::array<std::string_view, 2> kDrivers{"activation", "anaerobic_activation"};
constexpr std::array<std::string_view, 3> kPlaces{"interstitium", "blood", "tissue"};
constexpr std::array<std::string_view, 3> kTissues{"dentate", "hippocampus", "brain"};

template <std::size_t N>
std::size_t index_in(std::array<std::string_view, N> const& names, std::string_view name) {
  auto const found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? 0 : static_cast<std::size_t>(found - names.begin());
}

OrganParams const* find_organ(OrganismParams const& organism, std::string_view name) {
  auto const& organs = organism.circulation.organs;
  auto const found =
      std::find_if(organs.begin(), organs.end(), [&](auto const& organ) { return organ.name == name; });
  return found == organs.end() ? nullptr : &*found;
}

std::string organ_names(OrganismParams const& organism) {
  std::vector<std::string> names;
  for (auto const& organ : organism.circulation.organs) names.push_back(organ.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

template <class Choice, std::size_t N>
Choice read_choice(Section& section, std::string_view key, std::array<std::string_view, N> const& names,
                   std::string_view meaning) {
  return Choice{static_cast<int>(index_in(names, section.choice_or(key, names.front(), names, meaning)))};
}

/// A drive that leaves nothing of its process without the factor would stop it for good, and one that
/// inhibits must not turn it around.
EffectParams read_effect(Section& section) {
  EffectParams effect;
  auto const process = section.choice("process", kProcessNames, "the process of the brain");
  effect.process = Process{static_cast<int>(index_in(kProcessNames, process))};
  effect.kind = read_choice<EffectKind>(section, "kind", kEffectKinds,
                                        "a drive changes the rate, a gate the rise that drives make");
  auto const drive = effect.kind == EffectKind::drive;
  effect.dependence = section.quantity<Number>(
      "dependence", drive ? Limits{.low = -1, .high = 1, .high_open = true} : fraction(),
      "share of the resting rate (drive) or of the rise (gate) that needs the receptor");
  if (drive) {
    effect.half_activation = section.quantity<Number>("half_activation", positive(),
                                                      "fold of occupancy over rest of half the effect");
    if (!is_possible(effect)) section.fail("dependence", "times half_activation must be above -1");
  }
  section.finish();
  return effect;
}

std::vector<EffectParams> read_effects(Section& factor) {
  std::vector<EffectParams> effects;
  for (auto& section : factor.sections("effect", "processes that the factor's receptor modulates")) {
    effects.push_back(read_effect(section));
  }
  return effects;
}

/// A carrier works both ways; its linear part takes the place of influx and efflux.
void read_carrier(FactorParams& factor, Section& section) {
  auto carrier = section.optional_section("carrier", "reversible saturable carrier, of a field");
  if (!carrier) {
    factor.influx =
        section.quantity<SpecificFlow>("influx", non_negative(), "K_in from blood to brain tissue");
    factor.efflux =
        section.quantity<PerSecond>("efflux", non_negative(), "carrier from brain tissue to blood");
    return;
  }
  factor.carrier = {
      carrier->quantity<MolesPerKilogramSecond>("maximal", positive(),
                                                "maximal one-way flux per mass of brain"),
      carrier->quantity<MolesPerCubicMeter>("half_saturation", positive(), "concentration of half of it")};
  carrier->finish();
  if (factor.kind != FactorKind::field)
    section.fail("carrier", "is for factors with representation = \"field\"");
  for (auto const* key : {"influx", "efflux"}) {
    if (section.has(key)) section.fail(key, "follows from the carrier: leave it out");
  }
}

void read_barrier(FactorParams& factor, Section section) {
  read_carrier(factor, section);
  factor.free_fraction =
      section.quantity<Fraction>("free_fraction", {.low = 0, .high = 1, .low_open = true},
                                 "share of the tissue pool free in the interstitial fluid");
  factor.turnover = section.optional_quantity<Seconds>("turnover", positive(), "half-life in brain tissue");
  section.finish();
}

std::vector<OrganShare> read_clearance_shares(Section& values, OrganismParams const& organism) {
  std::vector<OrganShare> shares;
  auto section = values.section("clearance_share", "share of each organ in clearance");
  double sum = 0;
  for (auto const& organ : section.keys()) {
    shares.push_back(
        {organ, section.quantity<Fraction>(organ, fraction(), "share of this organ in clearance")});
    sum += shares.back().share.value();
    auto const* found = find_organ(organism, organ);
    if (found == nullptr || organ == "brain") {
      section.fail(organ, fmt::format("no organ that can clear; organs: {}", organ_names(organism)));
    }
  }
  if (std::abs(sum - 1) > 1e-6) section.fail(fmt::format("shares sum to {:.6g}, must be 1", sum));
  return shares;
}

std::vector<double> read_type_capacity(Section& source, OrganismParams const& organism) {
  std::vector<double> capacity(organism.muscle.types.size(), 1.0);
  auto section = source.optional_section("type_capacity", "secretion of each fiber type, relative");
  if (!section) return capacity;
  for (std::size_t i = 0; i < capacity.size(); ++i) {
    capacity[i] = section
                      ->quantity_or<Number>(organism.muscle.types[i].name, Number{1}, "1", non_negative(),
                                            "secretion of this fiber type, relative")
                      .value();
  }
  section->finish();
  if (std::all_of(capacity.begin(), capacity.end(), [](double c) { return c <= 0; })) {
    source.fail("type_capacity", "one fiber type at least must secrete");
    capacity.assign(capacity.size(), 1.0);
  }
  return capacity;
}

void read_muscle_source(SourceParams& source, Section& section, OrganismParams const& organism) {
  source.fibers.basal =
      section.quantity<PerSecond>("specific_rate", non_negative(), "basal rate per mass of muscle");
  source.fibers.contraction = section.quantity<PerSecond>("contraction_rate", non_negative(),
                                                          "rate per mass at full activation, beyond basal");
  source.fibers.half_activation = section.quantity<Fraction>(
      "half_activation", {.low = 0, .high = 1, .low_open = true}, "activation of half that rate");
  source.fibers.hill = section.quantity<Number>("hill", positive(), "Hill exponent");
  source.fibers.transcription =
      section.quantity<PerSecond>("transcription_rate", non_negative(),
                                  "rate per mass and unit of the transcription response, beyond basal");
  source.driver = read_choice<FiberDriver>(section, "driven_by", kDrivers,
                                           "what of a fiber's activity its secretion follows");
  source.trained_fold =
      section.quantity_or<Number>("trained_fold", Number{1}, "1", non_negative(),
                                  "secretion at full secretory adaptation, relative to untrained");
  source.type_capacity = read_type_capacity(section, organism);
}

void read_site_source(SourceParams& source, Section& section) {
  source.rate =
      section.optional_quantity<KilogramsPerSecond>("rate", non_negative(), "rate of the whole site at rest");
  source.specific_rate = section.optional_quantity<PerSecond>("specific_rate", non_negative(),
                                                              "rate per mass of the site at rest");
  if (source.rate.has_value() == source.specific_rate.has_value()) {
    section.fail("give either rate (of the whole site) or specific_rate (per mass)");
  }
  source.exercise_fold = section.quantity_or<Number>("exercise_fold", Number{0}, "0", at_least(-1),
                                                     "rise of the rate at VO2max, relative to rest");
  source.transcription_fold = section.quantity_or<Number>(
      "transcription_fold", Number{0}, "0", non_negative(), "rise per unit of the transcription response");
}

void check_site(SourceParams const& source, Section& section, OrganismParams const& organism) {
  auto const tissue = std::find(kTissues.begin(), kTissues.end(), source.site) != kTissues.end();
  if (source.into == ReleaseInto::tissue) {
    if (!tissue)
      section.fail("site", fmt::format("'{}' has no brain tissue; allowed: {}", source.site,
                                       fmt::join(kTissues, ", ")));
    return;
  }
  auto const* organ = find_organ(organism, source.site);
  if (organ == nullptr && source.site != "hippocampus") {
    section.fail(
        "site", fmt::format("'{}' is no organ; organs: {}, hippocampus", source.site, organ_names(organism)));
  } else if (source.into == ReleaseInto::interstitium && (organ == nullptr || !organ->interstitium)) {
    section.fail("into", fmt::format("'{}' has no interstitium here", source.site));
  } else if (source.site == "muscle" && source.into != ReleaseInto::interstitium) {
    section.fail("into", "muscle releases into its interstitium");
  }
}

SourceParams read_source(Section section, OrganismParams const& organism) {
  SourceParams source;
  source.name = section.text("name", "name of the source in the ledger");
  source.site = section.text("site", "organ, or of the brain: dentate, hippocampus, brain");
  source.into = ReleaseInto{
      static_cast<int>(index_in(kPlaces, section.choice("into", kPlaces, "where the site releases")))};
  source.transcription_delay = section.quantity_or<Seconds>(
      "transcription_delay", Seconds{3600}, "1 h", positive(), "mean delay of the transcription response");
  if (source.site == "muscle") {
    read_muscle_source(source, section, organism);
  } else {
    read_site_source(source, section);
  }
  check_site(source, section, organism);
  section.finish();
  return source;
}

ConversionParams read_conversion(Section section, OrganismParams const& organism) {
  ConversionParams conversion;
  conversion.name = section.text("name", "name of the conversion in the ledger");
  conversion.site = section.text("site", "organ in whose interstitium it happens");
  conversion.into = section.text("into", "name of the factor that it makes");
  conversion.rate = section.quantity<PerSecond>("rate", positive(), "first-order rate in untrained tissue");
  conversion.trained_fold = section.quantity_or<Number>(
      "trained_fold", Number{1}, "1", non_negative(),
      "rate at full oxidative adaptation of working muscle, relative to untrained");
  auto const* organ = find_organ(organism, conversion.site);
  if (organ == nullptr || !organ->interstitium) section.fail("site", "must be an organ with an interstitium");
  section.finish();
  return conversion;
}

/// Clearance cannot exceed the flow of plasma (or blood) of the organ that does it.
void check_clearance(FactorParams const& factor, Section& values, CirculationParams const& circulation) {
  for (auto const& [name, share] : factor.clearance_share) {
    auto const flow = flow_through(name, factor.space, circulation).value();
    auto const cleared = share.value() * factor.clearance.value();
    if (cleared < flow) continue;
    values.fail("clearance", fmt::format("{} would clear {:.3g} ml/min, more than its flow of {:.3g} ml/min",
                                         name, cleared * 6e7, flow * 6e7));
  }
}

/// The name is the source's address: two of one name would share their luck.
void check_source_names(FactorParams const& factor, Section& values) {
  std::set<std::string> names;
  for (auto const& source : factor.sources) {
    if (!names.insert(source.name).second)
      values.fail("source", fmt::format("two sources have the name '{}'", source.name));
  }
}

/// Blood levels are given by mass, or by moles.
void read_blood_unit(FactorParams& factor, Section& section) {
  factor.blood_unit = section.text("blood_unit", "unit that its blood levels are given in");
  try {
    factor.per_blood_unit = conversion_factor("kg m-3", factor.blood_unit);
  } catch (UnitError const& error) {
    try {
      factor.per_blood_unit = conversion_factor("mol m-3", factor.blood_unit) / factor.molar_mass.value();
    } catch (UnitError const&) {
      section.fail("blood_unit", fmt::format("must be a concentration by mass or moles, such as \"pg/ml\" or "
                                             "\"mmol/l\": {}",
                                             error.what()));
    }
  }
}

void read_organism_values(FactorParams& factor, Section values, OrganismParams const& organism) {
  factor.clearance =
      values.quantity<CubicMetersPerSecond>("clearance", positive(), "plasma clearance of the body");
  factor.clearance_share = read_clearance_shares(values, organism);
  factor.exchange_per_lymph = values.quantity<Number>(
      "exchange_per_lymph", non_negative(), "capillary permeability-surface product over lymph flow");
  factor.reflection =
      values.quantity<Fraction>("reflection", fraction(), "reflection coefficient of capillaries");
  read_barrier(factor, values.section("barrier", "blood-brain barrier"));
  for (auto& source : values.sections("source", "who releases the factor")) {
    factor.sources.push_back(read_source(source, organism));
  }
  for (auto& conversion : values.sections("conversion", "what the factor is converted into")) {
    factor.conversions.push_back(read_conversion(conversion, organism));
  }
  if (!factor.conversions.empty() && factor.kind != FactorKind::field) {
    values.fail("conversion", "is for factors with representation = \"field\"");
  }
  scale_factor(factor, organism.mass_ratio);
  if (auto const& highest = organism.circulation.highest_extraction)
    factor.clearance = limited_clearance(factor, *highest, organism.circulation);
  check_clearance(factor, values, organism.circulation);
  check_source_names(factor, values);
  if (factor.sources.empty()) values.fail("source", "there must be a source");
  if (factor.sources.size() > 200) values.fail("source", "at most 200 sources");
  values.finish();
}

}  // namespace

FactorParams read_factor(std::string const& key, Section section, OrganismParams const& organism) {
  FactorParams factor;
  section.text_or("from", "", "piece this factor was taken from");
  factor.name = section.text("name", "name of the factor");
  if (factor.name != key) section.fail("name", fmt::format("must be '{}', the name of its table", key));
  factor.long_name = section.text("long_name", "name in full");
  factor.kind = read_choice<FactorKind>(section, "representation", kKinds,
                                        "packets of molecules, or a field of concentrations");
  factor.space = read_choice<BloodSpace>(section, "space", kSpaces, "what it fills of the blood");
  factor.molar_mass = section.quantity<KilogramsPerMole>("molar_mass", positive(), "molar mass");
  read_blood_unit(factor, section);
  factor.dissociation = section.quantity<MolesPerCubicMeter>("dissociation", positive(),
                                                             "dissociation constant of its receptor");
  factor.effects = read_effects(section);
  auto organisms = section.section("organism", "values by species");
  if (organisms.has(organism.name)) {
    read_organism_values(factor, organisms.section(organism.name, "values of this species"), organism);
  } else {
    organisms.fail(fmt::format("factor '{}' has no values for the organism '{}'; it has some for: {}", key,
                               organism.name, fmt::join(organisms.keys(), ", ")));
  }
  section.finish();
  return factor;
}

void check_conversions(Section& root, std::vector<FactorParams> const& factors) {
  for (auto const& factor : factors) {
    for (auto const& conversion : factor.conversions) {
      auto const into = std::find_if(factors.begin(), factors.end(),
                                     [&](auto const& other) { return other.name == conversion.into; });
      auto const what = fmt::format("'{}' is converted into '{}'", factor.name, conversion.into);
      if (into == factors.end()) {
        root.fail("factor", what + ", which is not among the factors: add it to `factors`");
      } else if (into->kind != FactorKind::field || !into->conversions.empty()) {
        root.fail("factor", what + ", which must be a field that is not converted itself");
      }
    }
  }
}

}  // namespace myoaxis

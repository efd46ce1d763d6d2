#include "io/experiment/organism_config.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace myoaxis {
namespace {

std::size_t read_count(Section& section, std::string_view key, std::int64_t low, std::int64_t high,
                       std::string_view meaning) {
  return static_cast<std::size_t>(section.integer(key, low, high, meaning));
}

VesselParams read_vessel(Section section) {
  VesselParams vessel{section.quantity<CubicMeters>("blood", positive(), "blood volume"),
                      read_count(section, "stages", 1, 20, "well-mixed stages in series")};
  section.finish();
  return vessel;
}

std::optional<InterstitiumParams> read_interstitium(Section& section) {
  auto const volume = section.optional_quantity<CubicMetersPerKilogram>(
      "interstitium", positive(), "interstitial volume per mass of organ");
  auto const lymph =
      section.optional_quantity<SpecificFlow>("lymph", positive(), "lymph flow per mass of organ, at rest");
  if (volume.has_value() != lymph.has_value())
    section.fail("interstitium and lymph go together: give both or none");
  if (!volume || !lymph) return {};
  return InterstitiumParams{*volume, *lymph};
}

OrganParams read_organ(std::string const& name, Section section) {
  OrganParams organ;
  organ.name = name;
  organ.mass = section.quantity<Kilograms>("mass", positive(), "mass");
  organ.blood = section.quantity<CubicMeters>("blood", positive(), "blood volume");
  organ.flow_share = section.quantity<Fraction>("flow_share", fraction(), "share of cardiac output at rest");
  if (name != "muscle") {
    organ.flow_change_max = section.quantity<Number>("flow_change_max", {.low = -1, .low_open = true},
                                                     "relative change of blood flow at VO2max");
  }
  organ.stages = read_count(section, "stages", 1, 20, "well-mixed stages in series");
  organ.interstitium = read_interstitium(section);
  organ.drains_into =
      section.text_or("drains_into", "", "organ that receives its venous blood, if not the veins");
  section.finish();
  return organ;
}

/// The shares of all organs are the whole of cardiac output.
void check_flow_shares(Section& organs, std::vector<OrganParams> const& read) {
  double sum = 0;
  for (auto const& organ : read) sum += organ.flow_share.value();
  if (std::abs(sum - 1) > 1e-6)
    organs.fail(fmt::format("flow_share of all organs sum to {:.6g}, must be 1", sum));
}

/// Portal blood goes to one other organ, and from there to the veins.
void check_drain(Section& organs, OrganParams const& organ, std::vector<OrganParams> const& read) {
  auto const target =
      std::find_if(read.begin(), read.end(), [&](auto const& o) { return o.name == organ.drains_into; });
  auto const whole = organ.drains_into != "muscle" && organ.drains_into != "brain";
  if (target != read.end() && whole && target->name != organ.name && target->drains_into.empty()) return;
  organs.fail(organ.name,
              fmt::format("drains into '{}'; allowed is another organ that drains into the veins itself, "
                          "other than muscle and brain",
                          organ.drains_into));
}

/// The model gives these organs roles of their own.
void check_organ_names(Section& organs, std::vector<OrganParams> const& read) {
  auto const known = [&](std::string_view name) {
    return std::any_of(read.begin(), read.end(),
                       [&](OrganParams const& organ) { return organ.name == name; });
  };
  for (auto const* name : {"muscle", "brain"}) {
    if (!known(name)) organs.fail(fmt::format("there must be an organ '{}'", name));
  }
  for (auto const& organ : read) {
    if (!organ.drains_into.empty()) check_drain(organs, organ, read);
    if (organ.name == "muscle" && !organ.interstitium) {
      organs.fail("muscle", "needs interstitium and lymph: its fibers release into them");
    }
  }
}

CirculationParams read_circulation(Section& organism) {
  CirculationParams circulation;
  auto section = organism.section("circulation", "heart and vessels");
  circulation.cardiac_output =
      section.quantity<CubicMetersPerSecond>("cardiac_output", positive(), "at rest");
  circulation.cardiac_output_max =
      section.quantity<CubicMetersPerSecond>("cardiac_output_max", positive(), "at VO2max");
  circulation.hematocrit = section.quantity<Fraction>("hematocrit", {.low = 0, .high = 1, .high_open = true},
                                                      "volume share of red cells");
  circulation.flow_time_constant = section.quantity<Seconds>("flow_time_constant", positive(),
                                                             "time constant of the circulation's response");
  circulation.exchange_fold = section.quantity<Number>(
      "exchange_fold", at_least(1), "factor on capillary exchange of working muscle at VO2max");
  circulation.lymph_fold =
      section.quantity<Number>("lymph_fold", at_least(1), "factor on lymph flow of working muscle at VO2max");
  circulation.hippocampus_flow =
      section.quantity<SpecificFlow>("hippocampus_flow", positive(), "blood flow of hippocampus");
  if (circulation.cardiac_output_max < circulation.cardiac_output) {
    section.fail("cardiac_output_max", "must be at least cardiac_output");
  }
  section.finish();

  auto vessels = organism.section("vessel", "parts of the circulation that all blood passes");
  circulation.right_heart = read_vessel(vessels.section("right_heart", "right chambers of the heart"));
  circulation.lungs = read_vessel(vessels.section("lungs", "pulmonary circuit"));
  circulation.left_heart = read_vessel(vessels.section("left_heart", "left chambers of the heart"));
  circulation.arteries = read_vessel(vessels.section("arteries", "systemic arteries"));
  circulation.veins = read_vessel(vessels.section("veins", "large veins"));
  vessels.finish();

  for (auto& [name, organ] : organism.named_sections("organ", "organs by name")) {
    circulation.organs.push_back(read_organ(name, organ));
  }
  auto organs = organism.section("organ", "organs by name");
  check_flow_shares(organs, circulation.organs);
  check_organ_names(organs, circulation.organs);
  return circulation;
}

MuscleParams read_muscle(Section section) {
  MuscleParams muscle;
  muscle.fiber_length = section.quantity<Meters>("fiber_length", positive(), "length of a fiber");
  muscle.density = section.quantity<KilogramsPerCubicMeter>("density", positive(), "density of muscle");
  muscle.cross_section_variation = section.quantity<Number>(
      "cross_section_variation", non_negative(), "coefficient of variation of cross-section within a type");
  muscle.secretion_variation = section.quantity<Number>(
      "secretion_variation", non_negative(), "coefficient of variation of secretion between fibers");
  muscle.fatigability_variation = section.quantity<Number>(
      "fatigability_variation", non_negative(), "coefficient of variation of fatigue rate within a unit");
  double sum = 0;
  for (auto& type : section.sections("fiber_type", "fiber types in the order of recruitment")) {
    muscle.types.push_back(
        {type.text("name", "name of the type"),
         type.quantity<Fraction>("share", fraction(), "share of the fibers"),
         type.quantity<SquareMeters>("cross_section", positive(), "mean cross-sectional area")});
    sum += muscle.types.back().share.value();
    type.finish();
  }
  if (std::abs(sum - 1) > 1e-6) {
    section.fail("fiber_type", fmt::format("shares of the fiber types sum to {:.6g}, must be 1", sum));
  }
  section.finish();
  return muscle;
}

MotorUnitParams read_motor_units(Section s) {
  MotorUnitParams p;
  p.count = read_count(s, "count", 2, 10000, "motor units in the pool");
  p.recruitment_range = s.quantity<Number>("recruitment_range", {.low = 1, .low_open = true},
                                           "threshold of the last unit over that of the first");
  p.twitch_force_range = s.quantity<Number>("twitch_force_range", {.low = 1, .low_open = true},
                                            "twitch force of the last unit over that of the first");
  p.rate_min = s.quantity<ImpulsesPerSecond>("rate_min", positive(), "firing rate at recruitment");
  p.rate_peak_first =
      s.quantity<ImpulsesPerSecond>("rate_peak_first", positive(), "peak rate of the first unit");
  p.rate_peak_last =
      s.quantity<ImpulsesPerSecond>("rate_peak_last", positive(), "peak rate of the last unit");
  p.rate_gain = s.quantity<ImpulsesPerSecond>("rate_gain", positive(), "rise of rate per unit of excitation");
  p.contraction_time_longest =
      s.quantity<Seconds>("contraction_time_longest", positive(), "of the first unit's twitch");
  p.contraction_time_range = s.quantity<Number>("contraction_time_range", at_least(1),
                                                "contraction time of the first unit over that of the last");
  p.fusion_linear_limit = s.quantity<Number>("fusion_linear_limit", positive(),
                                             "rate x contraction time up to which force is linear");
  p.fusion_steepness =
      s.quantity<Number>("fusion_steepness", positive(), "factor in the exponent of the force law");
  p.fusion_power = s.quantity<Number>("fusion_power", positive(), "power in the exponent of the force law");
  p.adaptation_time =
      s.quantity<Seconds>("adaptation_time", positive(), "time constant of firing-rate adaptation");
  p.adaptation_scale = s.quantity<Fraction>("adaptation_scale", {.low = 0, .high = 1, .high_open = true},
                                            "share of its excess rate that the last unit loses");
  p.adaptation_offset =
      s.quantity<ImpulsesPerSecond>("adaptation_offset", non_negative(), "added to the excess rate");
  p.fatigue_range = s.quantity<Number>("fatigue_range", at_least(1),
                                       "fatigue rate of the last unit over that of the first");
  p.fatigue_rate_max =
      s.quantity<PerSecond>("fatigue_rate_max", non_negative(), "of the last unit at full relative force");
  p.contraction_slowing = s.quantity<Number>("contraction_slowing", non_negative(),
                                             "relative slowing of the twitch of an exhausted unit");
  if (p.rate_peak_last <= p.rate_min) s.fail("rate_peak_last", "must be above rate_min");
  s.finish();
  return p;
}

FatigueParams read_fatigue(Section section) {
  FatigueParams fatigue{
      section.quantity<PerSecond>("recovery", non_negative(), "recovery rate of fatigued fibers"),
      section.quantity<Number>("rest_multiplier", at_least(1), "factor on recovery at rest")};
  section.finish();
  return fatigue;
}

std::map<std::string, ModeParams> read_modes(Section& organism) {
  std::map<std::string, ModeParams> modes;
  for (auto& [name, mode] : organism.named_sections("mode", "modes of exercise by name")) {
    auto const open = Limits{.low = 0, .high = 1, .low_open = true, .high_open = true};
    modes[name] = {
        mode.quantity<Fraction>("working_share", open, "share of the muscle mass that works"),
        mode.quantity<Fraction>("force_at_maximum", {.low = 0, .high = 1, .low_open = true},
                                "muscle force while contracting, at VO2max, over maximal isometric force"),
        mode.quantity<Fraction>("duty", {.low = 0, .high = 1, .low_open = true},
                                "share of the cycle of movement in which the muscles contract")};
    mode.finish();
  }
  if (modes.empty()) organism.fail("mode", "there must be a mode of exercise, such as [organism.mode.run]");
  return modes;
}

BrainParams read_brain(Section section) {
  BrainParams brain{
      section.quantity<Kilograms>("hippocampus_mass", positive(), "both sides, with the dentate gyri"),
      section.quantity<Kilograms>("dentate_mass", positive(), "both dentate gyri"),
      section.quantity<CubicMetersPerKilogram>("interstitium", positive(),
                                               "interstitial volume per mass of brain"),
      section.quantity<CubicMeters>("csf_volume", positive(), "volume of cerebrospinal fluid"),
      section.quantity<CubicMetersPerSecond>("csf_flow", positive(), "formation of cerebrospinal fluid"),
      section.quantity<SpecificFlow>("bulk_flow", non_negative(),
                                     "flow of interstitial fluid to cerebrospinal fluid")};
  if (brain.dentate_mass >= brain.hippocampus_mass)
    section.fail("dentate_mass", "must be below hippocampus_mass");
  section.finish();
  return brain;
}

LineageParams read_lineage(Section s) {
  LineageParams p;
  p.stem_cells =
      s.quantity<Number>("stem_cells", positive(), "stem cells of both dentate gyri at reference_age")
          .value();
  p.reference_age = s.quantity<Seconds>("reference_age", positive(), "age at which stem_cells were counted");
  p.stem_half_life = s.quantity<Seconds>("stem_half_life", positive(), "half-life of the pool of stem cells");
  p.return_probability = s.quantity<Fraction>("return_probability", {.low = 0, .high = 1, .high_open = true},
                                              "of going back to quiescence after the divisions");
  p.active_divisions =
      static_cast<std::uint16_t>(s.integer("active_divisions", 1, 100, "divisions of an active stem cell"));
  p.stem_cycle = s.quantity<Seconds>("stem_cycle", positive(), "cycle length of active stem cells");
  p.progenitor_cycle = s.quantity<Seconds>("progenitor_cycle", positive(), "cycle length of progenitors");
  p.cycle_shape = s.quantity<Number>("cycle_shape", positive(), "gamma shape of cycle lengths");
  p.progenitor_divisions = static_cast<std::uint16_t>(
      s.integer("progenitor_divisions", 1, 20, "rounds of division that every progenitor makes"));
  p.extra_division_probability =
      s.quantity<Fraction>("extra_division_probability", fraction(), "of one round more");
  p.neuroblast_duration = s.quantity<Seconds>("neuroblast_duration", positive(), "mean time as neuroblast");
  p.neuroblast_shape = s.quantity<Number>("neuroblast_shape", positive(), "gamma shape of that time");
  p.neuroblast_death = s.quantity<PerSecond>("neuroblast_death", non_negative(), "death rate of neuroblasts");
  p.immature_duration = s.quantity<Seconds>("immature_duration", positive(), "mean time as immature neuron");
  p.immature_shape = s.quantity<Number>("immature_shape", positive(), "gamma shape of that time");
  p.immature_death =
      s.quantity<PerSecond>("immature_death", non_negative(), "death rate of immature neurons");
  p.immature_death_from =
      s.quantity<Seconds>("immature_death_from", non_negative(), "cell age at which it begins");
  p.immature_death_to = s.quantity<Seconds>("immature_death_to", non_negative(), "cell age at which it ends");
  if (!(activation_rate(p).value() > 0)) {
    s.fail("return_probability",
           "is so high that the pool cannot shrink with its half-life while activations last");
  }
  if (p.immature_death_to < p.immature_death_from)
    s.fail("immature_death_to", "must not be before immature_death_from");
  s.finish();
  return p;
}

}  // namespace

OrganismParams read_organism(Section section) {
  OrganismParams organism;
  section.text_or("from", "", "piece this organism was taken from");
  section.text_or("description", "", "the animal or person in words");
  organism.name = section.text("name", "name of the species, by which factors give their values");
  organism.mass = section.quantity<Kilograms>("mass", positive(), "body mass");
  organism.age = section.quantity<Seconds>("age", positive(), "age on day 0");
  organism.circulation = read_circulation(section);
  organism.muscle = read_muscle(section.section("muscle", "muscle fibers"));
  organism.motor_units = read_motor_units(section.section("motor_units", "pool of motor units"));
  organism.fatigue = read_fatigue(section.section("fatigue", "recovery from fatigue"));
  organism.modes = read_modes(section);
  organism.brain = read_brain(section.section("brain", "brain and cerebrospinal fluid"));
  organism.lineage = read_lineage(section.section("lineage", "neurogenic lineage of the dentate gyrus"));
  section.finish();
  return organism;
}

void check_organism(Section& section, OrganismParams const& organism) {
  double mass = 0;
  for (auto const& organ : organism.circulation.organs) mass += organ.mass.value();
  if (mass > organism.mass.value()) section.fail("mass", "is less than that of all organs together");
  auto const& organs = organism.circulation.organs;
  auto const brain =
      std::find_if(organs.begin(), organs.end(), [](auto const& organ) { return organ.name == "brain"; });
  if (brain == organs.end()) return;
  if (organism.brain.hippocampus_mass >= brain->mass)
    section.fail("brain", "hippocampus_mass must be below the brain's");
  auto const hippocampus =
      organism.circulation.hippocampus_flow.value() * organism.brain.hippocampus_mass.value();
  for (auto const intensity : {Intensity{0}, Intensity{1}}) {
    double others = 0;
    for (auto const& organ : organs) {
      auto const change = organ.name == "muscle" ? 0.0 : organ.flow_change_max.value() * intensity.value();
      others += organ.flow_share.value() * (1 + change) * organism.circulation.cardiac_output.value();
    }
    auto const output =
        intensity.value() > 0 ? organism.circulation.cardiac_output_max : organism.circulation.cardiac_output;
    if (others > output.value() * (1 + 1e-9)) {
      section.fail("circulation",
                   "cardiac_output_max leaves working muscle less blood at VO2max than at rest");
    }
    auto const flow = brain->flow_share.value() * (1 + brain->flow_change_max.value() * intensity.value()) *
                      organism.circulation.cardiac_output.value();
    if (hippocampus >= flow) section.fail("circulation", "hippocampus_flow takes all the blood of the brain");
  }
}

}  // namespace myoaxis

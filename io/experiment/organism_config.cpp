#include "io/experiment/organism_config.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "agents/body/body_size.h"
#include "io/experiment/brain_config.h"
#include "io/experiment/muscle_config.h"

namespace myoaxis {
namespace {

/// Below 0.2 a chain would need more than 25 stages.
Fraction read_dispersion(Section& section) {
  return section.quantity<Fraction>("relative_dispersion", between(0.2, 1),
                                    "standard deviation of the transit time over its mean");
}

VesselParams read_vessel(Section section) {
  VesselParams vessel{section.quantity<CubicMeters>("blood", positive(), "blood volume"),
                      read_dispersion(section)};
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
  organ.relative_dispersion = read_dispersion(section);
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

/// A bed of vessels by Murray's law.
MurrayTreeParams read_tree(Section section) {
  MurrayTreeParams tree;
  tree.generations =
      static_cast<int>(section.integer("generations", 1, 8, "divisions from its artery to a capillary"));
  tree.exponent = section.quantity<Number>("exponent", between(2, 4), "of diameters at a division").value();
  tree.asymmetry =
      section.quantity<Number>("asymmetry", between(0.3, 1), "narrower over wider branch, mean").value();
  tree.length_to_radius =
      section.quantity<Number>("length_to_radius", between(2, 200), "length over radius of a vessel").value();
  tree.capillary_diameter = section.quantity<Meters>("capillary_diameter", positive(), "of a capillary");
  tree.capillary_length = section.quantity<Meters>("capillary_length", positive(), "of a capillary, mean");
  tree.terminal_artery_diameter =
      section.quantity<Meters>("terminal_artery_diameter", positive(), "of the last arteriole");
  tree.vein_to_artery_diameter =
      section.quantity<Number>("vein_to_artery_diameter", between(0.5, 5), "of a vein over its artery")
          .value();
  tree.inlet_pressure = section.quantity<Pascals>("inlet_pressure", positive(), "at its artery");
  tree.outlet_pressure = section.quantity<Pascals>("outlet_pressure", positive(), "at its vein");
  if (tree.inlet_pressure <= tree.outlet_pressure)
    section.fail("inlet_pressure", "must be above outlet_pressure");
  section.finish();
  return tree;
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
  circulation.highest_extraction = section.optional_quantity<Fraction>(
      "highest_extraction", {.low = 0, .high = 1, .low_open = true, .high_open = true},
      "most that an organ can clear of a factor, over what flows through it: a clearance beyond is cut as a "
      "whole. Without it that is an error");
  circulation.mean_cell_volume =
      section.quantity<CubicMeters>("mean_cell_volume", positive(), "volume of a red cell");
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

  auto trees = organism.section("tree", "vessels of muscle and hippocampus, when they are resolved");
  circulation.muscle_tree = read_tree(trees.section("muscle", "a bed of muscle"));
  circulation.hippocampus_tree = read_tree(trees.section("hippocampus", "a bed of the hippocampus"));
  trees.finish();

  for (auto& [name, organ] : organism.named_sections("organ", "organs by name")) {
    circulation.organs.push_back(read_organ(name, organ));
  }
  auto organs = organism.section("organ", "organs by name");
  check_flow_shares(organs, circulation.organs);
  check_organ_names(organs, circulation.organs);
  return circulation;
}

/// Organs, flows and rates are scaled from those of the reference body, which cannot be done without limit.
void check_mass(Section& section, double ratio, Kilograms reference) {
  constexpr double most = 4;
  if (section.has_problem("mass") || (ratio >= 1 / most && ratio <= most)) return;
  auto const is_small = reference.value() < 1;
  auto const shown = reference.value() * (is_small ? 1000 : 1);
  section.fail("mass",
               fmt::format("must be between {1:g} {0} and {2:g} {0}: all values are scaled from a body "
                           "of {3:g} {0} (for another animal change organism.use)",
                           is_small ? "g" : "kg", shown / most, shown * most, shown));
}

}  // namespace

OrganismParams read_organism(Section section) {
  OrganismParams organism;
  section.text_or("from", "", "piece this organism was taken from");
  section.allow("use");
  section.text_or("description", "", "the animal or person in words");
  organism.name = section.text("name", "name of the species, by which factors give their values");
  organism.sex = section.text_or("sex", "", "sex; another than the organism's own takes values of its part");
  organism.mass = section.quantity<Kilograms>("mass", positive(), "body mass");
  auto const reference = section.quantity_or<Kilograms>("reference_mass", organism.mass, "mass", positive(),
                                                        "mass of the body that the values are of");
  organism.mass_ratio = organism.mass.value() / reference.value();
  check_mass(section, organism.mass_ratio, reference);
  organism.age = section.quantity<Seconds>("age", positive(), "age on day 0");
  organism.circulation = read_circulation(section);
  organism.muscle = read_muscle(section.section("muscle", "muscle fibers"));
  organism.motor_units = read_motor_units(section.section("motor_units", "pool of motor units"));
  organism.fatigue = read_fatigue(section.section("fatigue", "recovery from fatigue"));
  organism.adaptation = read_adaptation(section.section("adaptation", "what training changes in fibers"));
  organism.modes = read_modes(section);
  std::vector<std::string> names;
  for (auto const& [name, mode] : organism.modes) names.push_back(name);
  std::vector<std::string_view> const modes{names.begin(), names.end()};
  auto const meaning = "mode whose working muscle is laid out when the schedule has no session";
  organism.default_mode =
      modes.empty() ? section.text("default_mode", meaning) : section.choice("default_mode", modes, meaning);
  organism.central.drive = read_central(section.section("central", "the brain's drive to muscle"));
  read_mood(organism.central, section.section("mood", "what training feels like, and what follows"));
  organism.brain = read_brain(section.section("brain", "brain and cerebrospinal fluid"));
  organism.lineage = read_lineage(section.section("lineage", "neurogenic lineage of the dentate gyrus"));
  organism.synapses = read_synapses(section.section("synapses", "spines of granule cells"));
  organism.central.inflammation =
      read_inflammation(section.section("inflammation", "inflammation of the brain"));
  organism.label = read_label(section.section("label", "markers of new cells"));
  section.finish();
  scale_circulation(organism.circulation, organism.mass_ratio);
  scale_brain(organism.brain, organism.mass_ratio);
  return organism;
}

void check_organism(Section& section, OrganismParams const& organism) {
  double mass = 0;
  for (auto const& organ : organism.circulation.organs) mass += organ.mass.value();
  if (mass > organism.mass.value() * (1 + 1e-9))
    section.fail("mass", "is less than that of all organs together");
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

#include "io/experiment/muscle_config.h"

#include <fmt/core.h>

#include <cmath>

#include "io/experiment/time_text.h"

namespace myoaxis {
namespace {

constexpr Limits kShare{.low = 0, .high = 1, .low_open = true};

CapacityParams read_half_lives(CapacityParams capacity, Section& section) {
  capacity.half_activity = section.quantity<Number>(
      "half_activity", positive(), "mean activity of half of the largest adaptation, averaged over memory");
  capacity.half_life_up = section.quantity<Seconds>("half_life_up", positive(), "half-life of its rise");
  capacity.half_life_down = section.quantity<Seconds>("half_life_down", positive(), "half-life of its fall");
  section.finish();
  return capacity;
}

CapacityParams read_capacity(Section& section, std::string_view meaning) {
  CapacityParams capacity;
  capacity.gain = section.quantity<Number>("gain", non_negative(), meaning);
  return capacity;
}

ModeParams read_mode(Section& mode) {
  ModeParams params;
  params.working_share =
      mode.quantity<Fraction>("working_share", {.low = 0, .high = 1, .low_open = true, .high_open = true},
                              "share of the muscle mass that works");
  params.duty =
      mode.quantity<Fraction>("duty", kShare, "share of the cycle of movement in which the muscles contract");
  params.force_at_maximum = mode.optional_quantity<Fraction>(
      "force_at_maximum", kShare, "muscle force while contracting, at VO2max, over maximal isometric force");
  params.oxygen_cost = mode.optional_quantity<Fraction>(
      "oxygen_cost", kShare, "share of VO2max while repeating at the one-repetition maximum");
  params.repetition =
      read_whole_seconds_or(mode, "repetition", 0, "", at_least(1), "duration of a repetition");
  if (!params.force_at_maximum && !params.oxygen_cost) {
    mode.fail(
        "give force_at_maximum (for aerobic work), or oxygen_cost and repetition (for lifting), or all");
  }
  if (params.oxygen_cost.has_value() != mode.has("repetition")) {
    mode.fail("oxygen_cost and repetition go together: give both or none");
  }
  mode.finish();
  return params;
}

}  // namespace

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
  p.count = static_cast<std::size_t>(s.integer("count", 2, 10000, "motor units in the pool"));
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

AdaptationParams read_adaptation(Section section) {
  AdaptationParams p;
  p.memory =
      section.quantity<Seconds>("memory", positive(), "time over which a fiber's activity is averaged");
  auto aerobic = section.section("aerobic", "maximal oxygen uptake");
  p.aerobic = read_capacity(aerobic, "largest relative rise of VO2max");
  p.aerobic = read_half_lives(p.aerobic, aerobic);
  auto oxidative = section.section("oxidative", "oxidative capacity of fibers");
  p.oxidative = read_capacity(oxidative, "largest relative rise of oxidative capacity");
  p.oxidative = read_half_lives(p.oxidative, oxidative);
  auto secretory = section.section("secretory", "secretion of factors by trained fibers");
  p.secretory.gain = Number{1};
  p.secretory = read_half_lives(p.secretory, secretory);
  auto growth = section.section("growth", "cross-section of fibers");
  p.growth = read_capacity(growth, "largest relative rise of the cross-section");
  p.tension_threshold =
      growth.quantity<Fraction>("threshold", {.low = 0, .high = 1, .high_open = true},
                                "activation while contracting, above which a fiber is under tension");
  p.growth = read_half_lives(p.growth, growth);
  section.finish();
  return p;
}

std::map<std::string, ModeParams> read_modes(Section& organism) {
  std::map<std::string, ModeParams> modes;
  for (auto& [name, mode] : organism.named_sections("mode", "modes of exercise by name")) {
    modes[name] = read_mode(mode);
  }
  if (modes.empty()) organism.fail("mode", "there must be a mode of exercise, such as [organism.mode.run]");
  return modes;
}

CentralParams read_central(Section s) {
  CentralParams p;
  p.voluntary_activation = s.quantity<Fraction>("voluntary_activation", kShare,
                                                "largest drive of a fresh subject, share of the maximal");
  p.afferent_gain = s.quantity<Number>("afferent_gain", non_negative(),
                                       "drive lost per force capacity lost, by group III/IV afferents");
  p.central_gain =
      s.quantity<PerSecond>("central_gain", non_negative(), "rise of central fatigue at full drive");
  p.central_recovery = s.quantity<Seconds>("central_recovery", positive(), "half-time of its recovery");
  p.floor = s.quantity<Fraction>("floor", fraction(), "drive that is always left");
  s.finish();
  return p;
}

void read_mood(CentralNervousSystemParams& central, Section s) {
  auto& affect = central.affect;
  affect.threshold = s.quantity<Fraction>("affect_threshold", fraction(),
                                          "share of VO2max above which exercise is unpleasant");
  affect.below = s.quantity<PerSecond>("affect_below", any(), "affect gained per time below it");
  affect.slope =
      s.quantity<PerSecond>("affect_slope", any(), "change of that per unit of intensity above it");
  affect.half_life = s.quantity<Seconds>("affect_half_life", positive(), "half-life of affect");
  central.fatigue.gain =
      s.quantity<PerSecond>("fatigue_gain", non_negative(), "rise of general fatigue at VO2max");
  central.fatigue.half_life = s.quantity<Seconds>("fatigue_half_life", positive(), "its half-life");
  auto& mood = central.mood;
  mood.half_life = s.quantity<Seconds>("half_life", positive(), "half-life of mood");
  mood.weight_affect = s.quantity<Number>("weight_affect", any(), "mood per unit of affect");
  mood.weight_fatigue = s.quantity<Number>("weight_fatigue", any(), "loss of mood per unit of fatigue");
  mood.weight_factors =
      s.quantity<Number>("weight_factors", any(), "mood per relative change that the factors' effects make");
  mood.weight_inflammation =
      s.quantity<Number>("weight_inflammation", any(), "loss of mood per relative rise of inflammation");
  auto& adherence = central.adherence;
  adherence.base = s.quantity<Fraction>("adherence", fraction(), "probability of a planned session at rest");
  adherence.mood = s.quantity<Number>("adherence_mood", any(), "change of its logit per unit of mood");
  adherence.affect = s.quantity<Number>("adherence_affect", any(), "likewise, of affect");
  adherence.fatigue = s.quantity<Number>("adherence_fatigue", any(), "likewise, loss per unit of fatigue");
  auto& effort = central.effort;
  effort.mood = s.quantity<Number>("effort_mood", any(), "relative change of intensity per unit of mood");
  effort.fatigue = s.quantity<Number>("effort_fatigue", any(), "relative loss per unit of fatigue");
  effort.low = s.quantity<Fraction>("effort_low", fraction(), "least share of the prescribed intensity");
  s.finish();
}

}  // namespace myoaxis

#include "io/experiment/brain_config.h"

namespace myoaxis {

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

SynapseParams read_synapses(Section s) {
  SynapseParams p;
  p.sites = s.quantity<Number>("sites", positive(), "potential spine sites of a mature granule cell").value();
  p.granule_cells =
      s.quantity<Number>("granule_cells", positive(), "granule cells of both dentate gyri").value();
  p.formation = s.quantity<PerSecond>("formation", positive(), "absent to silent, of a mature cell at rest");
  p.elimination = s.quantity<PerSecond>("elimination", positive(), "silent to absent");
  p.unsilencing = s.quantity<PerSecond>("unsilencing", positive(), "silent to weak");
  p.silencing = s.quantity<PerSecond>("silencing", positive(), "weak to silent");
  p.potentiation = s.quantity<PerSecond>("potentiation", positive(), "weak to potentiated, at rest");
  p.depression = s.quantity<PerSecond>("depression", positive(), "potentiated to weak");
  p.spines_from = s.quantity<Seconds>("spines_from", non_negative(), "cell age at the first spines");
  p.spines_full = s.quantity<Seconds>("spines_full", positive(), "cell age at the full rate of formation");
  if (p.spines_full <= p.spines_from) s.fail("spines_full", "must be after spines_from");
  s.finish();
  return p;
}

InflammationParams read_inflammation(Section s) {
  InflammationParams p{
      s.quantity<Seconds>("half_life", positive(), "half-life of the level of inflammation"),
      s.quantity<Number>("maturation_exponent", non_negative(),
                         "maturation falls with this power of the level"),
      s.quantity<Number>("survival_exponent", non_negative(), "survival falls with this power of the level")};
  s.finish();
  return p;
}

LabelParams read_label(Section s) {
  LabelParams p;
  p.s_phase = s.quantity<Fraction>("s_phase", fraction(), "share of the cell cycle in S phase");
  p.dilutions = static_cast<std::uint8_t>(
      s.integer("dilutions", 0, 200, "divisions after which a thymidine analog is still seen"));
  p.dcx_from = s.quantity<Seconds>("dcx_from", non_negative(), "cell age at which doublecortin appears");
  p.dcx_to = s.quantity<Seconds>("dcx_to", positive(), "cell age at which it is gone");
  if (p.dcx_to <= p.dcx_from) s.fail("dcx_to", "must be after dcx_from");
  s.finish();
  return p;
}

}  // namespace myoaxis

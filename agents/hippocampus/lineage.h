/// Birth, death and maturation in the dentate gyrus, cell by cell.
///
/// A transition happens when the progress of a cell, integral of m(t) / (mean time) dt, reaches a threshold
/// from a gamma distribution of mean 1; a death when the accumulated hazard, integral of h(t) / m(t) dt,
/// reaches an exponential threshold. m is the modulation of the process by the niche's signals, constant over
/// a step of the lineage's grid. Thresholds are addressed by (cell, transition, occurrence): a finer step or
/// another calendar keeps the luck. Times of events are exact within the step, so births and deaths do not
/// depend on its length.
///
///     quiescent stem --activation--> active stem --n asymmetric divisions--> quiescent again or astrocyte
///     progenitor (each division gives two) --2 or 3 rounds--> neuroblast --> immature --> mature
///
/// Division-coupled depletion of stem cells: [Encinas2011]; their return to quiescence: configs/organisms/.
/// Death of neuroblasts: [Sierra2010]. All times and rates with sources: configs/organisms/.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "agents/hippocampus/neurons.h"
#include "core/clock.h"
#include "core/draws.h"
#include "core/quantity.h"

namespace myoaxis {

struct LineageParams {
  double stem_cells = 0;  // of both dentate gyri, at the reference age
  Seconds reference_age;
  Seconds stem_half_life;  // of the stem cell pool
  Fraction return_probability;
  std::uint16_t active_divisions = 3;
  Seconds stem_cycle;
  Seconds progenitor_cycle;
  Number cycle_shape;
  std::uint16_t progenitor_divisions = 2;
  Fraction extra_division_probability;
  Seconds neuroblast_duration;
  Number neuroblast_shape;
  PerSecond neuroblast_death;
  Seconds immature_duration;
  Number immature_shape;
  PerSecond immature_death;
  Seconds immature_death_from;  // window of cell age
  Seconds immature_death_to;
};

/// Rate at which a quiescent stem cell is activated, so that the pool halves in T when each activation lasts
/// D (its divisions) and ends, with probability 1 - p, in an astrocyte. Quiescent cells follow dQ/dt = -a Q +
/// p a Q(t - D), of which exp(-l t) with l = ln 2 / T is a solution for
///
///     a = l / (1 - p exp(l D))
PerSecond activation_rate(LineageParams const& params);

/// Size to which a pool of one quiescent cell settles, carried back to its start along exp(-l t): the
/// solution above from Q = 1 without a past, active cells included:
///
///     (1 + a (exp(l D) - 1) / l) / (1 + p a D exp(l D))
double settled_share(LineageParams const& params);

/// Time after which every stage has filled, begun with stem cells alone: three times the mean way to
/// maturity.
Seconds settling_time(LineageParams const& params);

/// Stem cells of both dentate gyri at an age: N_ref 2^(-(age - age_ref)/T).
double stem_cells_at(LineageParams const& params, Seconds age);

/// Modulation of each process in one niche; 1 at rest.
struct NicheModulation {
  double activation = 1;
  double proliferation = 1;
  double survival = 1;
  double maturation = 1;
};

/// Quiescent stem cells, spread over the niches one after the other.
Neurons make_stem_cells(LineageParams const& params, std::size_t number, std::size_t niches, Luck luck,
                        Tick now);

/// Advances all cells from `begin` to `end` (any length). `modulation` has one entry a niche. Newborn cells
/// are appended in the order of their parents; what happened is appended to `events`, in the order of the
/// cells.
void advance_lineage(Neurons& neurons, LineageEvents& events, LineageParams const& params,
                     std::vector<NicheModulation> const& modulation, Luck luck, Tick begin, Tick end);

/// Number of cells in each stage.
std::array<std::int64_t, kStages> count_stages(Neurons const& neurons);

}  // namespace myoaxis

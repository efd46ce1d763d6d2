/// One factor over one step: its sources release, it is carried, exchanged, cleared, and read.
#pragma once

#include <optional>
#include <vector>

#include "agents/factor_state.h"
#include "agents/model.h"

namespace myoaxis {

/// What the sources of all factors respond to in a step.
struct Activity {
  Step step;
  Intensity oxygen;                    // of the task, as far as it is done
  std::optional<std::size_t> session;  // that is under way
  std::size_t flow_state = 0;          // of the ladder
  Fraction oxidative_share;            // mean oxidative adaptation of the fibers, of the largest
};

/// What a factor did in one step; concentrations are means over the step, in the factor's space of blood.
struct FactorReport {
  KilogramsPerCubicMeter artery;
  KilogramsPerCubicMeter vein;
  std::vector<KilogramsPerCubicMeter> bed_vein;  // in what leaves each bed
  std::size_t flow_state = 0;                    // of the ladder, during the step
  double muscle_release = 0;                     // quanta/s from the working muscle
  std::vector<double> tissue_content;            // quanta in each piece of brain tissue
  std::vector<double> occupancy_fold;  // of each piece of brain tissue, relative to rest, 0 when blocked
  std::vector<TagReport> tags;         // what came into all niches and stayed there, by its release
};

/// A state with the factor's sources and nothing else, to be restored into.
FactorState blank_factor_state(FactorModel const& factor);

/// The factor at the beginning of the run: at the stationary state of rest, or absent when it is knocked out.
FactorState make_factor_state(FactorModel const& factor, Fibers const& fibers, Number secretion_variation,
                              Luck luck, Tick now);

/// Advances all factors, in the model's order. One report a factor.
std::vector<FactorReport> advance_factors(std::vector<FactorState>& states, Model const& model,
                                          Fibers const& fibers, Activity const& activity);

}  // namespace myoaxis

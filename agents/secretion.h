/// Secretion over one step: every source of a factor, fibers among them, turned into releases per cell.
#pragma once

#include <optional>
#include <vector>

#include "agents/factor_state.h"
#include "agents/factor_step.h"
#include "agents/model.h"
#include "agents/muscle/fibers.h"
#include "core/transport/packet_transport.h"

namespace myoaxis {

/// What is released in a step. `fiber_rates` holds the running sums that `releases` point into.
struct Secreted {
  std::vector<Release> releases;
  std::vector<std::vector<double>> fiber_rates;
  double muscle_rate = 0;  // quanta/s from the fibers of the working muscle
  std::uint16_t session = kNoSession;
};

/// Advances the transcription responses of the factor's sources over the step and computes their rates, which
/// are means over it. Organs respond to the intensity of the task, fibers to their own activation. A factor
/// that is knocked out is released by infusions only.
Secreted secrete(FactorState& state, FactorModel const& factor, Fibers const& fibers,
                 Activity const& activity);

}  // namespace myoaxis

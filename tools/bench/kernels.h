/// The kernels of the simulator, each on a mouse of the shipped configuration.
#pragma once

#include <string>
#include <vector>

#include "tools/bench/machine.h"
#include "tools/bench/timing.h"
#include "tools/bench/world.h"

namespace myoaxis {

/// Names of all kernels below.
inline std::vector<std::string> kernel_names() {
  return {"packet_move",   "transport_step", "emission",    "fiber_step",
          "lineage_agent", "synapse_update", "run_standard"};
}

/// Transport of packets: packet_move, transport_step and emission, at rest and in exercise.
std::vector<Kernel> transport_kernels(BenchWorld const& world, Machine const& machine);

/// The agents: fiber_step, lineage_agent and synapse_update.
std::vector<Kernel> agent_kernels(BenchWorld const& world, Machine const& machine);

/// run_standard: days of a whole run of standard size, with its results left out and written.
std::vector<Kernel> run_kernels();

}  // namespace myoaxis

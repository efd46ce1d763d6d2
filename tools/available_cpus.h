/// How many CPUs this process really has.
#pragma once

#include <optional>
#include <string>

namespace myoaxis {

struct CpuCount {
  int number = 1;
  std::string reason;  // "--threads", "SLURM_CPUS_PER_TASK", "cgroup quota", "affinity"
};

/// `asked` (--threads) if given, else SLURM_CPUS_PER_TASK, else the smaller of the affinity mask and the
/// quota of the control group.
CpuCount available_cpus(std::optional<int> asked);

}  // namespace myoaxis

/// How many CPUs this process really has.
#pragma once

#include <optional>
#include <string>

namespace myoaxis {

struct CpuCount {
  int number = 1;
  std::string reason;  // "--threads", "SLURM_CPUS_PER_TASK", "cgroup quota", "affinity"; what was not granted
};

/// `asked` (--threads) if given, else the smallest of SLURM_CPUS_PER_TASK, the affinity mask and the quota of
/// the control group. A cluster that binds no tasks lets them see all CPUs of a machine; one that was asked
/// for CPUs of two machines grants fewer on each.
CpuCount available_cpus(std::optional<int> asked);

}  // namespace myoaxis

#include "tools/available_cpus.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <string_view>

#include "core/parallel.h"

namespace myoaxis {
namespace {

std::optional<int> positive_integer(std::string_view text) {
  int number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 1) return {};
  return number;
}

/// CPUs that the control group grants: quota over period of cgroup v2, at least 1.
std::optional<int> cgroup_quota() {
  std::ifstream file{"/sys/fs/cgroup/cpu.max"};
  double quota = 0, period = 0;
  if (!(file >> quota >> period) || period <= 0) return {};  // "max" is no number: no limit
  return std::max(1, static_cast<int>(quota / period));
}

}  // namespace

CpuCount available_cpus(std::optional<int> asked) {
  if (asked) return {*asked, "--threads"};
  CpuCount granted{allowed_cpus(), "affinity"};
  auto const quota = cgroup_quota();
  if (quota && *quota < granted.number) granted = {*quota, "cgroup quota"};
  auto const* slurm = std::getenv("SLURM_CPUS_PER_TASK");
  auto const number = positive_integer(slurm == nullptr ? "" : slurm);
  if (!number) return granted;
  if (*number <= granted.number) return {*number, "SLURM_CPUS_PER_TASK"};
  granted.reason += fmt::format("; SLURM_CPUS_PER_TASK is {}, more than there are", *number);
  return granted;
}

}  // namespace myoaxis

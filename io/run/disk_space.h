/// Whether the results of a run will find room where they are to go, looked at before it starts.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace myoaxis {

/// Creates a file beside `output` and removes it again. Throws FileError when that cannot be done.
void check_writable(std::filesystem::path const& output);

struct DiskDemand {
  std::uintmax_t least = 0;  // bytes without which the run cannot end, were there no copies of its files
  std::uintmax_t most = 0;   // while it goes on
};

/// Throws FileError when `available` bytes are less than the least; a warning when less than the most: the
/// demand is an estimate, and a run that a full disk stops goes on once there is room.
std::optional<std::string> judge_space(std::filesystem::path const& output, DiskDemand demand,
                                       std::uintmax_t available);

/// The same for what the folder of `output` has left; files of an earlier part of the run count as room.
std::optional<std::string> check_space(std::filesystem::path const& output, DiskDemand demand);

}  // namespace myoaxis

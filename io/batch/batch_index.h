/// The index of a batch: all runs with what became of them, and their results as one data set.
///
/// Values stay in the files of the runs; the index refers to them (virtual data sets), so it is small and the
/// folder can be moved as a whole.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "io/batch/batch_folder.h"
#include "io/batch/batch_plan.h"

namespace myoaxis {

inline constexpr char const* kIndexFormatName = "myoaxis batch";
inline constexpr char const* kIndexFormatVersion = "1.0";

/// How long to wait for another process that writes the index.
inline constexpr std::chrono::seconds kIndexPatience{60};

/// Writes DIR/index.h5 for the runs of `plan` as they are now, aside and then in its place. One process at a
/// time does so; another one waits. Throws FileError, also when it has waited too long.
void write_index(BatchFolder const& folder, BatchParams const& params, BatchPlan const& plan);

/// The same, but false when it has waited too long: for one of several processes in a folder, whose index the
/// last of them writes.
bool try_to_write_index(BatchFolder const& folder, BatchParams const& params, BatchPlan const& plan,
                        std::chrono::milliseconds patience = kIndexPatience);

/// A run as the index lists it.
struct IndexedRun {
  std::string name;
  std::string arm;
  std::int64_t point = 0;
  std::uint64_t subject = 0;
  RunState state = RunState::waiting;
  std::string message;         // why it failed
  std::filesystem::path file;  // of its results
};

struct BatchIndex {
  std::string title;
  std::string reference;  // arm
  std::vector<std::string> arms;
  std::vector<IndexedRun> runs;
};

bool is_index(std::filesystem::path const& file);

/// Throws FileError, and ConfigError when it is no index or one of an unknown version.
BatchIndex read_index(std::filesystem::path const& file);

}  // namespace myoaxis

/// What an earlier run left at the place of the output: results, and a checkpoint to go on from.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "io/checkpoint/checkpoint.h"
#include "io/run/run_paths.h"

namespace myoaxis {

/// What stands at the path of a run's output before it starts.
enum class ExistingOutput { none, complete, unfinished, outdated, other_configuration, foreign };

/// Looks at `path`: `complete`, `unfinished` and `outdated` are outputs of the configuration `sha256`, the
/// last one by another revision of the program; what is no output at all, or cannot be read, is `foreign`.
ExistingOutput inspect_output(std::filesystem::path const& path, std::string const& sha256);

/// The time that the results at `path` have come to, when they are of the configuration `sha256` and of this
/// program; nothing otherwise.
std::optional<Tick> time_of_output(std::filesystem::path const& path, std::string const& sha256);

enum class ExistingCheckpoint { none, usable, other_configuration, other_program, damaged };

struct FoundCheckpoint {
  ExistingCheckpoint state = ExistingCheckpoint::none;
  std::filesystem::path path = {};
  CheckpointInfo info = {};
  bool newer_is_damaged = false;  // so that this one is the previous
};

/// The newest whole checkpoint of a run, if it is of the configuration `sha256` and of this program. Throws
/// FileError when one cannot be read now, which says nothing about what is in it.
FoundCheckpoint find_checkpoint(RunPaths const& paths, std::string const& sha256);

/// Removes the checkpoints, and rows that belong to them.
void remove_checkpoints(RunPaths const& paths);

/// Removes the newest checkpoint, which is damaged: the next one would put it in the place of the one before,
/// and for a moment there would be no whole one. Throws FileError.
void remove_damaged_checkpoint(RunPaths const& paths);

/// `lost`: they are missing or damaged, wherever they could be.
enum class Rows { there, lost };

/// Sees to it that OUTPUT.partial holds the `rows` of the configuration `sha256`: it does, or a copy of it
/// from the last checkpoint is put there, or of the results at OUTPUT. Throws FileError when a file cannot be
/// read or written now.
Rows recover_rows(RunPaths const& paths, RowCounts const& rows, std::string const& sha256);

/// Copies OUTPUT.partial as it is now, in case a crash tears it apart. Throws FileError.
void save_rows(RunPaths const& paths);

}  // namespace myoaxis

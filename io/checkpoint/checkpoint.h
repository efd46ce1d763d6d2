/// A checkpoint: the complete state of a run in a file of its own, from which it goes on bit for bit.
///
/// The file is written aside and renamed, and the one before it is kept. Its first block has a fingerprint of
/// the rest, and the restored state is compared with the fingerprint that it had, so that no damaged
/// file goes unnoticed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "agents/organism.h"
#include "io/hdf5/error.h"
#include "io/hdf5/row_counts.h"
#include "io/run/begun_sessions.h"
#include "io/run/recorder.h"

namespace myoaxis {

/// Whose state it is, and where its results file stood.
struct CheckpointInfo {
  std::string config_sha256;
  std::string config_toml;
  std::string git_sha1;   // of the program
  std::string processor;  // class of it: another one may round differently
  Tick time;
  std::int64_t steps = 0;    // done since the beginning
  double working_share = 0;  // of the muscle mass
  Fingerprint state = {};    // of the organism
  RowCounts rows = {};       // of the results file
  /// Sources of all factors, "bdnf:platelets", in the order of their numbers. An infusion's name says all
  /// that makes it.
  std::vector<std::string> sources = {};
  std::vector<BegunSession> sessions = {};
};

/// Writes the state to `path`, keeping what was there as `previous`. Throws FileError, and leaves what was
/// there.
void save_checkpoint(std::filesystem::path const& path, std::filesystem::path const& previous,
                     CheckpointInfo const& info, Organism const& organism, Recorder const& recorder);

/// Whether there is a checkpoint at `path`, and a whole one.
enum class CheckpointState { none, whole, damaged, foreign };
CheckpointState inspect_checkpoint(std::filesystem::path const& path);

/// A checkpoint of a format that this program does not read.
class OtherFormat : public FileError {
 public:
  using FileError::FileError;
};

/// The state in a checkpoint is not the one that was saved in it.
class WrongState : public FileError {
 public:
  using FileError::FileError;
};

/// Of a whole checkpoint. Throws OtherFormat, and FileError when it cannot be read.
CheckpointInfo read_checkpoint_info(std::filesystem::path const& path);

/// Names of the sources of all factors of a model, as a checkpoint has them.
std::vector<std::string> source_names(Model const& model);

/// Restores both. The model may have other infusions than there were: those that it does not have, count as
/// there at the beginning. Throws WrongState, and FileError when the file cannot be read or does not hold a
/// state of this model.
void restore_checkpoint(std::filesystem::path const& path, Model const& model, Organism& organism,
                        Recorder& recorder);

}  // namespace myoaxis

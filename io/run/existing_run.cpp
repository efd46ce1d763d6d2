#include "io/run/existing_run.h"

#include <system_error>

#include "io/checkpoint/durable.h"
#include "io/hdf5/error.h"
#include "io/hdf5/reader.h"
#include "io/hdf5/writer.h"
#include "io/run/build_info.h"
#include "io/run/run_identity.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

ExistingCheckpoint judge(CheckpointInfo const& info, std::string const& sha256) {
  if (info.config_sha256 != sha256) return ExistingCheckpoint::other_configuration;
  if (info.git_sha1 != git_revision()) return ExistingCheckpoint::other_program;
  return ExistingCheckpoint::usable;
}

/// Whether a file that nobody has open is whole, of the configuration, and has the rows.
bool holds_rows(fs::path const& path, RowCounts const& rows, std::string const& sha256) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored) || !is_intact(path.string())) return false;
  auto const file = H5Reader::open(path.string());
  if (file.text_attribute("/", "config_sha256") != sha256) return false;
  for (auto const& [table, number] : rows) {
    if (!file.has(table) || file.size(table) < number) return false;
  }
  return true;
}

/// At any moment the copy is whole or not there.
void copy_whole(fs::path const& from, fs::path const& to) {
  auto const fresh = RunPaths::fresh(to);
  std::error_code error;
  fs::copy_file(from, fresh, fs::copy_options::overwrite_existing, error);
  if (!error) {
    bring_to_disk(fresh);
    fs::rename(fresh, to, error);
  }
  if (!error) return bring_names_to_disk(to);
  std::error_code ignored;
  fs::remove(fresh, ignored);
  throw FileError{to.string(), "cannot copy the results so far: " + error.message(),
                  "is the folder there and writable, and is there space on the disk?"};
}

}  // namespace

ExistingOutput inspect_output(fs::path const& path, std::string const& sha256) {
  std::error_code ignored;
  if (!fs::exists(path, ignored) || fs::is_directory(path, ignored)) return ExistingOutput::none;
  try {
    auto const file = H5Reader::open(path.string());
    if (file.text_attribute("/", "format") != kFormatName) return ExistingOutput::foreign;
    if (file.text_attribute("/", "config_sha256") != sha256) return ExistingOutput::foreign;
    if (file.text_attribute("/", "git_sha1") != git_revision()) return ExistingOutput::outdated;
    return file.text_attribute("/", "status") == "complete" ? ExistingOutput::complete
                                                            : ExistingOutput::unfinished;
  } catch (FileError const&) {
    return ExistingOutput::foreign;
  }
}

FoundCheckpoint find_checkpoint(RunPaths const& paths, std::string const& sha256) {
  FoundCheckpoint found;
  for (auto const& path : {paths.checkpoint(), paths.previous_checkpoint()}) {
    auto const state = inspect_checkpoint(path);
    if (state == CheckpointState::none) continue;
    if (state == CheckpointState::whole) {
      found.path = path;
      try {
        found.info = read_checkpoint_info(path);
        found.state = judge(found.info, sha256);
      } catch (FileError const&) {
        found.state = ExistingCheckpoint::other_program;  // of another format
      }
      return found;
    }
    if (found.state == ExistingCheckpoint::none) found.path = path;
    found.state = ExistingCheckpoint::damaged;
    found.newer_is_damaged = true;
  }
  return found;
}

void remove_checkpoints(RunPaths const& paths) {
  std::error_code ignored;
  for (auto const& path : {paths.checkpoint(), paths.previous_checkpoint(), paths.saved_rows()}) {
    fs::remove(path, ignored);
    fs::remove(RunPaths::fresh(path), ignored);
  }
}

void recover_rows(RunPaths const& paths, RowCounts const& rows, std::string const& sha256) {
  if (holds_rows(paths.partial(), rows, sha256)) return;
  for (auto const& copy : {paths.saved_rows(), paths.output}) {
    if (!holds_rows(copy, rows, sha256)) continue;
    copy_whole(copy, paths.partial());
    return;
  }
  throw FileError{paths.partial().string(), "the results up to the checkpoint are missing or damaged",
                  "put the file back, or start anew with --overwrite"};
}

void save_rows(RunPaths const& paths) { copy_whole(paths.partial(), paths.saved_rows()); }

}  // namespace myoaxis

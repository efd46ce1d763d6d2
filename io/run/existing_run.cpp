#include "io/run/existing_run.h"

#include <algorithm>
#include <functional>
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
  if (!is_file(path) || !is_intact(path.string())) return false;
  auto const file = H5Reader::open(path.string());
  if (file.text_attribute("/", "config_sha256") != sha256) return false;
  return std::all_of(rows.begin(), rows.end(), [&](auto const& table) {
    return file.has(table.first) && file.size(table.first) >= table.second;
  });
}

/// Has `copy` written beside `to` and renamed: at any moment it is whole or not there.
void put_whole(fs::path const& to, std::function<void(fs::path const&)> const& copy) {
  auto const fresh = RunPaths::fresh(to);
  try {
    copy(fresh);
    bring_to_disk(fresh);
    fs::rename(fresh, to);
    bring_names_to_disk(to);
  } catch (std::exception const& error) {
    std::error_code ignored;
    fs::remove(fresh, ignored);
    auto const* system = dynamic_cast<fs::filesystem_error const*>(&error);
    if (system == nullptr) throw;
    throw FileError{to.string(), "cannot copy the results so far: " + system->code().message(),
                    "is the folder there and writable, and is there space on the disk?"};
  }
}

void copy_whole(fs::path const& from, fs::path const& to) {
  put_whole(to,
            [&](fs::path const& fresh) { fs::copy_file(from, fresh, fs::copy_options::overwrite_existing); });
}

/// Results at their end are compressed, those that grow are not.
void copy_to_grow(fs::path const& from, fs::path const& to) {
  put_whole(to, [&](fs::path const& fresh) { copy_filtered(from.string(), fresh.string(), Filters::none); });
}

}  // namespace

ExistingOutput inspect_output(fs::path const& path, std::string const& sha256) {
  std::error_code ignored;
  if (!fs::exists(path, ignored) || fs::is_directory(path, ignored)) return ExistingOutput::none;
  try {
    auto const file = H5Reader::open(path.string());
    if (file.text_attribute("/", "format") != kFormatName) return ExistingOutput::foreign;
    auto const theirs = file.text_attribute("/", "config_sha256");
    if (!theirs) return ExistingOutput::foreign;
    if (theirs != sha256) return ExistingOutput::other_configuration;
    if (file.text_attribute("/", "git_sha1") != git_revision()) return ExistingOutput::outdated;
    return file.text_attribute("/", "status") == "complete" ? ExistingOutput::complete
                                                            : ExistingOutput::unfinished;
  } catch (FileError const&) {
    return ExistingOutput::foreign;
  }
}

std::optional<Tick> time_of_output(fs::path const& path, std::string const& sha256) {
  auto const state = inspect_output(path, sha256);
  if (state != ExistingOutput::complete && state != ExistingOutput::unfinished) return {};
  auto const time = H5Reader::open(path.string()).number_attribute("/", "time");
  if (!time) return {};
  return Tick{static_cast<std::int64_t>(*time)};
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
      } catch (OtherFormat const&) {
        found.state = ExistingCheckpoint::other_program;
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

void remove_damaged_checkpoint(RunPaths const& paths) {
  std::error_code error;
  fs::remove(paths.checkpoint(), error);
  if (error) throw FileError{paths.checkpoint().string(), error.message(), "is the folder writable?"};
  bring_names_to_disk(paths.checkpoint());
}

Rows recover_rows(RunPaths const& paths, RowCounts const& rows, std::string const& sha256) {
  if (holds_rows(paths.partial(), rows, sha256)) return Rows::there;
  if (holds_rows(paths.saved_rows(), rows, sha256)) {
    copy_whole(paths.saved_rows(), paths.partial());
    return Rows::there;
  }
  if (holds_rows(paths.output, rows, sha256)) {
    copy_to_grow(paths.output, paths.partial());
    return Rows::there;
  }
  return Rows::lost;
}

void save_rows(RunPaths const& paths) { copy_whole(paths.partial(), paths.saved_rows()); }

}  // namespace myoaxis

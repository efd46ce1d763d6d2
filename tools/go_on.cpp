#include "tools/go_on.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <filesystem>
#include <string_view>
#include <system_error>

#include "io/config/settings.h"
#include "io/hdf5/error.h"
#include "io/hdf5/reader.h"
#include "io/run/build_info.h"
#include "io/run/compressed_results.h"
#include "io/run/run_lock.h"
#include "tools/common.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

/// Nothing, so that the run starts anew, when that was asked for.
template <class Error>
std::optional<RunStart> anew_or_throw(EarlierRun const& earlier, Error const& error) {
  if (!earlier.overwrite) throw error;
  spdlog::warn("{}; the run starts anew", error.what());
  return {};
}

/// What tells the configuration that is to be run from another one.
std::string difference_from(EarlierRun const& earlier, std::string_view other) {
  return difference_text(flat_settings(earlier.configuration), flat_settings(other));
}

std::string configuration_in(fs::path const& results) {
  return H5Reader::open(results.string()).text_attribute("/", "config_toml").value_or("");
}

void warn_where_not_compressed(EarlierRun const& earlier, std::optional<std::string> const& why) {
  if (why) spdlog::warn("{}: {}: {}", earlier.paths.output.string(), kNotCompressed, *why);
}

/// Unless somebody is at it. In a folder that cannot be written to, everything stays as it is.
void mend_what_a_crash_left(EarlierRun const& earlier) {
  std::error_code ignored;
  if (!fs::exists(earlier.paths.compressed(), ignored)) return;
  try {
    auto const lock = RunLock::try_to_hold(earlier.paths.output);
    if (lock) warn_where_not_compressed(earlier, compress_after_crash(earlier.paths));
  } catch (FileError const&) {
  }
}

}  // namespace

bool already_done(EarlierRun const& earlier) {
  auto const path = earlier.paths.output.string();
  auto const found = inspect_output(earlier.paths.output, earlier.sha256);
  if (found == ExistingOutput::none || found == ExistingOutput::unfinished || earlier.overwrite) return false;
  if (found == ExistingOutput::complete) {
    mend_what_a_crash_left(earlier);
    spdlog::info("{}: is complete for this configuration; nothing to do (--overwrite runs it again)", path);
    return true;
  }
  if (found == ExistingOutput::outdated) {
    throw UsageError{fmt::format(
        "{}: comes from another revision of the program (name another file with -o, or run it again with "
        "--overwrite)",
        path)};
  }
  constexpr auto cure = "name another file with -o, or replace it with --overwrite";
  if (found == ExistingOutput::other_configuration) {
    auto const difference = difference_from(earlier, configuration_in(earlier.paths.output));
    throw UsageError{
        fmt::format("{}: is the output of another configuration: {} ({})", path, difference, cure)};
  }
  throw UsageError{fmt::format("{}: exists and is no results file that can be read ({})", path, cure)};
}

bool has_come_to(EarlierRun const& earlier, Tick until) {
  if (earlier.overwrite) return false;
  auto const time = time_of_output(earlier.paths.output, earlier.sha256);
  if (!time || *time < until) return false;
  if (!earlier.look_only) warn_where_not_compressed(earlier, compress_after_crash(earlier.paths));
  spdlog::info("{}: has come to {} already; nothing to do", earlier.paths.output.string(), to_string(*time));
  return true;
}

std::optional<FoundCheckpoint> checkpoint_to_use(EarlierRun const& earlier) {
  auto found = find_checkpoint(earlier.paths, earlier.sha256);
  auto const path = found.path.string();
  constexpr auto cure = "go on with that one, name another output with -o, or start anew with --overwrite";
  switch (found.state) {
    case ExistingCheckpoint::none:
      return {};
    case ExistingCheckpoint::usable:
      break;
    case ExistingCheckpoint::other_configuration:
      if (earlier.overwrite) return {};
      throw UsageError{
          fmt::format("{}: belongs to another configuration, which was stopped before its end: {} ({})", path,
                      difference_from(earlier, found.info.config_toml), cure)};
    case ExistingCheckpoint::other_program:
      if (earlier.overwrite) return {};
      throw UsageError{fmt::format("{}: was written by another revision of the program ({})", path, cure)};
    case ExistingCheckpoint::damaged:
      if (earlier.overwrite) return {};
      throw FileError{path, "is damaged, and there is no other checkpoint",
                      "put a copy back, or start anew with --overwrite"};
  }
  if (found.newer_is_damaged) {
    spdlog::warn("{}: the last checkpoint is damaged; the one before it, of {}, is used",
                 earlier.paths.checkpoint().string(), to_string(found.info.time));
  }
  if (found.info.processor != processor_class()) {
    spdlog::warn(
        "{}: was written on a processor of another class ({}; here {}): results may differ in the last bits "
        "from those of one machine",
        path, found.info.processor, processor_class());
  }
  return found;
}

std::optional<RunStart> go_on(EarlierRun const& earlier, FoundCheckpoint const& checkpoint,
                              Model const& model) {
  if (earlier.overwrite && checkpoint.info.time >= model.end()) return {};
  try {
    auto start = start_at(checkpoint.path, model);
    if (earlier.look_only) return start;
    if (recover_rows(earlier.paths, *start.rows, earlier.sha256) == Rows::lost) {
      return anew_or_throw(earlier, FileError{earlier.paths.partial().string(),
                                              "the results up to the checkpoint are missing or damaged",
                                              "put the file back, or start anew with --overwrite"});
    }
    if (checkpoint.newer_is_damaged) remove_damaged_checkpoint(earlier.paths);
    return start;
  } catch (WrongState const& error) {
    return anew_or_throw(earlier, error);
  }
}

void tell_where_to_go_on(EarlierRun const& earlier) {
  try {
    auto const found = find_checkpoint(earlier.paths, earlier.sha256);
    if (found.state != ExistingCheckpoint::usable) return;
    spdlog::info(
        "{}: the run is safe up to {}; once the cause below is mended, the same command goes on from there",
        found.path.string(), to_string(found.info.time));
  } catch (FileError const&) {  // the error of the run is the one to tell
  }
}

}  // namespace myoaxis

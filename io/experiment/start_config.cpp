#include "io/experiment/start_config.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>
#include <system_error>

#include "core/state_hash.h"
#include "io/checkpoint/checkpoint.h"
#include "io/config/settings.h"
#include "io/hdf5/error.h"
#include "io/run/run_paths.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

/// What a saved state is made of. The rest of the schedule, interventions, assays and output may differ.
constexpr std::array kShared{"organism",  "factor",   "scale",   "circulation",
                             "transport", "numerics", "subject", "schedule.baseline"};

/// The checkpoint that `from` means, if there is a file.
std::optional<fs::path> find_file(std::string const& from, fs::path const& experiment) {
  std::error_code ignored;
  for (auto const& folder : {experiment.parent_path(), fs::path{}}) {
    auto const named = folder / from;
    for (auto const& path : {RunPaths{named}.checkpoint(), named}) {
      if (fs::is_regular_file(path, ignored)) return path;
    }
  }
  return {};
}

bool is_shared(std::string const& key) {
  return std::ranges::any_of(
      kShared, [&](std::string const& part) { return key == part || key.starts_with(part + "."); });
}

Settings shared_part(toml::table const& root) {
  auto settings = flat_settings(root);
  std::erase_if(settings, [](auto const& setting) { return !is_shared(setting.first); });
  return settings;
}

void check_shared(Section& section, toml::table const& root, std::string const& saved_toml) {
  auto const here = shared_part(root), there = shared_part(toml::parse(std::string_view{saved_toml}));
  if (here == there) return;
  section.fail("from", fmt::format("was saved by another subject or model: {}; only schedule, "
                                   "interventions, assays, loop, output and seed may differ",
                                   difference_text(here, there)));
}

void read_state(Section& section, toml::table const& root, std::string const& wanted, StartParams& start) {
  auto const info = read_checkpoint_info(start.checkpoint);
  start.state = to_string(info.state);
  start.time = info.time;
  start.git_sha1 = info.git_sha1;
  check_shared(section, root, info.config_toml);
  if (wanted.empty() || wanted == start.state) return;
  section.fail("state", fmt::format("'{}' is not the state in {}, which is {}", wanted,
                                    start.checkpoint.string(), start.state));
}

}  // namespace

StartParams read_start(Section section, toml::table const& root, fs::path const& experiment) {
  StartParams start;
  start.from = section.text("from", "results file (beside its checkpoint) or checkpoint to set out from");
  auto const wanted = section.text_or("state", "", "fingerprint of the state that must be in it");
  section.finish();
  if (start.from.empty()) return start;
  auto const found = find_file(start.from, experiment);
  if (!found) {
    section.fail("from", fmt::format("there is no file '{}', beside the experiment or in the current folder",
                                     start.from));
    return start;
  }
  start.checkpoint = *found;
  try {
    switch (inspect_checkpoint(*found)) {
      case CheckpointState::whole:
        read_state(section, root, wanted, start);
        break;
      case CheckpointState::damaged:
        section.fail("from", fmt::format("{} is damaged; put a copy back, or run the baseline again",
                                         found->string()));
        break;
      case CheckpointState::foreign:
      case CheckpointState::none:
        section.fail(
            "from",
            fmt::format("{} has no checkpoint beside it, {}.checkpoint; run the baseline to a time with "
                        "--until, or to its end with --keep-checkpoint",
                        found->string(), found->string()));
    }
  } catch (FileError const& error) {
    section.fail("from", error.what());
  }
  return start;
}

}  // namespace myoaxis

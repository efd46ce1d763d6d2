#include "io/experiment/start_config.h"

#include <fmt/core.h>

#include <array>
#include <optional>
#include <system_error>

#include "core/state_hash.h"
#include "io/checkpoint/checkpoint.h"
#include "io/config/toml_text.h"
#include "io/hdf5/error.h"
#include "io/run/run_paths.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

/// What a saved state is made of. Schedule, interventions, assays and output may differ.
constexpr std::array<char const*, 7> kShared{"organism",  "factor",   "scale",  "circulation",
                                             "transport", "numerics", "subject"};

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

std::string text_of(toml::node const* node) { return node == nullptr ? "nothing" : shown(*node); }

/// Path and values of the first key that differs.
std::optional<std::string> difference(toml::node const* here, toml::node const* there,
                                      std::string const& path) {
  if (here != nullptr && there != nullptr && inline_text(*here) == inline_text(*there)) return {};
  auto const* table_here = here == nullptr ? nullptr : here->as_table();
  auto const* table_there = there == nullptr ? nullptr : there->as_table();
  if (table_here == nullptr || table_there == nullptr || is_parameter_table(*here)) {
    if (here == nullptr && there == nullptr) return {};
    return fmt::format("{} is {} here and {} there", path, text_of(here), text_of(there));
  }
  for (auto const* table : {table_here, table_there}) {
    for (auto const& [key, value] : *table) {
      auto const name = std::string{key.str()};
      if (auto found = difference(table_here->get(name), table_there->get(name), path + "." + name))
        return found;
    }
  }
  return {};
}

void check_shared(Section& section, toml::table const& root, std::string const& saved_toml) {
  auto const saved = toml::parse(std::string_view{saved_toml});
  auto const report = [&](std::optional<std::string> const& found) {
    if (found)
      section.fail("from", fmt::format("was saved by another subject or model: {}; only schedule, "
                                       "interventions, assays, loop, output and seed may differ",
                                       *found));
    return found.has_value();
  };
  for (auto const* name : kShared) {
    if (report(difference(root.get(name), saved.get(name), name))) return;
  }
  auto const baseline_of = [](toml::table const& table) { return table["schedule"]["baseline"].node(); };
  report(difference(baseline_of(root), baseline_of(saved), "schedule.baseline"));
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

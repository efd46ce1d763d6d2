/// What one finished run came to, as read back from its results file, and which arm of a study it belongs to.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agents/outcomes.h"
#include "core/draws.h"

namespace myoaxis {

struct RunOutcomes {
  std::string path;
  std::string title;
  std::string arm;  // fingerprint: `arm_of` its configuration
  Luck luck;
  std::string revision;  // of the program, from git
  std::string config_sha256;
  std::map<std::string, std::string> settings;  // `settings_of` its configuration
  std::vector<Outcome> outcomes;
};

/// Reads the finished run in `path`. Throws FileError when the file cannot be read, and ConfigError when it
/// is no results file, is of a format that this program does not know, or when its run did not reach the end.
RunOutcomes read_run_outcomes(std::string const& path);

/// Fingerprint of what the runs of one arm have in common: the resolved configuration without seed and
/// subject. `path` names its file in a ConfigError.
std::string arm_of(std::string_view config_toml, std::string const& path);

/// The configuration as a flat list, such as `schedule.duration` to `"3 days"`; seed and subject are left
/// out, parameters show their value alone.
std::map<std::string, std::string> settings_of(std::string_view config_toml, std::string const& path);

}  // namespace myoaxis

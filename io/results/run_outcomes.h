/// What one finished run came to, as read back from its results file, and which arm of a study it belongs to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agents/outcome.h"
#include "core/draws.h"
#include "io/config/settings.h"
#include "io/hdf5/reader.h"

namespace myoaxis {

struct RunOutcomes {
  std::string path;
  std::string title;
  std::string arm;  // fingerprint: `arm_of` its configuration
  Luck luck;
  std::string revision;  // of the program, from git
  std::string config_sha256;
  Settings settings;              // `settings_of` its configuration
  std::vector<Outcome> outcomes;  // of the whole run, then the readings of its assays
};

/// The outcomes that the results file has, of the whole run and the readings of its assays, so far. Throws
/// ConfigError when the data sets of /outcomes do not fit together.
std::vector<Outcome> read_outcomes(H5Reader const& file);

/// Reads the finished run in `path`. Throws FileError when the file cannot be read, and ConfigError when it
/// is no results file, is of a format that this program does not know, or when its run did not reach the end.
RunOutcomes read_run_outcomes(std::string const& path);

/// Fingerprint of what the runs of one arm have in common: the resolved configuration without seed and
/// subject. `path` names its file in a ConfigError.
std::string arm_of(std::string_view config_toml, std::string const& path);

/// The configuration as a flat list without seed and subject.
Settings settings_of(std::string_view config_toml, std::string const& path);

}  // namespace myoaxis

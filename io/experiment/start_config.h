/// Where an experiment sets out: at its beginning, or from a state that another run has saved.
#pragma once

#include <filesystem>
#include <string>

#include "core/clock.h"
#include "io/config/section.h"

namespace myoaxis {

struct StartParams {
  std::string from;                  // as the user wrote it
  std::filesystem::path checkpoint;  // that was found for it
  std::string state;                 // fingerprint of the state in it
  Tick time;
  std::string git_sha1;  // of the program that saved it
};

/// [start] from = "baseline.h5": a results file beside its checkpoint, or the checkpoint; looked up beside
/// `experiment`, then in the current folder. Whatever the state depends on must be the same in both
/// experiments: what differs is reported by its key.
StartParams read_start(Section section, toml::table const& root, std::filesystem::path const& experiment);

}  // namespace myoaxis

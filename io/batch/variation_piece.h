/// Pulls the shipped piece (configs/variations/) into the [subject.variation] of a batch.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <string>

#include "io/config/diagnostics.h"
#include "io/config/search_path.h"

namespace myoaxis {

/// Lays the keys of [subject.variation] in `batch` (read from `file`) over the piece that its `use` names, or
/// over that of the base experiment's `organism` when it names none; `use` becomes `from`. A batch without
/// that table is left as it is: its subjects differ by luck alone.
void lay_variation_piece(toml::table& batch, std::string const& organism, std::filesystem::path const& file,
                         SearchPath const& search, Diagnostics& diagnostics);

}  // namespace myoaxis

/// What every results file says about itself at its root: of which configuration it is, and by which program.
#pragma once

#include <string>

#include "core/draws.h"
#include "io/hdf5/group.h"

namespace myoaxis {

inline constexpr char const* kFormatName = "myoaxis run";
inline constexpr char const* kFormatVersion = "3.1";

struct RunIdentity {
  std::string const& title;
  Luck luck;
  std::string const& resolved_toml;
  std::string const& sha256;  // of resolved_toml
  std::string const& command_line;
};

/// Writes the attributes, with the status "running".
void write_identity(H5Group root, RunIdentity const& identity);

}  // namespace myoaxis

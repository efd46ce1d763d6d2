/// The file that `myoaxis network solve` writes: pressures, flows and hematocrits of a network.
///
/// HDF5 by the rules of a results file (io/README.md): `/segments` along `name`, `/nodes` along `name`.
#pragma once

#include <filesystem>
#include <string>

#include "core/hemodynamics/blood_flow.h"
#include "core/hemodynamics/transit.h"
#include "io/network/network_dat.h"

namespace myoaxis {

inline constexpr char const* kNetworkFormatName = "myoaxis network";
inline constexpr char const* kNetworkFormatVersion = "1.0";

struct NetworkResult {
  MeasuredNetwork const& measured;
  BloodFlow const& flow;
  Blood const& blood;
  TransitMoments transit;
  std::string source;  ///< file that the network came from
  std::string command_line;
};

/// Writes beside `output` first and renames, so that it is whole or not there. Throws FileError.
void write_network_file(std::filesystem::path const& output, NetworkResult const& result);

}  // namespace myoaxis

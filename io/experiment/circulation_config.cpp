#include "io/experiment/circulation_config.h"

#include <algorithm>
#include <array>

#include "io/config/attach.h"
#include "io/network/network_dat.h"

namespace myoaxis {
namespace {

/// The network whose file `key` names; its text stands beside it since the document was loaded.
std::optional<VascularNetwork> read_network(Section& section, std::string_view key,
                                            std::string_view meaning) {
  auto const name = section.text_or(key, "", meaning);
  auto const text = section.text_or(text_key(key), "", "text of that file, in a resolved configuration");
  if (name.empty() || text.empty()) return {};
  try {
    return parse_network_dat(name, text).network;
  } catch (ConfigError const& error) {
    section.fail(key, error.what());
    return {};
  }
}

}  // namespace

CirculationDesign read_circulation_design(std::optional<Section> section) {
  CirculationDesign design;
  if (!section) return design;
  constexpr std::array<std::string_view, 2> resolutions{"lumped", "resolved"};
  auto const resolution = section->choice_or("resolution", "lumped", resolutions,
                                             "beds as a few stages, or networks vessel by vessel");
  if (resolution == "resolved") design.resolution = Resolution::resolved;
  design.vessel_cells = static_cast<std::size_t>(
      section->integer_or("vessel_cells", 40, 1, 5000, "cells of each network, when it is resolved"));
  design.muscle_network =
      read_network(*section, "muscle_network", "network.dat file that stands in for the vessels of muscle");
  design.hippocampus_network = read_network(
      *section, "hippocampus_network", "network.dat file that stands in for the vessels of the hippocampus");
  section->finish();
  return design;
}

}  // namespace myoaxis

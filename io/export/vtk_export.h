/// A run for ParaView: its fibers, vessels and niches at each snapshot.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "io/hdf5/reader.h"

namespace myoaxis {

struct DrawnRun {
  std::vector<std::string> names;  // of the drawings
  std::size_t snapshots = 0;       // at which each is drawn
};

/// Writes into `folder`, which is there and empty, NAME.SNAPSHOT.hdf and NAME.hdf.series for
///
///     fibers       a line each, in a schematic cross-section (layouts.h); all columns
///     vessels      the circulation as a schematic loop (loop_layout.h); flow and concentrations
///     network_BED  the vessels of a bed that has a network, where they lie; the same data
///     niches       a point each, on a schematic arc; cells by stage, content and occupancy
///     neurons      a point each, about the place of their niche; all columns, and age
///
/// in um, and codes.csv: what the numbers of kinds, stretches and stages mean. Of a run that is still written
/// or was cut off, the snapshots that are whole. Throws FileError when there is none, or when the file does
/// not hold what it should.
DrawnRun export_vtk(H5Reader const& file, std::filesystem::path const& folder);

}  // namespace myoaxis

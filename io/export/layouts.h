/// Where things are drawn that the simulation gives no place: schematic, and the same for the same results.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "io/export/vtk_file.h"

namespace myoaxis {

/// Centers of fibers in a round cross-section, um, z = 0, in the order of `areas` (um2): along a spiral in
/// the order of their keys, so that types are mixed, each ring as wide as the areas in it need.
std::vector<VtkPoint> muscle_section(std::span<double const> areas, std::span<std::uint64_t const> keys);

/// A loop of vessels: pulmonary part on top, arteries on the right, veins on the left, capillary beds in
/// parallel between them from right to left. Two points for each of the pieces of the stretch, in the
/// direction of the stream. `row`: number of the bed from above.
std::vector<VtkPoint> great_vessel(std::string const& name, std::size_t pieces, std::size_t beds);
std::vector<VtkPoint> capillary_bed(std::size_t row, std::size_t pieces);

/// Niches on an arc, as along the blade of a dentate gyrus.
std::vector<VtkPoint> niche_arc(std::size_t niches);

}  // namespace myoaxis

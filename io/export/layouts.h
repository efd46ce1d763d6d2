/// Where fibers and the cells of niches are drawn: the simulation gives them no place. Schematic, and the
/// same for the same results.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agents/hippocampus/neurons.h"
#include "io/export/vtk_file.h"

namespace myoaxis {

/// Centers of fibers in a round cross-section, um, z = 0: on a hexagonal lattice, one fiber a place, that
/// fills the sum of the fibers' areas. Each motor unit (`units`: that of each fiber) has a round territory
/// in which one fiber in ten is its own; territories lie one over the other, as in a muscle. `mean_area`,
/// um2, is finite and > 0 when there are fibers.
std::vector<VtkPoint> muscle_section(std::span<std::uint64_t const> units, double mean_area);

/// Niches side by side along an arc, as along the blade of a dentate gyrus, um: the hilus is inside.
std::vector<VtkPoint> niche_arc(std::size_t niches);

/// A cell of a niche: at a place along the niche and across the blade that its key gives, which is so for
/// all its life, and as deep as cells of its stage lie: those that divide in the subgranular zone, the older
/// the further out in the granule layer.
VtkPoint place_in_niche(std::size_t niche, std::size_t niches, Stage stage, std::uint64_t key);

}  // namespace myoaxis

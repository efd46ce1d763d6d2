/// Which points of the unit cube a study tries: all combinations, or a few spread evenly.
///
/// A dimension has a permanent key, such as the hash of a parameter's name. Draws are addressed by it, so
/// that neither the order of the dimensions nor others beside it change its coordinates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace myoaxis {

/// One coordinate a dimension, each from 0 to 1.
using UnitPoint = std::vector<double>;

/// All combinations of the levels 0, 1, ... of each dimension; the last one runs fastest. `levels`: how many
/// each has, at least 1. The product must fit into memory.
std::vector<std::vector<std::size_t>> full_grid(std::span<std::size_t const> levels);

/// Latin hypercube [McKay1979]: each dimension is cut into as many strata as there are points, and each
/// stratum holds one point, at random within it. Strata of different dimensions are combined at random.
std::vector<UnitPoint> latin_hypercube(std::size_t points, std::span<std::uint64_t const> dimensions,
                                       std::uint64_t seed);

/// Most dimensions of a Sobol' sequence.
inline constexpr std::size_t kMostSobolDimensions = 3667;

/// The first points of the Sobol' sequence [Sobol1967] with the direction numbers of [JoeKuo2008], from 0, 0,
/// ... on, in Gray-code order. Each dimension is shifted by adding a random word digit by digit (exclusive
/// or), which keeps the evenness: of 2^m points each of 2^m equal intervals of a dimension holds one, and no
/// point lies on the edge. More points begin with the same ones; the dimensions are not interchangeable.
///
/// `dimensions`: keys of at most kMostSobolDimensions dimensions.
std::vector<UnitPoint> shifted_sobol_points(std::size_t points, std::span<std::uint64_t const> dimensions,
                                            std::uint64_t seed);

/// The same without shifts: 0 0, .5 .5, .75 .25, .25 .75, ...
std::vector<UnitPoint> sobol_points(std::size_t points, std::size_t dimensions);

}  // namespace myoaxis

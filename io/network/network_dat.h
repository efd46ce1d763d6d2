/// Measured networks in the `network.dat` format of Secomb's programs NetFlow and Greens.
///
/// Lines: title; box; tissue points; outer bound; longest segment; most segments at a node; number of
/// segments; a header; the segments (name, type, from, to, diameter in um, flow, hematocrit); number of
/// nodes; a header; the nodes (name, x, y, z in um); number of boundary nodes; a header; the boundaries
/// (node, type, pressure in mmHg or flow in nl/min, hematocrit, ...). Fields stand between blanks or tabs;
/// what follows the fields that count is a comment; empty lines are skipped; lines may end in CR LF.
///
/// Segments of other types than 4 and 5 are left out, and nodes that then have no segment; a node that they
/// leave with one segment is a closed end. Boundary type 0 gives a pressure, 2 a flow (positive: into the
/// network). Lengths are the straight distances between nodes. Listed flows and hematocrits of segments are
/// results of others and are not read.
#pragma once

#include <cstddef>
#include <string>

#include "core/hemodynamics/vascular_network.h"

namespace myoaxis {

struct MeasuredNetwork {
  std::string title;
  VascularNetwork network;
  std::size_t ignored_segments = 0;    ///< of other types
  std::size_t ignored_nodes = 0;       ///< that no segment of the network touches
  std::size_t ignored_boundaries = 0;  ///< at such nodes
  std::size_t closed_ends = 0;         ///< boundaries of no flow where ignored segments went on
};

/// One millimeter of mercury, in Pa.
inline constexpr double kMillimeterOfMercury = 133.322;
/// One nanoliter a minute, in m3 / s.
inline constexpr double kNanoliterPerMinute = 1e-12 / 60;

/// Reads the file, line by line, with memory in proportion to the part that makes sense. Throws ConfigError
/// with file, line and reason: unreadable or missing numbers, counts that do not fit, a file that ends early,
/// and everything that `faults_of` finds.
MeasuredNetwork read_network_dat(std::string const& path);

/// The same from a text that has the name `name` in messages.
MeasuredNetwork parse_network_dat(std::string const& name, std::string const& text);

}  // namespace myoaxis

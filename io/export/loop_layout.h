/// The circulation as a schematic loop, as textbooks draw it: lungs on top, arteries on the right, veins on
/// the left, and the capillary beds in parallel between them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/export/vtk_file.h"

namespace myoaxis {

/// A cell of blood, and where it lies if it is of a network.
struct LoopCell {
  std::string kind;     // "veins", "right_heart", "lungs", "left_heart", "arteries" or "bed"
  std::string stretch;  // the bed
  struct Course {
    VtkPoint from, to;
  };
  std::optional<Course> course;
};

/// From which of the cells blood flows into which.
struct LoopPath {
  std::size_t from, to;
};

/// The beds from the top down: in the order of the cells, but what drains into another bed (as the gut does
/// into the liver) stands below that one.
std::vector<std::string> rows_of_beds(std::vector<LoopCell> const& cells, std::vector<LoopPath> const& paths);

/// A line for each cell, in the direction of the stream, which ends where those of the next cells begin. The
/// network of a bed is drawn between artery and vein as it lies, to another scale. The last cell of the
/// arteries, from which all beds are fed, runs along all of them; so does the first of the veins.
std::vector<std::vector<VtkPoint>> loop_of_vessels(std::vector<LoopCell> const& cells,
                                                   std::vector<LoopPath> const& paths);

}  // namespace myoaxis

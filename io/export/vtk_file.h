/// Files of the VTKHDF format that ParaView 5.11 and VTK 9.1 open: an unstructured grid (version 1.0) of
/// lines or of single points, with data on its cells.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

namespace myoaxis {

using VtkPoint = std::array<double, 3>;

struct VtkGrid {
  /// Of lines: two for each, one after the other.
  enum class Cells { points, lines } cells = Cells::points;
  std::vector<VtkPoint> points;
  struct Data {
    std::string name;  // with the unit: "flow [ml per min]", no slash
    std::vector<double> values;
  };
  std::vector<Data> data;  // one value a cell

  std::size_t size() const { return cells == Cells::lines ? points.size() / 2 : points.size(); }
};

/// Throws FileError. The name has to end in .hdf.
void write_vtk(std::filesystem::path const& path, VtkGrid const& grid);

/// NAME.hdf.series: the files in `folder` that are one grid at several times (s). Throws FileError.
void write_vtk_series(std::filesystem::path const& path, std::vector<std::string> const& files,
                      std::vector<double> const& times);

}  // namespace myoaxis

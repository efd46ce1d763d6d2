/// Files of the VTKHDF format that ParaView 5.11 and VTK 9.1 open: an unstructured grid (version 1.0) of
/// points and of lines, with data on its cells.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace myoaxis {

using VtkPoint = std::array<double, 3>;

struct VtkGrid {
  std::vector<VtkPoint> points;
  /// Points of each cell, one cell after the other: 1 is a point, 2 a line, more a line with bends.
  std::vector<std::size_t> cell_points;
  struct Data {
    std::string name;  // with the unit: "flow [ml per min]", no slash
    std::variant<std::vector<double>, std::vector<std::uint64_t>> values;
  };
  std::vector<Data> data;  // one value a cell

  std::size_t size() const { return cell_points.size(); }
  void add(std::span<VtkPoint const> cell) {
    points.insert(points.end(), cell.begin(), cell.end());
    cell_points.push_back(cell.size());
  }
};

/// Throws FileError. The name has to end in .hdf.
void write_vtk(std::filesystem::path const& path, VtkGrid const& grid);

/// NAME.hdf.series: the files in `folder` that are one grid at several times (s). Throws FileError.
void write_vtk_series(std::filesystem::path const& path, std::vector<std::string> const& files,
                      std::vector<double> const& times);

}  // namespace myoaxis

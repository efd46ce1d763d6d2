#include "io/export/vtk_file.h"

#include <hdf5.h>

#include <cstdint>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <span>

#include "io/hdf5/call.h"

namespace myoaxis {
namespace {

using hdf5::check;
using hdf5::Handle;
using hdf5::own;

constexpr std::uint8_t kVertex = 1, kLine = 3, kPolyLine = 4;  // VTK's numbers of its kinds of cells

/// Writes into one file, naming it in errors.
class VtkWriter {
 public:
  explicit VtkWriter(std::filesystem::path const& path) : path_{path.string()} {
    hdf5::silence();
    // The format's readers come with older libraries, too: no format of a newer one is asked for.
    file_ = own(H5Fcreate(path_.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose, path_,
                "create the file", "");
  }

  Handle group(std::string const& name) const {
    return own(H5Gcreate2(file_.get(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose, path_,
               "create the group", name);
  }

  void attributes(hid_t group) const {
    hsize_t const two = 2;
    Handle const pair{H5Screate_simple(1, &two, nullptr), H5Sclose};
    std::array<std::int64_t, 2> const version{1, 0};
    auto const number =
        own(H5Acreate2(group, "Version", H5T_NATIVE_INT64, pair.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
            path_, "create the attribute", "Version");
    check(H5Awrite(number.get(), H5T_NATIVE_INT64, version.data()), path_, "write the attribute", "Version");
    std::string const kind = "UnstructuredGrid";
    Handle const text{H5Tcopy(H5T_C_S1), H5Tclose};  // of fixed length: VTK reads no other
    H5Tset_size(text.get(), kind.size());
    Handle const scalar{H5Screate(H5S_SCALAR), H5Sclose};
    auto const type = own(H5Acreate2(group, "Type", text.get(), scalar.get(), H5P_DEFAULT, H5P_DEFAULT),
                          H5Aclose, path_, "create the attribute", "Type");
    check(H5Awrite(type.get(), text.get(), kind.data()), path_, "write the attribute", "Type");
  }

  template <class T>
  void array(hid_t group, std::string const& name, std::vector<hsize_t> const& size, hid_t type,
             std::span<T const> values) const {
    Handle const space{H5Screate_simple(static_cast<int>(size.size()), size.data(), nullptr), H5Sclose};
    auto const data =
        own(H5Dcreate2(group, name.c_str(), type, space.get(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
            H5Dclose, path_, "create the data set", name);
    if (values.empty()) return;
    check(H5Dwrite(data.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), path_,
          "write the data set", name);
  }

  void number(hid_t group, std::string const& name, std::size_t value) const {
    auto const count = static_cast<std::int64_t>(value);
    array<std::int64_t>(group, name, {1}, H5T_NATIVE_INT64, {&count, 1});
  }

  void close() { check(H5Fclose(file_.release()), path_, "close the file", ""); }

 private:
  std::string path_;
  Handle file_;
};

std::uint8_t kind_of(std::size_t points) { return points == 1 ? kVertex : points == 2 ? kLine : kPolyLine; }

void write_cells(VtkWriter const& writer, hid_t group, VtkGrid const& grid) {
  std::vector<std::int64_t> connectivity(grid.points.size()), offsets{0};
  std::iota(connectivity.begin(), connectivity.end(), 0);
  std::vector<std::uint8_t> types;
  for (auto const points : grid.cell_points) {
    offsets.push_back(offsets.back() + static_cast<std::int64_t>(points));
    types.push_back(kind_of(points));
  }
  writer.number(group, "NumberOfPoints", grid.points.size());
  writer.number(group, "NumberOfCells", grid.size());
  writer.number(group, "NumberOfConnectivityIds", connectivity.size());
  writer.array<std::int64_t>(group, "Connectivity", {connectivity.size()}, H5T_NATIVE_INT64, connectivity);
  writer.array<std::int64_t>(group, "Offsets", {offsets.size()}, H5T_NATIVE_INT64, offsets);
  writer.array<std::uint8_t>(group, "Types", {types.size()}, H5T_NATIVE_UINT8, types);
}

void write_data(VtkWriter const& writer, hid_t group, VtkGrid::Data const& data) {
  if (auto const* keys = std::get_if<std::vector<std::uint64_t>>(&data.values)) {
    writer.array<std::uint64_t>(group, data.name, {keys->size()}, H5T_NATIVE_UINT64, *keys);
  } else {
    auto const& numbers = std::get<std::vector<double>>(data.values);
    writer.array<double>(group, data.name, {numbers.size()}, H5T_NATIVE_DOUBLE, numbers);
  }
}

}  // namespace

void write_vtk(std::filesystem::path const& path, VtkGrid const& grid) {
  VtkWriter writer{path};
  {
    auto const root = writer.group("VTKHDF");
    writer.attributes(root.get());
    std::vector<double> coordinates;
    for (auto const& point : grid.points) coordinates.insert(coordinates.end(), point.begin(), point.end());
    writer.array<double>(root.get(), "Points", {grid.points.size(), 3}, H5T_NATIVE_DOUBLE, coordinates);
    write_cells(writer, root.get(), grid);
    auto const cell_data = writer.group("VTKHDF/CellData");
    for (auto const& data : grid.data) write_data(writer, cell_data.get(), data);
  }
  writer.close();
}

void write_vtk_series(std::filesystem::path const& path, std::vector<std::string> const& files,
                      std::vector<double> const& times) {
  nlohmann::ordered_json series{{"file-series-version", "1.0"}};
  auto& list = series["files"] = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < files.size(); ++i) list.push_back({{"name", files[i]}, {"time", times[i]}});
  std::ofstream file{path};
  file << series.dump(2) << '\n';
  if (!file.flush()) throw FileError{path.string(), "cannot be written", "is the disk full?"};
}

}  // namespace myoaxis

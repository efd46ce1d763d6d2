#include <hdf5.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <new>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "io/hdf5/call.h"
#include "io/hdf5/file_state.h"
#include "io/hdf5/writer.h"

namespace myoaxis {
namespace {

using hdf5::Handle;

/// Bytes that are read at a time, or one row of chunks.
constexpr std::size_t kBlockBytes = 1 << 22;

/// What kept a part from being read: the disk, or else the file is damaged.
struct Obstacle {
  std::optional<std::string> of_system = {};
};

hsize_t rows_of_chunk(hid_t dataset, std::size_t rank) {
  Handle const properties{H5Dget_create_plist(dataset), H5Pclose};
  std::vector<hsize_t> chunk(rank, 1);
  if (H5Pget_layout(properties.get()) != H5D_CHUNKED) return 1;
  H5Pget_chunk(properties.get(), static_cast<int>(rank), chunk.data());
  return std::max<hsize_t>(chunk.front(), 1);
}

bool read_block(hid_t dataset, hid_t type, hid_t memory, hid_t place, std::vector<std::byte>& values,
                Obstacle& obstacle) {
  if (H5Dread(dataset, type, memory, place, H5P_DEFAULT, values.data()) < 0) {
    obstacle.of_system = hdf5::system_message();
    return false;
  }
  if (H5Tis_variable_str(type) > 0) H5Dvlen_reclaim(type, memory, H5P_DEFAULT, values.data());
  return true;
}

/// Whether every value can be read. Texts are references into the file's heap, which are read too.
bool can_be_read(hid_t dataset, Obstacle& obstacle) {
  Handle const type{H5Dget_type(dataset), H5Tclose};
  Handle const space{H5Dget_space(dataset), H5Sclose};
  if (!type || !space) return false;
  auto const value_bytes = H5Tget_size(type.get());
  auto const size = hdf5::extent_of(dataset);
  if (size.empty()) {  // a single value, or none
    std::vector<std::byte> value(value_bytes);
    return H5Sget_simple_extent_npoints(space.get()) < 1 ||
           read_block(dataset, type.get(), space.get(), space.get(), value, obstacle);
  }
  auto const row_bytes =
      std::accumulate(size.begin() + 1, size.end(), std::max<hsize_t>(value_bytes, 1), std::multiplies<>{});
  if (row_bytes == 0) return true;
  auto const chunk = rows_of_chunk(dataset, size.size());
  auto const most = std::max<hsize_t>(kBlockBytes / row_bytes / chunk, 1) * chunk;
  std::vector<std::byte> values;
  for (hsize_t first = 0; first < size.front(); first += most) {
    auto count = size;
    count.front() = std::min(most, size.front() - first);
    std::vector<hsize_t> start(size.size(), 0);
    start.front() = first;
    H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr);
    auto const memory = hdf5::dataspace_of(count, count);
    values.resize(count.front() * row_bytes);
    if (!read_block(dataset, type.get(), memory.get(), space.get(), values, obstacle)) return false;
  }
  return true;
}

/// No exception may pass through HDF5, which calls this.
herr_t visit(hid_t file, char const* name, H5O_info_t const* info, void* data) {
  auto& obstacle = *static_cast<Obstacle*>(data);
  if (info->type != H5O_TYPE_DATASET) return 0;
  try {
    Handle const dataset{H5Dopen2(file, name, H5P_DEFAULT), H5Dclose};
    if (!dataset) {
      obstacle.of_system = hdf5::system_message();
      return -1;
    }
    return can_be_read(dataset.get(), obstacle) ? 0 : -1;
  } catch (std::bad_alloc const&) {
    obstacle.of_system = "Cannot allocate memory";
    return -1;
  } catch (std::length_error const&) {  // no data set is that large: its size is damaged
    return -1;
  }
}

/// Throws when it is the disk that fails: then nothing is known of the file.
bool damaged(std::string const& path, std::optional<std::string> const& of_system) {
  if (of_system) throw FileError{path, "cannot be read: " + *of_system, "mend that, and try again"};
  return false;
}

}  // namespace

bool is_intact(std::string const& path) {
  hdf5::silence();
  auto const access = hdf5::access_after_crash();
  Handle const file{H5Fopen(path.c_str(), H5F_ACC_RDWR, access.get()), H5Fclose};
  if (!file) return damaged(path, hdf5::system_message());
  Obstacle obstacle;
  if (H5Ovisit2(file.get(), H5_INDEX_NAME, H5_ITER_INC, visit, &obstacle, H5O_INFO_BASIC) >= 0) return true;
  if (!obstacle.of_system) obstacle.of_system = hdf5::system_message();
  return damaged(path, obstacle.of_system);
}

}  // namespace myoaxis

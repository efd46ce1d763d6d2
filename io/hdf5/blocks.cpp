#include "io/hdf5/blocks.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "io/hdf5/file_state.h"

namespace myoaxis::hdf5 {
namespace {

/// Bytes of a block, or one row of chunks.
constexpr std::size_t kBlockBytes = 1 << 22;

hsize_t rows_of_chunk(hid_t dataset, std::size_t rank) {
  Handle const properties{H5Dget_create_plist(dataset), H5Pclose};
  std::vector<hsize_t> chunk(rank, 1);
  if (H5Pget_layout(properties.get()) != H5D_CHUNKED) return 1;
  H5Pget_chunk(properties.get(), static_cast<int>(rank), chunk.data());
  return std::max<hsize_t>(chunk.front(), 1);
}

}  // namespace

bool for_each_block(hid_t dataset, std::function<bool(Block const&)> const& see) {
  Handle const type{H5Dget_type(dataset), H5Tclose};
  Handle const space{H5Dget_space(dataset), H5Sclose};
  if (!type || !space) return false;
  auto const value_bytes = H5Tget_size(type.get());
  auto const size = extent_of(dataset);
  if (size.empty()) {  // a single value, or none
    return H5Sget_simple_extent_npoints(space.get()) < 1 || see({space.get(), space.get(), value_bytes});
  }
  auto const row_bytes =
      std::accumulate(size.begin() + 1, size.end(), std::max<hsize_t>(value_bytes, 1), std::multiplies<>{});
  if (row_bytes == 0) return true;
  auto const chunk = rows_of_chunk(dataset, size.size());
  auto const most = std::max<hsize_t>(kBlockBytes / row_bytes / chunk, 1) * chunk;
  for (hsize_t first = 0; first < size.front(); first += most) {
    auto count = size;
    count.front() = std::min(most, size.front() - first);
    std::vector<hsize_t> start(size.size(), 0);
    start.front() = first;
    if (H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr) < 0)
      return false;
    auto const memory = dataspace_of(count, count);
    if (!see({space.get(), memory.get(), count.front() * row_bytes})) return false;
  }
  return true;
}

}  // namespace myoaxis::hdf5

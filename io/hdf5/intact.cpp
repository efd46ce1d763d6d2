#include <hdf5.h>

#include <cstddef>
#include <vector>

#include "io/hdf5/call.h"
#include "io/hdf5/writer.h"

namespace myoaxis {
namespace {

using hdf5::Handle;

/// Whether every value can be read. Texts are references into the file's heap, which are read too.
bool can_be_read(hid_t dataset) {
  Handle const type{H5Dget_type(dataset), H5Tclose};
  Handle const space{H5Dget_space(dataset), H5Sclose};
  auto const count = H5Sget_simple_extent_npoints(space.get());
  if (!type || !space || count < 0) return false;
  std::vector<std::byte> values(static_cast<std::size_t>(count) * H5Tget_size(type.get()));
  if (values.empty()) return true;
  if (H5Dread(dataset, type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0) return false;
  if (H5Tis_variable_str(type.get()) > 0)
    H5Dvlen_reclaim(type.get(), space.get(), H5P_DEFAULT, values.data());
  return true;
}

herr_t visit(hid_t file, char const* name, H5O_info_t const* info, void*) {
  if (info->type != H5O_TYPE_DATASET) return 0;
  Handle const dataset{H5Dopen2(file, name, H5P_DEFAULT), H5Dclose};
  return dataset && can_be_read(dataset.get()) ? 0 : -1;
}

}  // namespace

bool is_intact(std::string const& path) {
  hdf5::silence();
  auto const access = hdf5::access_after_crash();
  Handle const file{H5Fopen(path.c_str(), H5F_ACC_RDWR, access.get()), H5Fclose};
  return file && H5Ovisit2(file.get(), H5_INDEX_NAME, H5_ITER_INC, visit, nullptr, H5O_INFO_BASIC) >= 0;
}

}  // namespace myoaxis

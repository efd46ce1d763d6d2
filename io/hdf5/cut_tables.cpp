#include <hdf5.h>
#include <hdf5_hl.h>

#include "io/hdf5/file_state.h"
#include "io/hdf5/writer.h"

namespace myoaxis {
namespace {

using hdf5::Handle;

/// The growing scale of a table, its length to be, and what goes wrong on the way.
struct Cut {
  std::string const& path;
  hid_t scale;
  hsize_t rows;
};

void cut(Cut const& to, hid_t dataset, char const* name) {
  auto size = hdf5::extent_of(dataset);
  if (size.empty() || size.front() <= to.rows) return;
  size.front() = to.rows;
  hdf5::check(H5Dset_extent(dataset, size.data()), to.path, "shorten the data set", name);
}

herr_t cut_if_attached(hid_t group, char const* name, H5L_info_t const*, void* data) {
  auto const& to = *static_cast<Cut const*>(data);
  Handle const dataset{H5Dopen2(group, name, H5P_DEFAULT), H5Dclose};
  if (!dataset || H5DSis_scale(dataset.get()) > 0) return 0;
  if (H5DSis_attached(dataset.get(), to.scale, 0) > 0) cut(to, dataset.get(), name);
  return 0;
}

}  // namespace

void cut_tables(std::string const& path, RowCounts const& rows) {
  hdf5::silence();
  auto const access = hdf5::access_properties();
  auto const file =
      hdf5::own(H5Fopen(path.c_str(), H5F_ACC_RDWR, access.get()), H5Fclose, path, "open the file", "");
  for (auto const& [name, number] : rows) {
    auto const scale =
        hdf5::own(H5Dopen2(file.get(), name.c_str(), H5P_DEFAULT), H5Dclose, path, "open the scale", name);
    auto const group_name = name.substr(0, name.find_last_of('/') + 1);
    auto const group =
        hdf5::own(H5Gopen2(file.get(), group_name.c_str(), H5P_DEFAULT), H5Gclose, path, "open", group_name);
    Cut to{path, scale.get(), number};
    hdf5::check(H5Literate(group.get(), H5_INDEX_NAME, H5_ITER_INC, nullptr, cut_if_attached, &to), path,
                "go through", group_name);
    cut(to, scale.get(), name.c_str());
  }
}

}  // namespace myoaxis

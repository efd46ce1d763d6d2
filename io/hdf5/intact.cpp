#include <hdf5.h>

#include <cstddef>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "io/hdf5/blocks.h"
#include "io/hdf5/call.h"
#include "io/hdf5/file_state.h"
#include "io/hdf5/writer.h"

namespace myoaxis {
namespace {

using hdf5::Handle;

/// What kept a part from being read: the disk, or else the file is damaged.
struct Obstacle {
  std::optional<std::string> of_system = {};
};

/// Whether every value can be read. Texts are references into the file's heap, which are read too.
bool can_be_read(hid_t dataset, Obstacle& obstacle) {
  Handle const type{H5Dget_type(dataset), H5Tclose};
  std::vector<std::byte> values;
  return hdf5::for_each_block(dataset, [&](hdf5::Block const& block) {
    values.resize(block.bytes);
    if (H5Dread(dataset, type.get(), block.memory, block.place, H5P_DEFAULT, values.data()) < 0) {
      obstacle.of_system = hdf5::system_message();
      return false;
    }
    if (H5Tis_variable_str(type.get()) > 0)
      H5Dvlen_reclaim(type.get(), block.memory, H5P_DEFAULT, values.data());
    return true;
  });
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

#include <hdf5.h>
#include <hdf5_hl.h>
#include <unistd.h>

#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "io/hdf5/blocks.h"
#include "io/hdf5/file_state.h"
#include "io/hdf5/writer.h"

namespace myoaxis {
namespace {

using hdf5::Handle;
using hdf5::own;

struct Object {
  std::string path;  // "." is the root
  H5O_type_t type;
  haddr_t address;
};

/// What HDF5 calls for each object or attribute. No exception may pass through HDF5.
template <class T, class Found>
herr_t gather(std::vector<T>& all, Found&& found) {
  try {
    all.push_back(found());
    return 0;
  } catch (std::exception const&) {
    return -1;
  }
}

herr_t gather_object(hid_t, char const* name, H5O_info_t const* info, void* objects) {
  return gather(*static_cast<std::vector<Object>*>(objects), [&] {
    return Object{name, info->type, info->addr};
  });
}

herr_t gather_name(hid_t, char const* name, H5A_info_t const*, void* names) {
  return gather(*static_cast<std::vector<std::string>*>(names), [&] { return std::string{name}; });
}

herr_t gather_address(hid_t, unsigned, hid_t scale, void* addresses) {
  return gather(*static_cast<std::vector<haddr_t>*>(addresses), [&] {
    H5O_info_t info{};
    if (H5Oget_info2(scale, &info, H5O_INFO_BASIC) < 0) throw std::runtime_error{"no address"};
    return info.addr;
  });
}

/// Gives back the texts that HDF5 put into memory of its own.
void free_texts(hid_t type, hid_t space, std::vector<std::byte>& values) {
  if (H5Tis_variable_str(type) > 0) H5Dvlen_reclaim(type, space, H5P_DEFAULT, values.data());
}

class Copying {
 public:
  Copying(std::string const& from, hdf5::FileState const& to)
      : path_{from},
        from_{own(H5Fopen(from.c_str(), H5F_ACC_RDONLY, hdf5::access_properties().get()), H5Fclose, from,
                  "open the file", "")},
        to_{to} {}

  void copy() {
    std::vector<Object> objects;
    read(H5Ovisit2(from_.get(), H5_INDEX_NAME, H5_ITER_INC, gather_object, &objects, H5O_INFO_BASIC),
         "go through", "/");
    for (auto const& object : objects) {
      if (object.type == H5O_TYPE_GROUP) copy_group(object.path);
      if (object.type == H5O_TYPE_DATASET) copy_dataset(object.path);
    }
    std::map<haddr_t, std::string> paths;
    for (auto const& object : objects) paths[object.address] = object.path;
    for (auto const& object : objects) {
      if (object.type == H5O_TYPE_DATASET) attach_scales_of(object.path, paths);
    }
  }

 private:
  template <class Result>
  Result read(Result result, char const* doing, std::string const& name) const {
    return hdf5::check(result, path_, doing, name);
  }
  template <class Result>
  Result write(Result result, char const* doing, std::string const& name) const {
    return hdf5::check(result, to_.path, doing, name);
  }
  Handle open(hid_t file, std::string const& object) const {
    return own(H5Oopen(file, object.c_str(), H5P_DEFAULT), H5Oclose, path_, "open", object);
  }

  void copy_group(std::string const& group) {
    auto const from = open(from_.get(), group);
    if (group != ".") {
      own(H5Gcreate2(to_.file.get(), group.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose,
          to_.path, "create the group", group);
    }
    copy_attributes(from.get(), open(to_.file.get(), group).get());
  }

  void copy_attributes(hid_t from, hid_t to) {
    std::vector<std::string> names;
    read(H5Aiterate2(from, H5_INDEX_NAME, H5_ITER_INC, nullptr, gather_name, &names), "list", "attributes");
    for (auto const& name : names) {
      // They hold addresses in the file.
      if (name != DIMENSION_LIST && name != REFERENCE_LIST) copy_attribute(from, to, name);
    }
  }

  void copy_attribute(hid_t from, hid_t to, std::string const& name) {
    auto const attribute = own(H5Aopen(from, name.c_str(), H5P_DEFAULT), H5Aclose, path_, "open", name);
    Handle const type{H5Aget_type(attribute.get()), H5Tclose};
    Handle const space{H5Aget_space(attribute.get()), H5Sclose};
    auto const count = read(H5Sget_simple_extent_npoints(space.get()), "measure", name);
    std::vector<std::byte> values(static_cast<std::size_t>(count) * H5Tget_size(type.get()));
    read(H5Aread(attribute.get(), type.get(), values.data()), "read", name);
    auto const copy = own(H5Acreate2(to, name.c_str(), type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT),
                          H5Aclose, to_.path, "create the attribute", name);
    write(H5Awrite(copy.get(), type.get(), values.data()), "write the attribute", name);
    free_texts(type.get(), space.get(), values);
  }

  void copy_dataset(std::string const& name) {
    auto const from = open(from_.get(), name);
    Handle const type{H5Dget_type(from.get()), H5Tclose};
    auto const to = hdf5::create_undescribed(to_, to_.file.get(), name, type.get(),
                                             shape_of(from.get(), H5Tget_size(type.get())));
    std::vector<std::byte> values;
    auto const copy_block = [&](hdf5::Block const& block) {
      values.resize(block.bytes);
      read(H5Dread(from.get(), type.get(), block.memory, block.place, H5P_DEFAULT, values.data()), "read",
           name);
      write(H5Dwrite(to.get(), type.get(), block.memory, block.place, H5P_DEFAULT, values.data()), "write",
            name);
      free_texts(type.get(), block.memory, values);
      return true;
    };
    if (!hdf5::for_each_block(from.get(), copy_block)) hdf5::fail(path_, "go through", name);
    copy_attributes(from.get(), to.get());
  }

  static hdf5::Shape shape_of(hid_t dataset, std::size_t value_bytes) {
    auto shape = hdf5::fixed_shape(hdf5::extent_of(dataset), value_bytes);
    Handle const space{H5Dget_space(dataset), H5Sclose};
    if (!shape.limit.empty()) H5Sget_simple_extent_dims(space.get(), nullptr, shape.limit.data());
    Handle const properties{H5Dget_create_plist(dataset), H5Pclose};
    if (H5Pget_layout(properties.get()) == H5D_CHUNKED)
      H5Pget_chunk(properties.get(), static_cast<int>(shape.chunk.size()), shape.chunk.data());
    return shape;
  }

  void attach_scales_of(std::string const& name, std::map<haddr_t, std::string> const& paths) {
    auto const from = open(from_.get(), name);
    if (H5DSis_scale(from.get()) > 0) return;
    auto const to = open(to_.file.get(), name);
    auto const rank = hdf5::extent_of(from.get()).size();
    for (unsigned i = 0; i < rank; ++i) {
      std::vector<haddr_t> scales;
      read(H5DSiterate_scales(from.get(), i, nullptr, gather_address, &scales), "find the scales of", name);
      for (auto const address : scales) {
        auto const scale = open(to_.file.get(), paths.at(address));
        write(H5DSattach_scale(to.get(), scale.get(), i), "attach the scale", paths.at(address));
      }
    }
  }

  std::string const& path_;
  Handle from_;
  hdf5::FileState const& to_;
};

}  // namespace

void copy_filtered(std::string const& from, std::string const& to, Filters filters) {
  hdf5::silence();
  auto const access = hdf5::access_properties();
  hdf5::FileState copy{to, own(H5Fcreate(to.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.get()), H5Fclose, to,
                               "create the file", "")};
  copy.filtered = filters == Filters::deflate;
  try {
    Copying{from, copy}.copy();
    hdf5::check(H5Fclose(copy.file.release()), to, "close the file", "");
  } catch (...) {
    copy.file.reset();
    unlink(to.c_str());
    throw;
  }
}

}  // namespace myoaxis

#include "io/hdf5/group.h"

#include <hdf5.h>

#include <stdexcept>
#include <utility>

#include "io/hdf5/file_state.h"
#include "io/hdf5/table_state.h"
#include "io/hdf5/virtual_dataset.h"

namespace myoaxis {
namespace hdf5 {

struct GroupState {
  std::shared_ptr<FileState> file;
  std::string path;
  Handle handle;

  hid_t id() const {
    silence();
    file->expect_open();
    return handle.get();
  }
};

struct FixedState {
  std::shared_ptr<FileState> file;
  std::string name;
  NumberType type;
  std::size_t bytes;
  Handle dataset;
};

void write_fixed(FixedState& data, std::span<std::byte const> values) {
  silence();
  data.file->expect_open();
  if (data.file->writer) data.file->writer->finish();
  if (values.size() != data.bytes) {
    auto const value_bytes = bytes_of(data.type);
    throw std::logic_error{data.file->path + ": '" + data.name + "' got " +
                           std::to_string(values.size() / value_bytes) + " values, its scales have " +
                           std::to_string(data.bytes / value_bytes)};
  }
  if (values.empty()) return;
  check(H5Dwrite(data.dataset.get(), native_type(data.type), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
        data.file->path, "write the data set", data.name);
}

namespace {

std::size_t product(std::vector<hsize_t> const& size) {
  std::size_t count = 1;
  for (auto const extent : size) count *= extent;
  return count;
}

std::vector<hsize_t> sizes_of(GroupState const& group, std::vector<std::string> const& scales) {
  std::vector<hsize_t> sizes;
  for (auto const& name : scales) sizes.push_back(fixed_scale_size(*group.file, group.id(), name));
  return sizes;
}

void expect_no_dims(Description const& about) {
  if (!about.dims.empty())
    throw std::logic_error{"scale '" + about.name + "': a scale has no scales of its own"};
}

/// Texts have variable length, so they must be there before the file goes live.
Handle create_texts(GroupState const& group, Description const& about, std::span<std::string const> texts,
                    std::vector<hsize_t> size) {
  if (about.name.empty() || about.long_name.empty())
    throw std::logic_error{"texts need a name and a long_name"};
  if (!about.unit.empty() || !about.flags.empty()) {
    throw std::logic_error{"'" + about.name + "': texts have no unit and no flags"};
  }
  if (texts.size() != product(size)) {
    throw std::logic_error{"'" + about.name + "': the number of texts differs from the size of its scales"};
  }
  auto const type = text_type();
  auto dataset =
      create_dataset(*group.file, group.id(), about, type.get(), fixed_shape(std::move(size), sizeof(hvl_t)));
  std::vector<char const*> pointers;
  for (auto const& text : texts) pointers.push_back(text.c_str());
  if (pointers.empty() || group.file->continued) return dataset;
  check(H5Dwrite(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), group.file->path,
        "write the data set", about.name);
  return dataset;
}

Handle open_or_create_group(FileState const& file, std::string const& path) {
  silence();
  file.expect_open();
  if (path == "/") return own(H5Gopen2(file.file.get(), "/", H5P_DEFAULT), H5Gclose, file.path, "open", path);
  Handle const parents{H5Pcreate(H5P_LINK_CREATE), H5Pclose};
  H5Pset_create_intermediate_group(parents.get(), 1);
  // H5Lexists fails, rather than denies, when a parent is missing: both mean that the group must be made.
  Handle existing{H5Gopen2(file.file.get(), path.c_str(), H5P_DEFAULT), H5Gclose};
  if (existing) return existing;
  file.expect_creatable(path);
  return own(H5Gcreate2(file.file.get(), path.c_str(), parents.get(), H5P_DEFAULT, H5P_DEFAULT), H5Gclose,
             file.path, "create the group", path);
}

}  // namespace
}  // namespace hdf5

H5Group::H5Group(std::shared_ptr<hdf5::FileState> file, std::string const& path) {
  auto handle = hdf5::open_or_create_group(*file, path);
  state_ = std::make_shared<hdf5::GroupState>(std::move(file), path, std::move(handle));
}

void H5Group::set_attribute(std::string const& name, std::string_view text) {
  hdf5::write_text_attribute(*state_->file, state_->id(), name, text);
}
void H5Group::set_attribute(std::string const& name, std::int64_t value) {
  hdf5::write_number_attribute(*state_->file, state_->id(), name, NumberType::int64, &value, 1, true);
}
void H5Group::set_attribute(std::string const& name, double value) {
  hdf5::write_number_attribute(*state_->file, state_->id(), name, NumberType::float64, &value, 1, true);
}

void H5Group::remove_attribute(std::string const& name) {
  state_->file->expect_creatable(name);
  auto const id = state_->id();
  if (H5Aexists(id, name.c_str()) <= 0) return;
  hdf5::check(H5Adelete(id, name.c_str()), state_->file->path, "remove the attribute", name);
}

void H5Group::add_scale(Description const& about, std::span<double const> values) {
  add_number_scale(about, NumberType::float64, std::as_bytes(values));
}
void H5Group::add_scale(Description const& about, std::span<std::int64_t const> values) {
  add_number_scale(about, NumberType::int64, std::as_bytes(values));
}
void H5Group::add_scale(Description const& about, std::span<std::string const> values) {
  hdf5::expect_no_dims(about);
  auto const dataset = hdf5::create_texts(*state_, about, values, {values.size()});
  hdf5::make_scale(*state_->file, dataset.get(), about.name);
}

void H5Group::add_number_scale(Description const& about, NumberType type, std::span<std::byte const> values) {
  hdf5::expect_no_dims(about);
  hdf5::validate(about, type);
  auto const shape = hdf5::fixed_shape({values.size() / hdf5::bytes_of(type)}, hdf5::bytes_of(type));
  auto const id = state_->id();
  auto dataset = hdf5::create_dataset(*state_->file, id, about, hdf5::native_type(type), shape);
  hdf5::make_scale(*state_->file, dataset.get(), about.name);
  hdf5::FixedState scale{state_->file, about.name, type, values.size(), std::move(dataset)};
  hdf5::write_fixed(scale, values);
}

void H5Group::add_fixed(Description const& about, std::span<std::string const> texts) {
  auto const dataset = hdf5::create_texts(*state_, about, texts, hdf5::sizes_of(*state_, about.dims));
  hdf5::attach_scales(*state_->file, state_->id(), dataset.get(), about.dims);
}

void H5Group::add_virtual(Description const& about, NumberType type, std::string const& source,
                          std::span<VirtualPart const> parts) {
  hdf5::validate(about, type);
  auto const dataset = hdf5::create_virtual(*state_->file, state_->id(), about, type, source, parts,
                                            hdf5::sizes_of(*state_, about.dims));
  hdf5::attach_scales(*state_->file, state_->id(), dataset.get(), about.dims);
}

void H5Group::write_array(Description const& about, NumberType type, std::span<std::byte const> values,
                          std::size_t count) {
  auto const id = state_->id();
  auto const shape = hdf5::fixed_shape({count}, hdf5::bytes_of(type));
  auto const dataset = hdf5::create_dataset(*state_->file, id, about, hdf5::native_type(type), shape);
  if (count == 0) return;
  hdf5::check(H5Dwrite(dataset.get(), hdf5::native_type(type), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
              state_->file->path, "write the data set", about.name);
}

std::shared_ptr<hdf5::FixedState> H5Group::reserve(Description const& about, NumberType type) {
  hdf5::validate(about, type);
  auto const value_bytes = hdf5::bytes_of(type);
  auto const shape = hdf5::fixed_shape(hdf5::sizes_of(*state_, about.dims), value_bytes);
  auto const id = state_->id();
  auto dataset = hdf5::create_dataset(*state_->file, id, about, hdf5::native_type(type), shape);
  hdf5::attach_scales(*state_->file, id, dataset.get(), about.dims);
  return std::make_shared<hdf5::FixedState>(state_->file, about.name, type,
                                            hdf5::product(shape.size) * value_bytes, std::move(dataset));
}

std::shared_ptr<hdf5::TableState> H5Group::make_table(Description const& scale, NumberType type,
                                                      std::size_t chunk_rows) {
  hdf5::expect_no_dims(scale);
  hdf5::Handle group{H5Gopen2(state_->id(), ".", H5P_DEFAULT), H5Gclose};
  return hdf5::create_table(state_->file, std::move(group), scale, type, chunk_rows);
}

}  // namespace myoaxis

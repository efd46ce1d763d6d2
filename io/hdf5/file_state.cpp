#include "io/hdf5/file_state.h"

#include <hdf5_hl.h>

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>

namespace myoaxis::hdf5 {
namespace {

constexpr std::size_t kChunkBytes = 128 * 1024;
/// Below this, filters cost more than they save.
constexpr std::size_t kFilteredBytes = 1024;

std::size_t value_count(std::vector<hsize_t> const& size) {
  std::size_t count = 1;
  for (auto const extent : size) count *= extent;
  return count;
}

Handle creation_properties(FileState const& file, std::string const& name, hid_t type, Shape const& shape) {
  auto properties = own(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, file.path, "describe the storage of", name);
  auto const id = properties.get();
  auto const checked = [&](herr_t result) { check(result, file.path, "describe the storage of", name); };
  auto const value_class = H5Tget_class(type);
  if (value_class == H5T_FLOAT) {
    constexpr auto unknown = std::numeric_limits<double>::quiet_NaN();
    checked(H5Pset_fill_value(id, H5T_NATIVE_DOUBLE, &unknown));
  }
  auto const bytes = value_count(shape.size) * H5Tget_size(type);
  if (!shape.grows() && (bytes <= kFilteredBytes || !file.filtered)) return properties;
  checked(H5Pset_chunk(id, static_cast<int>(shape.chunk.size()), shape.chunk.data()));
  // Filters see the references to variable-length texts, not the texts.
  if (!file.filtered || value_class == H5T_STRING) return properties;
  checked(H5Pset_shuffle(id));
  checked(H5Pset_deflate(id, 1));
  checked(H5Pset_fletcher32(id));
  return properties;
}

/// CF lists the meanings in one text, separated by blanks.
std::string joined_flags(std::vector<std::string> const& flags) {
  std::string text;
  for (auto const& flag : flags) {
    auto word = flag;
    std::replace(word.begin(), word.end(), ' ', '_');
    text += (text.empty() ? "" : " ") + word;
  }
  return text;
}

/// A handle on an attribute that did not exist before.
Handle new_attribute(FileState const& file, hid_t object, std::string const& name, hid_t type, hid_t space) {
  file.expect_creatable(name);
  if (H5Aexists(object, name.c_str()) > 0) {
    check(H5Adelete(object, name.c_str()), file.path, "replace the attribute", name);
  }
  return own(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose, file.path,
             "create the attribute", name);
}

Handle open_scale(FileState const& file, hid_t group, std::string const& name) {
  if (H5Lexists(group, name.c_str(), H5P_DEFAULT) <= 0) {
    throw std::logic_error{file.path + ": there is no scale '" + name + "' in this group; add it first"};
  }
  auto scale = own(H5Dopen2(group, name.c_str(), H5P_DEFAULT), H5Dclose, file.path, "open the scale", name);
  if (H5DSis_scale(scale.get()) <= 0) throw std::logic_error{file.path + ": '" + name + "' is not a scale"};
  return scale;
}

}  // namespace

void write_description(FileState const& file, hid_t dataset, Description const& about) {
  write_text_attribute(file, dataset, "long_name", about.long_name);
  if (!about.description.empty()) write_text_attribute(file, dataset, "description", about.description);
  if (!about.unit.empty()) write_text_attribute(file, dataset, "units", about.unit);
  if (!about.flags.empty()) {
    std::vector<std::uint8_t> codes(about.flags.size());
    for (std::size_t code = 0; code < codes.size(); ++code) codes[code] = static_cast<std::uint8_t>(code);
    write_number_attribute(file, dataset, "flag_values", NumberType::uint8, codes.data(), codes.size(),
                           false);
    write_text_attribute(file, dataset, "flag_meanings", joined_flags(about.flags));
  }
  for (auto const& [name, text] : about.attributes) write_text_attribute(file, dataset, name, text);
}

void FileState::expect_open() const {
  if (!file) throw std::logic_error{path + ": used after it was closed"};
}

void FileState::expect_creatable(std::string_view name) const {
  silence();
  expect_open();
  if (live) {
    throw std::logic_error{path + ": '" + std::string{name} +
                           "' would be created while others may read along"};
  }
}

hid_t native_type(NumberType type) {
  switch (type) {
    case NumberType::float32:
      return H5T_NATIVE_FLOAT;
    case NumberType::float64:
      return H5T_NATIVE_DOUBLE;
    case NumberType::int32:
      return H5T_NATIVE_INT32;
    case NumberType::int64:
      return H5T_NATIVE_INT64;
    case NumberType::uint8:
      return H5T_NATIVE_UINT8;
    case NumberType::uint16:
      return H5T_NATIVE_UINT16;
    case NumberType::uint32:
      return H5T_NATIVE_UINT32;
    case NumberType::uint64:
      return H5T_NATIVE_UINT64;
  }
  throw std::logic_error{"unknown type of number"};
}

std::size_t bytes_of(NumberType type) { return H5Tget_size(native_type(type)); }

Handle text_type() {
  Handle type{H5Tcopy(H5T_C_S1), H5Tclose};
  H5Tset_size(type.get(), H5T_VARIABLE);
  H5Tset_cset(type.get(), H5T_CSET_UTF8);
  return type;
}

Handle dataspace_of(std::vector<hsize_t> const& size, std::vector<hsize_t> const& limit) {
  if (size.empty()) return {H5Screate(H5S_SCALAR), H5Sclose};
  return {H5Screate_simple(static_cast<int>(size.size()), size.data(), limit.data()), H5Sclose};
}

std::vector<hsize_t> chunk_shape(std::vector<hsize_t> const& size, std::size_t value_bytes) {
  std::vector<hsize_t> chunk(size.size(), 1);
  hsize_t inner_bytes = value_bytes;
  for (auto i = size.size(); i-- > 0;) {  // from the fastest dimension outward, as far as the chunk has room
    auto const room = std::max<hsize_t>(kChunkBytes / inner_bytes, 1);
    chunk[i] = std::clamp<hsize_t>(size[i], 1, room);
    inner_bytes *= chunk[i];
  }
  return chunk;
}

Shape fixed_shape(std::vector<hsize_t> size, std::size_t value_bytes) {
  auto chunk = chunk_shape(size, value_bytes);
  return {size, size, std::move(chunk)};
}

namespace {

/// Opens a data set of a file that is continued, if it is the one that would be created.
Handle adopt_dataset(FileState const& file, hid_t group, std::string const& name, hid_t type,
                     Shape const& shape) {
  auto const differs = [&] {
    return FileError{file.path, "its data set '" + name + "' is not what this program writes",
                     "name another output, or replace it with --overwrite"};
  };
  if (H5Lexists(group, name.c_str(), H5P_DEFAULT) <= 0) throw differs();
  auto dataset =
      own(H5Dopen2(group, name.c_str(), H5P_DEFAULT), H5Dclose, file.path, "open the data set", name);
  Handle const stored{H5Dget_type(dataset.get()), H5Tclose};
  auto const size = extent_of(dataset.get());
  if (H5Tequal(stored.get(), type) <= 0 || size.size() != shape.size.size()) throw differs();
  for (std::size_t i = shape.grows() ? 1 : 0; i < size.size(); ++i) {
    if (size[i] != shape.size[i]) throw differs();
  }
  return dataset;
}

}  // namespace

std::vector<hsize_t> extent_of(hid_t dataset) {
  Handle const space{H5Dget_space(dataset), H5Sclose};
  std::vector<hsize_t> size(static_cast<std::size_t>(std::max(H5Sget_simple_extent_ndims(space.get()), 0)));
  if (!size.empty()) H5Sget_simple_extent_dims(space.get(), size.data(), nullptr);
  return size;
}

Handle create_dataset(FileState const& file, hid_t group, Description const& about, hid_t type,
                      Shape const& shape) {
  file.expect_creatable(about.name);
  if (file.continued) return adopt_dataset(file, group, about.name, type, shape);
  if (H5Lexists(group, about.name.c_str(), H5P_DEFAULT) > 0) {
    throw std::logic_error{file.path + ": '" + about.name + "' exists already in this group"};
  }
  auto dataset = create_undescribed(file, group, about.name, type, shape);
  write_description(file, dataset.get(), about);
  return dataset;
}

Handle create_undescribed(FileState const& file, hid_t group, std::string const& name, hid_t type,
                          Shape const& shape) {
  auto const space = dataspace_of(shape.size, shape.limit);
  auto const properties = creation_properties(file, name, type, shape);
  return own(H5Dcreate2(group, name.c_str(), type, space.get(), H5P_DEFAULT, properties.get(), H5P_DEFAULT),
             H5Dclose, file.path, "create the data set", name);
}

hsize_t fixed_scale_size(FileState const& file, hid_t group, std::string_view name) {
  auto const scale = open_scale(file, group, std::string{name});
  Handle const space{H5Dget_space(scale.get()), H5Sclose};
  hsize_t size = 0;
  hsize_t limit = 0;
  check(H5Sget_simple_extent_dims(space.get(), &size, &limit), file.path, "read the size of", name);
  if (limit == H5S_UNLIMITED) {
    throw std::logic_error{file.path + ": '" + std::string{name} + "' grows; only its table may use it"};
  }
  return size;
}

void make_scale(FileState const& file, hid_t dataset, std::string const& name) {
  if (file.continued) return;
  check(H5DSset_scale(dataset, name.c_str()), file.path, "make a dimension scale of", name);
}

void attach_scales(FileState const& file, hid_t group, hid_t dataset,
                   std::vector<std::string> const& scales) {
  if (file.continued) return;
  for (unsigned i = 0; i < scales.size(); ++i) {
    auto const scale = open_scale(file, group, scales[i]);
    check(H5DSattach_scale(dataset, scale.get(), i), file.path, "attach the scale", scales[i]);
  }
}

void write_text_attribute(FileState const& file, hid_t object, std::string const& name,
                          std::string_view text) {
  auto const type = text_type();
  Handle const space{H5Screate(H5S_SCALAR), H5Sclose};
  auto const attribute = new_attribute(file, object, name, type.get(), space.get());
  std::string const terminated{text};
  char const* const value = terminated.c_str();
  check(H5Awrite(attribute.get(), type.get(), &value), file.path, "write the attribute", name);
}

void write_number_attribute(FileState const& file, hid_t object, std::string const& name, NumberType type,
                            void const* values, std::size_t count, bool scalar) {
  hsize_t const size = count;
  Handle const space{scalar ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &size, nullptr), H5Sclose};
  auto const attribute = new_attribute(file, object, name, native_type(type), space.get());
  check(H5Awrite(attribute.get(), native_type(type), values), file.path, "write the attribute", name);
}

void validate(Description const& about, NumberType type) {
  auto const require = [&](bool holds, char const* message) {
    if (!holds) throw std::logic_error{"data set '" + about.name + "': " + message};
  };
  require(!about.name.empty() && about.name.find('/') == about.name.npos, "a name without slash is needed");
  require(!about.long_name.empty(), "a long_name is needed");
  require(about.flags.empty() == !about.unit.empty(),
          "needs either a unit or flags (unit \"1\" for a plain number)");
  require(about.flags.empty() || type == NumberType::uint8, "codes are stored as uint8");
  require(about.flags.size() <= 256, "has more codes than a uint8 holds");
  // xarray would turn numbers of these units into time differences.
  static constexpr std::array<std::string_view, 7> decoded{
      "days", "hours", "minutes", "seconds", "milliseconds", "microseconds", "nanoseconds"};
  require(std::find(decoded.begin(), decoded.end(), about.unit) == decoded.end(),
          "write the unit as a symbol: s, min, h, d");
}

}  // namespace myoaxis::hdf5

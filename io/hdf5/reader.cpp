#include "io/hdf5/reader.h"

#include <hdf5_hl.h>

#include <algorithm>
#include <utility>

#include "io/hdf5/call.h"
#include "io/hdf5/file_state.h"

namespace myoaxis {
namespace hdf5 {

struct ReaderState {
  std::string path;
  Handle file;
};

namespace {

Handle memory_text_type() {
  Handle type{H5Tcopy(H5T_C_S1), H5Tclose};
  H5Tset_size(type.get(), H5T_VARIABLE);
  H5Tset_cset(type.get(), H5T_CSET_UTF8);
  return type;
}

Handle open_object(ReaderState const& state, std::string const& path) {
  silence();
  return own(H5Oopen(state.file.get(), path.c_str(), H5P_DEFAULT), H5Oclose, state.path, "open", path);
}

Handle open_dataset(ReaderState const& state, std::string const& path) {
  silence();
  return own(H5Dopen2(state.file.get(), path.c_str(), H5P_DEFAULT), H5Dclose, state.path, "open the data set",
             path);
}

std::vector<hsize_t> shape_of(hid_t dataset) {
  Handle const space{H5Dget_space(dataset), H5Sclose};
  std::vector<hsize_t> shape(static_cast<std::size_t>(std::max(H5Sget_simple_extent_ndims(space.get()), 0)));
  H5Sget_simple_extent_dims(space.get(), shape.data(), nullptr);
  return shape;
}

std::size_t stored_value_count(hid_t dataset) {
  Handle const space{H5Dget_space(dataset), H5Sclose};
  return static_cast<std::size_t>(std::max<hssize_t>(H5Sget_simple_extent_npoints(space.get()), 0));
}

bool is_text(hid_t type) { return H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) > 0; }
bool is_number(hid_t type) {
  auto const kind = H5Tget_class(type);
  return kind == H5T_INTEGER || kind == H5T_FLOAT;
}

std::string type_name(hid_t type) {
  if (is_text(type)) return "text";
  auto const bits = std::to_string(8 * H5Tget_size(type));
  if (H5Tget_class(type) == H5T_FLOAT) return "float" + bits;
  if (H5Tget_class(type) != H5T_INTEGER) return "other";
  return (H5Tget_sign(type) == H5T_SGN_NONE ? "uint" : "int") + bits;
}

bool is_one_value(hid_t attribute) {
  Handle const space{H5Aget_space(attribute), H5Sclose};
  return H5Sget_simple_extent_npoints(space.get()) == 1;
}

std::optional<std::string> text_of(hid_t object, std::string const& name) {
  if (H5Aexists(object, name.c_str()) <= 0) return std::nullopt;
  Handle const attribute{H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose};
  Handle const stored{H5Aget_type(attribute.get()), H5Tclose};
  if (!is_text(stored.get()) || !is_one_value(attribute.get())) return std::nullopt;
  // HDF5 does not convert between the character sets of texts, so that of the file is asked for.
  auto const type = memory_text_type();
  H5Tset_cset(type.get(), H5Tget_cset(stored.get()));
  char* text = nullptr;
  if (H5Aread(attribute.get(), type.get(), &text) < 0 || text == nullptr) return std::nullopt;
  std::string const copy{text};
  H5free_memory(text);
  return copy;
}

template <class T>
std::optional<T> number_of(hid_t object, std::string const& name, hid_t type) {
  if (H5Aexists(object, name.c_str()) <= 0) return std::nullopt;
  Handle const attribute{H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose};
  Handle const stored{H5Aget_type(attribute.get()), H5Tclose};
  if (!is_number(stored.get()) || !is_one_value(attribute.get())) return std::nullopt;
  T value{};
  if (H5Aread(attribute.get(), type, &value) < 0) return std::nullopt;
  return value;
}

template <class T>
std::vector<T> read_numbers(ReaderState const& state, std::string const& path, hid_t type) {
  auto const dataset = open_dataset(state, path);
  std::vector<T> values(stored_value_count(dataset.get()));
  if (values.empty()) return values;
  check(H5Dread(dataset.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), state.path,
        "read the data set", path);
  return values;
}

template <class T>
std::vector<T> read_numbers_of_row(ReaderState const& state, std::string const& path, std::uint64_t row,
                                   hid_t type) {
  auto const dataset = open_dataset(state, path);
  auto count = extent_of(dataset.get());
  if (count.empty() || row >= count.front())
    throw FileError{state.path, "'" + path + "' has no such row", ""};
  std::vector<hsize_t> start(count.size(), 0);
  start.front() = row;
  count.front() = 1;
  std::size_t number = 1;
  for (auto const extent : count) number *= extent;
  std::vector<T> values(number);
  Handle const space{H5Dget_space(dataset.get()), H5Sclose};
  check(H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
        state.path, "select a row of", path);
  auto const memory = dataspace_of(count, count);
  check(H5Dread(dataset.get(), type, memory.get(), space.get(), H5P_DEFAULT, values.data()), state.path,
        "read a row of", path);
  return values;
}

/// Links of a group that lead to objects of one kind.
struct Listing {
  H5O_type_t wanted;
  std::vector<std::string> names = {};
};

herr_t gather(hid_t group, char const* name, H5L_info_t const*, void* data) {
  auto& listing = *static_cast<Listing*>(data);
  H5O_info_t info;
  // A link that leads nowhere is not listed; it must not hide the others.
  if (H5Oget_info_by_name2(group, name, &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0) return 0;
  if (info.type == listing.wanted) listing.names.emplace_back(name);
  return 0;
}

std::vector<std::string> names_in(ReaderState const& state, std::string const& path, H5O_type_t wanted) {
  auto const group = open_object(state, path);
  Listing listing{wanted};
  check(H5Literate(group.get(), H5_INDEX_NAME, H5_ITER_INC, nullptr, gather, &listing), state.path, "list",
        path);
  return listing.names;
}

herr_t keep_scale_name(hid_t, unsigned, hid_t scale, void* name) {
  std::string full(static_cast<std::size_t>(std::max<ssize_t>(H5Iget_name(scale, nullptr, 0), 0)), '\0');
  H5Iget_name(scale, full.data(), full.size() + 1);
  *static_cast<std::string*>(name) = full.substr(full.find_last_of('/') + 1);
  return 1;  // the first scale names the dimension
}

DatasetInfo describe(ReaderState const& state, std::string const& path, std::string const& name) {
  auto const dataset = open_dataset(state, path);
  DatasetInfo info{.name = name, .dims = {}, .shape = {}, .unit = {}, .long_name = {}, .type = {}};
  auto const shape = shape_of(dataset.get());
  info.shape.assign(shape.begin(), shape.end());
  info.is_scale = H5DSis_scale(dataset.get()) > 0;
  Handle const type{H5Dget_type(dataset.get()), H5Tclose};
  info.is_text = is_text(type.get());
  info.is_integer = H5Tget_class(type.get()) == H5T_INTEGER;
  info.is_unsigned = info.is_integer && H5Tget_sign(type.get()) == H5T_SGN_NONE;
  info.is_single = H5Tequal(type.get(), H5T_NATIVE_FLOAT) > 0;
  info.type = type_name(type.get());
  info.value_bytes = H5Tget_size(type.get());
  info.unit = text_of(dataset.get(), "units").value_or("");
  info.long_name = text_of(dataset.get(), "long_name").value_or("");
  for (unsigned i = 0; i < shape.size(); ++i) {
    std::string scale = info.is_scale ? name : "";
    if (!info.is_scale) H5DSiterate_scales(dataset.get(), i, nullptr, keep_scale_name, &scale);
    info.dims.push_back(scale);
  }
  return info;
}

}  // namespace
}  // namespace hdf5

H5Reader H5Reader::open(std::string const& path) {
  hdf5::silence();
  auto const access = hdf5::access_properties();
  auto const opened = [&](unsigned flags) { return H5Fopen(path.c_str(), flags, access.get()); };
  hdf5::Handle file{opened(H5F_ACC_RDONLY), H5Fclose};
  if (!file) file = {opened(H5F_ACC_RDONLY | H5F_ACC_SWMR_READ), H5Fclose};
  // Once more, for what HDF5 has to say about it: that of the plain opening fits all other failures.
  if (!file) file = hdf5::own(opened(H5F_ACC_RDONLY), H5Fclose, path, "open the file", "");
  return H5Reader{std::make_shared<hdf5::ReaderState const>(path, std::move(file))};
}

std::string const& H5Reader::path() const { return state_->path; }

H5Reader H5Reader::open_live(std::string const& path) {
  hdf5::silence();
  auto const access = hdf5::access_properties();
  H5Pset_file_locking(access.get(), false, true);
  auto file = hdf5::own(H5Fopen(path.c_str(), H5F_ACC_RDONLY | H5F_ACC_SWMR_READ, access.get()), H5Fclose,
                        path, "open the file", "");
  return H5Reader{std::make_shared<hdf5::ReaderState const>(path, std::move(file))};
}

std::vector<std::string> H5Reader::groups(std::string const& path) const {
  return hdf5::names_in(*state_, path, H5O_TYPE_GROUP);
}

std::vector<DatasetInfo> H5Reader::datasets(std::string const& path) const {
  std::vector<DatasetInfo> all;
  for (auto const& name : hdf5::names_in(*state_, path, H5O_TYPE_DATASET)) {
    all.push_back(hdf5::describe(*state_, path + "/" + name, name));
  }
  return all;
}

bool H5Reader::has(std::string const& path) const {
  hdf5::silence();
  hdf5::Handle const object{H5Oopen(state_->file.get(), path.c_str(), H5P_DEFAULT), H5Oclose};
  return static_cast<bool>(object);
}

std::optional<std::string> H5Reader::text_attribute(std::string const& path, std::string const& name) const {
  return hdf5::text_of(hdf5::open_object(*state_, path).get(), name);
}

std::optional<std::int64_t> H5Reader::integer_attribute(std::string const& path,
                                                        std::string const& name) const {
  return hdf5::number_of<std::int64_t>(hdf5::open_object(*state_, path).get(), name, H5T_NATIVE_INT64);
}

std::optional<double> H5Reader::number_attribute(std::string const& path, std::string const& name) const {
  return hdf5::number_of<double>(hdf5::open_object(*state_, path).get(), name, H5T_NATIVE_DOUBLE);
}

std::vector<double> H5Reader::read_doubles(std::string const& path) const {
  return hdf5::read_numbers<double>(*state_, path, H5T_NATIVE_DOUBLE);
}
std::vector<std::int64_t> H5Reader::read_integers(std::string const& path) const {
  return hdf5::read_numbers<std::int64_t>(*state_, path, H5T_NATIVE_INT64);
}
std::vector<std::uint64_t> H5Reader::read_keys(std::string const& path) const {
  return hdf5::read_numbers<std::uint64_t>(*state_, path, H5T_NATIVE_UINT64);
}

std::vector<double> H5Reader::read_row(std::string const& path, std::uint64_t row) const {
  return hdf5::read_numbers_of_row<double>(*state_, path, row, H5T_NATIVE_DOUBLE);
}
std::vector<std::int64_t> H5Reader::read_integer_row(std::string const& path, std::uint64_t row) const {
  return hdf5::read_numbers_of_row<std::int64_t>(*state_, path, row, H5T_NATIVE_INT64);
}

std::size_t H5Reader::size(std::string const& path) const {
  return hdf5::stored_value_count(hdf5::open_dataset(*state_, path).get());
}

void H5Reader::read_exactly(std::string const& path, NumberType type, void* values) const {
  auto const dataset = hdf5::open_dataset(*state_, path);
  hdf5::Handle const stored{H5Dget_type(dataset.get()), H5Tclose};
  if (H5Tequal(stored.get(), hdf5::native_type(type)) <= 0) {
    throw FileError{state_->path, "'" + path + "' holds numbers of another type than expected", ""};
  }
  if (hdf5::stored_value_count(dataset.get()) == 0) return;
  hdf5::check(H5Dread(dataset.get(), stored.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values), state_->path,
              "read the data set", path);
}

std::vector<std::string> H5Reader::read_texts(std::string const& path) const {
  auto const dataset = hdf5::open_dataset(*state_, path);
  hdf5::Handle const stored{H5Dget_type(dataset.get()), H5Tclose};
  if (!hdf5::is_text(stored.get())) {
    throw FileError{state_->path, "'" + path + "' does not hold texts of variable length", ""};
  }
  auto const type = hdf5::memory_text_type();
  H5Tset_cset(type.get(), H5Tget_cset(stored.get()));
  std::vector<char*> pointers(hdf5::stored_value_count(dataset.get()), nullptr);
  if (pointers.empty()) return {};
  hdf5::check(H5Dread(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()),
              state_->path, "read the data set", path);
  std::vector<std::string> texts;
  for (auto* const text : pointers) {
    texts.emplace_back(text == nullptr ? "" : text);
    H5free_memory(text);
  }
  return texts;
}

}  // namespace myoaxis

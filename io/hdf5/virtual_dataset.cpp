#include "io/hdf5/virtual_dataset.h"

#include <cstdint>
#include <limits>
#include <stdexcept>

namespace myoaxis::hdf5 {
namespace {

/// Lowest number of each integer type, highest of the unsigned ones: what no result is.
template <class Visit>
void with_fill_value(NumberType type, Visit const& visit) {
  switch (type) {
    case NumberType::float32:
      return visit(std::numeric_limits<float>::quiet_NaN());
    case NumberType::float64:
      return visit(std::numeric_limits<double>::quiet_NaN());
    case NumberType::int32:
      return visit(std::numeric_limits<std::int32_t>::min());
    case NumberType::int64:
      return visit(std::numeric_limits<std::int64_t>::min());
    case NumberType::uint8:
      return visit(std::numeric_limits<std::uint8_t>::max());
    case NumberType::uint16:
      return visit(std::numeric_limits<std::uint16_t>::max());
    case NumberType::uint32:
      return visit(std::numeric_limits<std::uint32_t>::max());
    case NumberType::uint64:
      return visit(std::numeric_limits<std::uint64_t>::max());
  }
}

bool is_real(NumberType type) { return type == NumberType::float32 || type == NumberType::float64; }

/// Whether each value has a place in some file.
bool fill_all(std::span<VirtualPart const> parts, std::vector<hsize_t> const& size) {
  if (parts.size() != size.front()) return false;
  for (auto const& part : parts) {
    for (std::size_t i = 1; i < size.size(); ++i) {
      if (part.size[i - 1] != size[i]) return false;
    }
  }
  return true;
}

void map_part(FileState const& file, hid_t properties, Description const& about, std::string const& source,
              VirtualPart const& part, std::vector<hsize_t> const& size) {
  std::vector<hsize_t> start(size.size(), 0), count{1};
  start.front() = part.index;
  count.insert(count.end(), part.size.begin(), part.size.end());
  auto fits = count.size() == size.size() && part.index < size.front();
  for (std::size_t i = 1; fits && i < size.size(); ++i) fits = count[i] <= size[i];
  if (!fits)
    throw std::logic_error{file.path + ": '" + about.name + "' of " + part.file + " does not fit in"};
  for (auto const extent : count) {
    if (extent == 0) return;
  }
  auto const there = dataspace_of({part.size.begin(), part.size.end()}, {part.size.begin(), part.size.end()});
  auto const here = dataspace_of(size, size);
  check(H5Sselect_hyperslab(here.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
        file.path, "select a part of", about.name);
  check(H5Pset_virtual(properties, here.get(), part.file.c_str(), source.c_str(), there.get()), file.path,
        "refer to another file from", about.name);
}

}  // namespace

Handle create_virtual(FileState const& file, hid_t group, Description const& about, NumberType type,
                      std::string const& source, std::span<VirtualPart const> parts,
                      std::vector<hsize_t> const& size) {
  file.expect_creatable(about.name);
  Handle const properties{H5Pcreate(H5P_DATASET_CREATE), H5Pclose};
  for (auto const& part : parts) map_part(file, properties.get(), about, source, part, size);
  auto const stored = native_type(type);
  with_fill_value(type, [&](auto value) { H5Pset_fill_value(properties.get(), stored, &value); });
  auto const space = dataspace_of(size, size);
  auto dataset = own(
      H5Dcreate2(group, about.name.c_str(), stored, space.get(), H5P_DEFAULT, properties.get(), H5P_DEFAULT),
      H5Dclose, file.path, "create the virtual data set", about.name);
  write_description(file, dataset.get(), about);
  if (!is_real(type) && !fill_all(parts, size)) {
    with_fill_value(type, [&](auto value) {
      write_number_attribute(file, dataset.get(), "_FillValue", type, &value, 1, false);
    });
  }
  return dataset;
}

}  // namespace myoaxis::hdf5

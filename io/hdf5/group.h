/// A group of data sets that share dimension scales: the unit that xarray opens as one Dataset.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/hdf5/description.h"
#include "io/hdf5/number_type.h"
#include "io/hdf5/table.h"

namespace myoaxis {

namespace hdf5 {
struct FileState;
struct GroupState;
struct FixedState;

void write_fixed(FixedState& data, std::span<std::byte const> values);
}  // namespace hdf5

/// A data set of fixed size that may be written, whole, at any time and more than once.
template <StoredNumber T>
class Fixed {
 public:
  void write(std::span<T const> values) { hdf5::write_fixed(*state_, std::as_bytes(values)); }

 private:
  friend class H5Group;
  explicit Fixed(std::shared_ptr<hdf5::FixedState> state) : state_{std::move(state)} {}
  std::shared_ptr<hdf5::FixedState> state_;
};

/// A data set of another file that stands for one entry of the first dimension of a virtual data set.
struct VirtualPart {
  std::size_t index = 0;            // along the first dimension
  std::string file;                 // relative to the folder of the file that refers to it
  std::vector<std::uint64_t> size;  // of the data set there
};

class H5Group {
 public:
  H5Group(std::shared_ptr<hdf5::FileState> file, std::string const& path);

  /// An attribute of the group; a second value of the same name replaces the first.
  void set_attribute(std::string const& name, std::string_view text);
  void set_attribute(std::string const& name, char const* text) {
    set_attribute(name, std::string_view{text});
  }
  void set_attribute(std::string const& name, std::int64_t value);
  void set_attribute(std::string const& name, double value);
  /// Does nothing when there is none.
  void remove_attribute(std::string const& name);

  /// A dimension of fixed size, with the coordinates of its entries. `about.dims` must be empty.
  void add_scale(Description const& about, std::span<double const> values);
  void add_scale(Description const& about, std::span<std::int64_t const> values);
  void add_scale(Description const& about, std::span<std::string const> values);

  /// A data set whose values are known now. Their number is the product of the sizes of its scales.
  template <StoredNumber T>
  void add_fixed(Description const& about, std::span<T const> values) {
    reserve_fixed<T>(about).write(values);
  }
  void add_fixed(Description const& about, std::span<std::string const> texts);
  /// A data set whose values come later; until then floating-point numbers read as NaN, integers as 0.
  template <StoredNumber T>
  Fixed<T> reserve_fixed(Description const& about) {
    return Fixed<T>{reserve(about, number_type<T>())};
  }

  /// A data set whose values stand in other files: in each of `parts` under the path `source`. `about.dims`
  /// names all its scales. Entries without a part, and what a part is shorter, read as NaN or, of integers,
  /// as the lowest one, which `_FillValue` then says.
  void add_virtual(Description const& about, NumberType type, std::string const& source,
                   std::span<VirtualPart const> parts);

  /// A plain array without scales, for files that only this program reads.
  template <StoredNumber T>
  void add_array(Description const& about, std::span<T const> values) {
    write_array(about, number_type<T>(), std::as_bytes(values), values.size());
  }

  /// A growing dimension and the data sets along it; `chunk_rows` is about how many rows are compressed
  /// together, at most as many as the table is expected to get.
  template <StoredNumber T>
  GrowingTable<T> add_table(Description const& scale, std::size_t chunk_rows = 1024) {
    return GrowingTable<T>{make_table(scale, number_type<T>(), chunk_rows)};
  }

 private:
  void add_number_scale(Description const& about, NumberType type, std::span<std::byte const> values);
  void write_array(Description const& about, NumberType type, std::span<std::byte const> values,
                   std::size_t count);
  std::shared_ptr<hdf5::FixedState> reserve(Description const& about, NumberType type);
  std::shared_ptr<hdf5::TableState> make_table(Description const& scale, NumberType type,
                                               std::size_t chunk_rows);
  std::shared_ptr<hdf5::GroupState> state_;
};

}  // namespace myoaxis

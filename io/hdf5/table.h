/// Data sets that grow together, row by row, along one growing dimension such as time.
///
/// A row is closed by giving its coordinate; only closed rows reach the file, so the caller's data sets have
/// equal lengths at any moment. In the file they may differ for a while, and after a crash for good.
///
///     auto blood = group.add_table<double>({"time", "s", "time since day 0"});
///     auto bdnf = blood.add<double>({.name = "bdnf", .unit = "ng/ml", .long_name = "BDNF", .dims =
///     {"site"}}); bdnf.append(concentrations); blood.append_row(now);
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>

#include "io/hdf5/description.h"
#include "io/hdf5/number_type.h"

namespace myoaxis {

namespace hdf5 {
struct TableState;
struct SeriesState;

std::shared_ptr<SeriesState> add_series(TableState& table, Description const& about, NumberType type);
void append_values(SeriesState& series, std::span<std::byte const> values);
void close_rows(TableState& table, std::span<std::byte const> coordinates);
std::uint64_t closed_rows(TableState const& table);
}  // namespace hdf5

/// One data set of a table.
template <StoredNumber T>
class Series {
 public:
  /// Adds one row, or several one after another. std::logic_error when a row would be incomplete.
  void append(std::span<T const> rows) { hdf5::append_values(*state_, std::as_bytes(rows)); }
  /// Adds a row of one value.
  void append(T value) { append(std::span<T const>{&value, 1}); }

 private:
  template <StoredNumber>
  friend class GrowingTable;
  explicit Series(std::shared_ptr<hdf5::SeriesState> state) : state_{std::move(state)} {}
  std::shared_ptr<hdf5::SeriesState> state_;
};

/// The growing dimension, whose coordinates are of type T, and all data sets along it.
template <StoredNumber T>
class GrowingTable {
 public:
  /// Adds a data set along this dimension and those of `about.dims`. Only before the first row.
  template <StoredNumber V>
  Series<V> add(Description const& about) {
    return Series<V>{hdf5::add_series(*state_, about, number_type<V>())};
  }

  /// Closes a row. std::logic_error, naming the data set, unless each of them got exactly one row more.
  void append_row(T coordinate) { append_rows(std::span<T const>{&coordinate, 1}); }
  /// Closes several rows at once.
  void append_rows(std::span<T const> coordinates) { hdf5::close_rows(*state_, std::as_bytes(coordinates)); }
  std::uint64_t rows() const { return hdf5::closed_rows(*state_); }

 private:
  friend class H5Group;
  explicit GrowingTable(std::shared_ptr<hdf5::TableState> state) : state_{std::move(state)} {}
  std::shared_ptr<hdf5::TableState> state_;
};

}  // namespace myoaxis

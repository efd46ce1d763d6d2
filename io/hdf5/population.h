/// Snapshots of a population, each column of its description as one data set.
///
/// The agents of all snapshots stand one below another along `agent`, since their number may change; the data
/// set `snapshot_index` (CF's indexed ragged form) says which snapshot a row belongs to. `time` and `agents`
/// (their number) are given for each `snapshot`. In pandas: `d = ds.to_dataframe()` of the columns, then
/// `d[d.snapshot_index == 1]`.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/columns.h"
#include "io/hdf5/group.h"

namespace myoaxis {

namespace hdf5 {

/// The number that stands for a column's value in the file: codes and indices are unwrapped.
template <class T>
constexpr auto stored(T const& value) {
  if constexpr (std::is_enum_v<T>)
    return static_cast<std::underlying_type_t<T>>(value);
  else if constexpr (requires { value.index(); })
    return value.index();
  else if constexpr (requires { value.value(); })
    return value.value();
  else
    return value;
}
template <class T>
using Stored = decltype(stored(std::declval<T const&>()));

template <class Population, class T>
Description description_of(Column<Population, T> const& column) {
  auto const is_address = column.unit.empty() && column.flags.empty();
  Description about{.name = std::string{column.name},
                    .unit = std::string{is_address ? "1" : column.unit},
                    .long_name = std::string{column.meaning}};
  for (auto const flag : column.flags) about.flags.emplace_back(flag);
  return about;
}

}  // namespace hdf5

template <Columnar Population>
class PopulationTable {
 public:
  /// Creates the data sets in `group`, which belongs to this population alone.
  explicit PopulationTable(H5Group group)
      : snapshots_{group.add_table<std::int64_t>({"snapshot", "1", "number of the snapshot"}, 64)},
        time_{snapshots_.template add<double>({"time", "s", "time of the snapshot since day 0"})},
        count_{snapshots_.template add<std::uint64_t>({"agents", "1", "number of agents in the snapshot"})},
        agents_{group.add_table<std::int64_t>({"agent", "1", "row of an agent in a snapshot"}, 16384)},
        snapshot_index_{
            agents_.template add<std::uint32_t>({.name = "snapshot_index",
                                                 .unit = "1",
                                                 .long_name = "snapshot that the agent's row belongs to",
                                                 .attributes = {{"instance_dimension", "snapshot"}}})},
        columns_{add_columns(agents_)} {}

  /// Adds a snapshot of all agents at `time` (s since day 0).
  void append(Population const& population, double time) {
    auto const size = population_size(population);
    auto const snapshot = snapshots_.rows();
    time_.append(time);
    count_.append(size);
    snapshots_.append_row(static_cast<std::int64_t>(snapshot));
    snapshot_index_.append(std::vector(size, static_cast<std::uint32_t>(snapshot)));
    append_columns(population, std::make_index_sequence<kColumns>{});
    std::vector<std::int64_t> rows(size);
    std::iota(rows.begin(), rows.end(), static_cast<std::int64_t>(agents_.rows()));
    agents_.append_rows(rows);
  }

 private:
  static constexpr auto kColumns = std::tuple_size_v<decltype(Population::columns())>;

  static auto add_columns(GrowingTable<std::int64_t>& table) {
    return std::apply(
        [&](auto const&... column) {
          // Braces fix the order of creation.
          return std::tuple{
              table.template add<hdf5::Stored<typename std::decay_t<decltype(column)>::value_type>>(
                  hdf5::description_of(column))...};
        },
        Population::columns());
  }

  template <std::size_t... I>
  void append_columns(Population const& population, std::index_sequence<I...>) {
    auto const described = Population::columns();
    (append_column(std::get<I>(columns_), population.*(std::get<I>(described).values)), ...);
  }

  template <StoredNumber T, class V>
  static void append_column(Series<T>& series, std::vector<V> const& values) {
    if constexpr (std::same_as<T, V>) {
      series.append(values);
    } else {
      std::vector<T> numbers;
      numbers.reserve(values.size());
      for (auto const& value : values) numbers.push_back(hdf5::stored(value));
      series.append(numbers);
    }
  }

  GrowingTable<std::int64_t> snapshots_;
  Series<double> time_;
  Series<std::uint64_t> count_;
  GrowingTable<std::int64_t> agents_;
  Series<std::uint32_t> snapshot_index_;
  decltype(add_columns(std::declval<GrowingTable<std::int64_t>&>())) columns_;
};

}  // namespace myoaxis

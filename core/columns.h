/// State is columns: a population is a struct of arrays, and each array is described exactly once.
///
/// The description (name, unit, meaning) is what snapshots, checkpoints, state hashes and the generated
/// documentation are made from, so that none of them can forget a column.
///
///     struct Fibers {
///       std::vector<double> cross_section;
///       static constexpr auto columns() {
///         return std::tuple{column("cross_section", "m2", "cross-sectional area", &Fibers::cross_section)};
///       }
///     };
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/contracts.h"

namespace myoaxis {

/// Description of one column. `unit` is a UDUNITS symbol ("1" for a plain number or an address, "" for a code
/// whose values `flags` names, or for an address).
template <class Population, class T>
struct Column {
  using value_type = T;
  std::string_view name;
  std::string_view unit;
  std::string_view meaning;
  std::vector<T> Population::*values;
  /// Meaning of the codes 0, 1, ...; empty for a quantity.
  std::span<std::string_view const> flags;
};

template <class Population, class T>
constexpr Column<Population, T> column(std::string_view name, std::string_view unit, std::string_view meaning,
                                       std::vector<T> Population::*values,
                                       std::span<std::string_view const> flags = {}) {
  return {name, unit, meaning, values, flags};
}

template <class Population>
concept Columnar = requires {
  Population::columns();
};

/// Calls `f(column, values)` for each column of `population`, in the order of their description.
template <class Population, class F>
requires Columnar<std::remove_const_t<Population>>
void for_each_column(Population& population, F&& f) {
  std::apply([&](auto const&... columns) { (f(columns, population.*columns.values), ...); },
             std::remove_const_t<Population>::columns());
}

/// Number of agents: the common length of all columns.
template <Columnar Population>
std::size_t population_size(Population const& population) {
  auto const described = Population::columns();
  auto const size = (population.*std::get<0>(described).values).size();
  for_each_column(population, [&](auto const&, auto const& values) { EXPECTS(values.size() == size); });
  return size;
}

template <Columnar Population>
void resize(Population& population, std::size_t size) {
  for_each_column(population, [&](auto const&, auto& values) { values.resize(size); });
}

/// Keeps the rows for which `keep(row)` is true, in their order.
template <Columnar Population, class Keep>
void keep_rows(Population& population, Keep&& keep) {
  auto const size = population_size(population);
  std::vector<std::size_t> kept;
  kept.reserve(size);
  for (std::size_t row = 0; row < size; ++row) {
    if (keep(row)) kept.push_back(row);
  }
  if (kept.size() == size) return;
  for_each_column(population, [&](auto const&, auto& values) {
    for (std::size_t i = 0; i < kept.size(); ++i) values[i] = values[kept[i]];
    values.resize(kept.size());
  });
}

/// Appends all rows of `more` behind those of `population`.
template <Columnar Population>
void append(Population& population, Population const& more) {
  for_each_column(population, [&](auto const& column, auto& values) {
    auto const& added = more.*column.values;
    values.insert(values.end(), added.begin(), added.end());
  });
}

}  // namespace myoaxis

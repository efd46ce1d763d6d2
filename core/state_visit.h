/// All state of a run goes by here: what it is made of is said once, and whoever saves, restores,
/// fingerprints or compares it visits the same members in the same order.
///
///     struct Mood {
///       double level = 0;
///       static constexpr auto members() {
///         return std::tuple{member("level", "1", "mood, in standard deviations at rest", &Mood::level)};
///       }
///     };
///     visit_members(visitor.in("mood"), mood);
///
/// A visitor is cheap to copy and has
///     visitor.in(name)               itself, one part deeper
///     visitor(about, value)          sees a number, or a vector or array of numbers
/// Visitors that restore take the state as it is and write it; all others take it as const.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "core/clock.h"
#include "core/columns.h"

namespace myoaxis {

/// What one member of the state is. `unit` is a UDUNITS symbol.
struct About {
  std::string_view name;
  std::string_view unit;
  std::string_view meaning;
};

/// Description of one member: a number, or an array of numbers.
template <class Struct, class T>
struct Member {
  About about;
  T Struct::*value;
};

template <class Struct, class T>
constexpr Member<Struct, T> member(std::string_view name, std::string_view unit, std::string_view meaning,
                                   T Struct::*value) {
  return {{name, unit, meaning}, value};
}

/// `State`, to be read or to be written.
template <class State, class T>
concept StateOf = std::same_as<std::remove_const_t<State>, T>;

/// How a value that is no number is kept: as a number from which it can be had back.
template <class T>
struct KeptAs;
template <>
struct KeptAs<bool> {
  static std::uint8_t keep(bool value) { return value ? 1 : 0; }
  static bool restore(std::uint8_t value) { return value != 0; }
};
template <>
struct KeptAs<Tick> {
  static std::int64_t keep(Tick value) { return value.seconds(); }
  static Tick restore(std::int64_t value) { return Tick{value}; }
};
template <>
struct KeptAs<std::optional<std::size_t>> {
  static std::int64_t keep(std::optional<std::size_t> value) {
    return value ? static_cast<std::int64_t>(*value) : -1;
  }
  static std::optional<std::size_t> restore(std::int64_t value) {
    return value < 0 ? std::nullopt : std::optional{static_cast<std::size_t>(value)};
  }
};
template <>
struct KeptAs<std::optional<Tick>> {
  static constexpr std::int64_t kNone = INT64_MIN;
  static std::int64_t keep(std::optional<Tick> value) { return value ? value->seconds() : kNone; }
  static std::optional<Tick> restore(std::int64_t value) {
    return value == kNone ? std::nullopt : std::optional{Tick{value}};
  }
};

/// Shows one member to the visitor, as the number that it is kept as.
template <class Visitor, class T>
void visit_value(Visitor const& visitor, About const& about, T& value) {
  using Value = std::remove_const_t<T>;
  if constexpr (requires(Value const& plain) { KeptAs<Value>::keep(plain); }) {
    auto kept = KeptAs<Value>::keep(value);
    visitor(about, kept);
    if constexpr (!std::is_const_v<T>) value = KeptAs<Value>::restore(kept);
  } else {
    visitor(about, value);
  }
}

/// Shows all members of a struct that has `members()`.
template <class Visitor, class Struct>
void visit_members(Visitor const& visitor, Struct& state) {
  std::apply(
      [&](auto const&... members) { (visit_value(visitor, members.about, state.*members.value), ...); },
      std::remove_const_t<Struct>::members());
}

/// Shows all columns of a population.
template <class Visitor, class Population>
requires Columnar<std::remove_const_t<Population>>
void visit_columns(Visitor const& visitor, Population& population) {
  for_each_column(population, [&](auto const& column, auto& values) {
    visitor(About{column.name, column.unit, column.meaning}, values);
  });
}

/// A state that is but one struct of members, or one population.
template <class Visitor, class State>
requires requires { std::remove_const_t<State>::members(); }
void visit_state(Visitor const& visitor, State& state) { visit_members(visitor, state); }

template <class Visitor, class State>
requires Columnar<std::remove_const_t<State>>
void visit_state(Visitor const& visitor, State& state) { visit_columns(visitor, state); }

}  // namespace myoaxis

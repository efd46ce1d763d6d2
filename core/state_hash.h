/// A 128-bit fingerprint of the complete state of a run.
///
/// It is computed over the bytes of every column, in the order of their description: a difference of one bit
/// in one agent shows, but for a chance of 2^-128.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <type_traits>

#include "core/columns.h"
#include "core/state_visit.h"

namespace myoaxis {

struct Fingerprint {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  auto operator<=>(Fingerprint const&) const = default;
};

/// 32 hexadecimal digits.
std::string to_string(Fingerprint fingerprint);

class StateHash {
 public:
  StateHash();
  ~StateHash();
  StateHash(StateHash const&) = delete;
  StateHash& operator=(StateHash const&) = delete;

  void add_bytes(void const* data, std::size_t size);

  template <class T>
  requires std::is_trivially_copyable_v<T>
  void add(std::span<T const> values) {
    auto const count = values.size();
    add_bytes(&count, sizeof count);
    add_bytes(values.data(), values.size_bytes());
  }

  template <class T>
  requires std::is_arithmetic_v<T>
  void add(T value) { add_bytes(&value, sizeof value); }

  template <Columnar Population>
  void add_population(Population const& population) {
    for_each_column(population, [&](auto const&, auto const& values) { add(std::span{values}); });
  }

  /// Of all that was added so far.
  Fingerprint fingerprint() const;
  std::string digest() const { return to_string(fingerprint()); }

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
};

/// Adds all it is shown to a fingerprint.
class HashVisitor {
 public:
  explicit HashVisitor(StateHash& hash) : hash_{&hash} {}
  HashVisitor in(std::string_view) const { return *this; }

  template <class T>
  void operator()(About const&, T const& values) const {
    if constexpr (std::is_arithmetic_v<T>)
      hash_->add(values);
    else
      hash_->add(std::span<typename T::value_type const>{values});
  }

 private:
  StateHash* hash_;
};

/// Adds all that `visit_state` shows of the state.
template <class State>
void add_to_hash(StateHash& hash, State const& state) {
  visit_state(HashVisitor{hash}, state);
}

/// Fingerprint of the state alone.
template <class State>
Fingerprint fingerprint_of(State const& state) {
  StateHash hash;
  add_to_hash(hash, state);
  return hash.fingerprint();
}

}  // namespace myoaxis

/// A 128-bit fingerprint of the complete state of a run.
///
/// Two states are equal exactly when their fingerprints are: it is computed over the bytes of every column,
/// in the order of their description, so a difference of one bit in one agent shows.
#pragma once

#include <concepts>
#include <memory>
#include <span>
#include <string>
#include <type_traits>

#include "core/columns.h"

namespace myoaxis {

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

  /// The fingerprint of all that was added so far: 32 hexadecimal digits.
  std::string digest() const;

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
};

}  // namespace myoaxis

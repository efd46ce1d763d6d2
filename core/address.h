/// Permanent addresses: 64-bit keys of entities, from which every random draw is computed.
///
/// A key depends on what the entity is (its name, its number, its parent), never on where it is stored. Keys
/// are mixed by the finalizer of SplitMix64 (Steele, Lea, Flood 2014), a bijection of 64-bit words.
#pragma once

#include <cstdint>
#include <string_view>

namespace myoaxis {

constexpr std::uint64_t mix64(std::uint64_t word) {
  word += 0x9e3779b97f4a7c15u;
  word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9u;
  word = (word ^ (word >> 27)) * 0x94d049bb133111ebu;
  return word ^ (word >> 31);
}

/// Key of the thing that is reached from `key` by `part`: a child by its number, a packet by its tick. The
/// two are not interchangeable: child_key(a, b) has nothing to do with child_key(b, a).
constexpr std::uint64_t child_key(std::uint64_t key, std::uint64_t part) { return mix64(mix64(key) ^ part); }

template <class... Parts>
constexpr std::uint64_t child_key(std::uint64_t key, std::uint64_t part, Parts... parts) {
  return child_key(child_key(key, part), parts...);
}

/// Key of a thing that has a name of its own, such as a factor or an organ.
constexpr std::uint64_t name_key(std::string_view name) {
  std::uint64_t key = name.size();
  for (char const letter : name) key = child_key(key, static_cast<unsigned char>(letter));
  return key;
}

}  // namespace myoaxis

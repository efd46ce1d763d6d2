#include "core/address.h"

#include <bit>
#include <catch2/catch.hpp>
#include <set>

using namespace myoaxis;

TEST_CASE("words are mixed as SplitMix64 does", "[baseline]") {
  CHECK(mix64(0) == 0xe220a8397b1dcdafu);  // the first output of SplitMix64 seeded with 0, as published
  CHECK(mix64(0x9e3779b97f4a7c15u) == 0x6e789e6aa1b965f4u);  // and the second
}

TEST_CASE("keys keep their values", "[baseline]") {
  CHECK(mix64(1) == 0x910a2dec89025cc1u);
  CHECK(child_key(1, 2) == 0xbcd9dbb49673066bu);
  CHECK(child_key(1, 2, 3u) == 0x970864d014d5e8efu);
  CHECK(name_key("bdnf") == 0xac93c52ae15175c0u);
}

TEST_CASE("a path of parts is followed from left to right") {
  CHECK(child_key(1, 2, 3u, 4u) == child_key(child_key(child_key(1, 2), 3), 4));
  CHECK(child_key(1, 2, 3u) != child_key(1, 3, 2u));
  CHECK(child_key(1, 2) != child_key(2, 1));
}

TEST_CASE("names have keys of their own") {
  std::set<std::uint64_t> keys;
  for (auto const* name : {"", "a", "b", "ab", "ba", "aa", "bdnf", "BDNF", "il6", "muscle.1", "muscle.10"}) {
    keys.insert(name_key(name));
  }
  CHECK(keys.size() == 11);
  CHECK(name_key(std::string_view{"a\0", 2}) != name_key("a"));
}

TEST_CASE("neighboring parents and children never share a key") {
  std::set<std::uint64_t> keys;
  for (std::uint64_t parent = 0; parent < 100; ++parent) {
    for (std::uint64_t part = 0; part < 100; ++part) keys.insert(child_key(parent, part));
  }
  CHECK(keys.size() == 10'000);
}

TEST_CASE("one bit of a word changes about half of the bits of its mix") {
  double changed = 0;
  for (std::uint64_t word = 0; word < 64; ++word) {
    for (unsigned bit = 0; bit < 64; ++bit) {
      changed += std::popcount(mix64(word) ^ mix64(word ^ (std::uint64_t{1} << bit)));
    }
  }
  CHECK(changed / (64 * 64 * 64) == Approx(0.5).margin(0.01));
}

#include "core/state_hash.h"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cstdint>

using namespace myoaxis;

namespace {

struct Seeds {
  std::vector<double> mass;
  std::vector<double> length;
  std::vector<std::uint8_t> color;

  static constexpr auto columns() {
    return std::tuple{column("mass", "kg", "mass", &Seeds::mass),
                      column("length", "m", "length", &Seeds::length),
                      column("color", "", "color", &Seeds::color)};
  }
};

/// The same population, described in another order.
struct Reordered : Seeds {
  static constexpr auto columns() {
    return std::tuple{column("length", "m", "length", &Reordered::length),
                      column("mass", "kg", "mass", &Reordered::mass),
                      column("color", "", "color", &Reordered::color)};
  }

 private:
  template <class T>
  static constexpr Column<Reordered, T> column(std::string_view name, std::string_view unit,
                                               std::string_view meaning, std::vector<T> Seeds::*values) {
    return {name, unit, meaning, values, {}};
  }
};

template <class Population>
std::string population_hash(Population const& population) {
  StateHash hash;
  hash.add_population(population);
  return hash.digest();
}

Seeds some_seeds() { return {{1.5, 2.5, 0.0}, {3.5, 4.5, 5.5}, {1, 2, 3}}; }

}  // namespace

TEST_CASE("equal states have equal fingerprints of 32 hexadecimal digits", "[reproducible]") {
  auto const digest = population_hash(some_seeds());
  CHECK(digest == population_hash(some_seeds()));
  CHECK(digest.size() == 32);
  CHECK(std::all_of(digest.begin(), digest.end(),
                    [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }));
}

TEST_CASE("one bit of one agent changes the fingerprint") {
  auto const original = population_hash(some_seeds());
  for (std::size_t row = 0; row < 3; ++row) {
    for (unsigned bit = 0; bit < 64; ++bit) {
      auto seeds = some_seeds();
      seeds.length[row] =
          std::bit_cast<double>(std::bit_cast<std::uint64_t>(seeds.length[row]) ^ (std::uint64_t{1} << bit));
      CHECK(population_hash(seeds) != original);
    }
    auto seeds = some_seeds();
    seeds.color[row] ^= 0x80;
    CHECK(population_hash(seeds) != original);
  }
}

TEST_CASE("a zero and a negative zero are different states") {
  auto seeds = some_seeds();
  seeds.mass[2] = -0.0;
  CHECK(population_hash(seeds) != population_hash(some_seeds()));
}

TEST_CASE("the order of columns, rows and values counts") {
  auto const seeds = some_seeds();
  CHECK(population_hash(Reordered{seeds}) != population_hash(seeds));
  auto swapped = seeds;
  std::swap(swapped.mass, swapped.length);
  CHECK(population_hash(swapped) != population_hash(seeds));
  CHECK(population_hash(Reordered{swapped}) == population_hash(seeds));
  auto rows = seeds;
  std::reverse(rows.mass.begin(), rows.mass.end());
  CHECK(population_hash(rows) != population_hash(seeds));
}

TEST_CASE("where one column ends and the next begins counts") {
  StateHash one, other;
  std::vector<double> const first{1, 2}, second{3}, head{1}, tail{2, 3};
  one.add(std::span{first});
  one.add(std::span{second});
  other.add(std::span{head});
  other.add(std::span{tail});
  CHECK(one.digest() != other.digest());
}

TEST_CASE("a digest may be read at any time and changes as more is added") {
  StateHash hash;
  auto const empty = hash.digest();
  CHECK(hash.digest() == empty);
  hash.add(1.5);
  CHECK(hash.digest() != empty);
}

TEST_CASE("fingerprints keep their published values", "[baseline]") {
  StateHash hash;
  CHECK(hash.digest() == "99aa06d3014798d86001c324468d497f");  // XXH3-128 of nothing
  hash.add(1.5);
  CHECK(hash.digest() == "8e19d0c57481c05d6d22fe9c07fa4107");
}

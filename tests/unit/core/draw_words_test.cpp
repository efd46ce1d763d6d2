#include "core/draw_words.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace myoaxis;

TEST_CASE("first words are those of the draws at the same addresses", "[reproducible]") {
  auto const event =
      GENERATE(std::int64_t{0}, std::int64_t{-604'800}, std::int64_t{1} << 37, -(std::int64_t{1} << 39));
  auto const number = GENERATE(0u, 1u, 15u, 16u, 1000u);
  DrawKey const key{Luck{7, 3}, Purpose::packet_move};
  std::vector<std::uint64_t> entities(number), words(number, 1);
  for (std::size_t i = 0; i < number; ++i) entities[i] = mix64(i);
  first_words(key, entities, event, words);
  for (std::size_t i = 0; i < number; ++i) {
    Draws draws{key, entities[i], event};
    CHECK(words[i] == draws());
  }
}

TEST_CASE("a word gives the number that its draws give") {
  Draws draws{Luck{1, 0}, Purpose::packet_move, 5, 9};
  auto copy = draws;
  CHECK(unit_interval(copy()) == unit_interval(draws));
  CHECK(unit_interval(std::uint64_t{0}) == 0);
  CHECK(unit_interval(~std::uint64_t{0}) < 1);
}

#include "core/draws.h"

#include <array>
#include <catch2/catch.hpp>
#include <set>
#include <type_traits>

#include "tests/unit/core/aborts.h"

using namespace myoaxis;

namespace {

constexpr Luck kLuck{7, 3};
constexpr std::int64_t kFirstEvent = -(std::int64_t{1} << 39);
constexpr std::int64_t kLastEvent = (std::int64_t{1} << 39) - 1;

std::array<std::uint64_t, 3> first_words(Draws draws) { return {draws(), draws(), draws()}; }

}  // namespace

TEST_CASE("Philox 4x32-10 gives its published words", "[baseline]") {
  r123::Philox4x32 philox;
  r123::Philox4x32::ctr_type const zeros = philox({{0, 0, 0, 0}}, {{0, 0}});
  CHECK(zeros[0] == 0x6627e8d5u);
  CHECK(zeros[1] == 0xe169c58du);
  CHECK(zeros[2] == 0xbc57ac4cu);
  CHECK(zeros[3] == 0x9b00dbd8u);
  constexpr auto ones = ~std::uint32_t{0};
  r123::Philox4x32::ctr_type const full = philox({{ones, ones, ones, ones}}, {{ones, ones}});
  CHECK(full[0] == 0x408f276du);
  CHECK(full[1] == 0x41c83b0eu);
  CHECK(full[2] == 0xa20bc7c6u);
  CHECK(full[3] == 0x6d5451fdu);
}

TEST_CASE("the first words at some addresses never change", "[baseline]") {
  using Words = std::array<std::uint64_t, 3>;
  auto const bdnf = name_key("bdnf");
  CHECK(first_words({Luck{0, 0}, Purpose::fiber_size, 0, 0}) ==
        Words{0xcc3c7f8bd5930d0du, 0x5193179024d57948u, 0x34326cb3c8a0f20fu});
  CHECK(first_words({kLuck, Purpose::packet_move, bdnf, 86400}) ==
        Words{0xc5b9949d15126d22u, 0x7ed7c3032d9e841du, 0x0a8fbebce2d5377eu});
  CHECK(first_words({kLuck, Purpose::packet_move, bdnf, -1}) ==
        Words{0x5f0e8a899714c888u, 0x746945bbef56690au, 0x30e263406df50e11u});
  CHECK(first_words({Luck{~std::uint64_t{0}, 1}, Purpose::lineage_place, ~std::uint64_t{0}, kLastEvent}) ==
        Words{0xaaac78198e994c64u, 0x8e8ecf1ae087e72au, 0x75ea8032365ac2b8u});
}

TEST_CASE("words are the blocks of Philox at the address, low half first", "[law]") {
  constexpr std::uint64_t entity = 0x0123456789abcdefu;
  constexpr std::int64_t event = 5;
  auto const key = child_key(mix64(kLuck.seed), kLuck.subject, static_cast<std::uint64_t>(Purpose::crossing));
  Draws draws{kLuck, Purpose::crossing, entity, event};
  for (std::uint32_t block = 0; block < 3; ++block) {
    // event + 2^39 = 0x80'0000'0005: 32 bits in the third word, 8 bits at the top of the fourth
    auto const words =
        r123::Philox4x32{}({{0x89abcdefu, 0x01234567u, 5u, 0x80000000u | block}},
                           {{static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)}});
    CHECK(draws() == (words[0] | (std::uint64_t{words[1]} << 32)));
    CHECK(draws() == (words[2] | (std::uint64_t{words[3]} << 32)));
  }
}

TEST_CASE("each part of the address changes the stream, even by one bit") {
  std::set<std::uint64_t> firsts;
  std::size_t addresses = 0;
  auto const visit = [&](Draws draws) {
    firsts.insert(draws());
    firsts.insert(draws());
    addresses += 2;
  };
  visit({kLuck, Purpose::crossing, 100, 1000});
  for (unsigned bit = 0; bit < 64; ++bit) {
    auto const flip = std::uint64_t{1} << bit;
    visit({Luck{kLuck.seed ^ flip, kLuck.subject}, Purpose::crossing, 100, 1000});
    visit({Luck{kLuck.seed, kLuck.subject ^ flip}, Purpose::crossing, 100, 1000});
    visit({kLuck, Purpose::crossing, 100 ^ flip, 1000});
    if (bit < 39) visit({kLuck, Purpose::crossing, 100, 1000 ^ static_cast<std::int64_t>(flip)});
  }
  visit({kLuck, Purpose::crossing, 100, -1000});
  for (std::uint32_t purpose = 1; purpose <= 17; ++purpose) {
    if (static_cast<Purpose>(purpose) != Purpose::crossing)
      visit({kLuck, static_cast<Purpose>(purpose), 100, 1000});
  }
  CHECK(firsts.size() == addresses);
}

TEST_CASE("seed and subject cannot stand for one another") {
  CHECK(first_words({Luck{1, 2}, Purpose::crossing, 0, 0}) !=
        first_words({Luck{2, 1}, Purpose::crossing, 0, 0}));
}

TEST_CASE("a subject whose number equals the seed has the luck of that seed alone") {
  std::set<std::uint64_t> firsts;
  for (std::uint64_t number = 0; number < 10; ++number) {
    firsts.insert(first_words({Luck{number, number}, Purpose::crossing, 0, 0})[0]);
  }
  CHECK(firsts.size() == 10);
}

TEST_CASE("the streams of neighboring events and blocks never meet") {
  std::set<std::uint64_t> words;
  for (std::int64_t event = -20; event < 20; ++event) {
    Draws draws{kLuck, Purpose::count_move, 1, event};
    for (int i = 0; i < 50; ++i) words.insert(draws());
  }
  CHECK(words.size() == 40 * 50);
}

TEST_CASE("a prepared key gives the same words as the full address", "[reproducible]") {
  DrawKey const key{kLuck, Purpose::packet_move};
  for (std::uint64_t entity = 0; entity < 20; ++entity) {
    for (auto const event : {kFirstEvent, std::int64_t{-1}, std::int64_t{0}, kLastEvent}) {
      CHECK(first_words({key, entity, event}) == first_words({kLuck, Purpose::packet_move, entity, event}));
    }
  }
}

TEST_CASE("a copy goes on where the original is") {
  Draws draws{kLuck, Purpose::crossing, 1, 2};
  draws();
  auto copy = draws;
  for (int i = 0; i < 9; ++i) CHECK(draws() == copy());
}

TEST_CASE("draws fit Boost.Random and numbers of the unit interval lie from 0 to below 1") {
  STATIC_REQUIRE(std::is_same_v<Draws::result_type, std::uint64_t>);
  STATIC_REQUIRE(Draws::min() == 0);
  STATIC_REQUIRE(Draws::max() == ~std::uint64_t{0});
  Draws draws{kLuck, Purpose::crossing, 1, 2};
  Draws same = draws;
  for (int i = 0; i < 1000; ++i) {
    auto const number = unit_interval(draws);
    CHECK((number >= 0 && number < 1));
    CHECK(number == static_cast<double>(same() >> 11) / 9007199254740992.0);
  }
}

#ifdef MYOAXIS_CONTRACTS
TEST_CASE("an event beyond 40 bits breaks the contract") {
  CHECK(aborts([] { Draws{kLuck, Purpose::crossing, 1, kLastEvent + 1}; }));
  CHECK(aborts([] { Draws{kLuck, Purpose::crossing, 1, kFirstEvent - 1}; }));
  CHECK_FALSE(aborts([] { Draws{kLuck, Purpose::crossing, 1, kFirstEvent}; }));
}
#endif

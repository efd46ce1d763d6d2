#include "agents/hippocampus/synapses.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "core/address.h"
#include "core/parallel.h"
#include "core/state_hash.h"
#include "tests/support/spine_params.h"

using namespace myoaxis;
using test::kDays;
using test::spine_params;

namespace {

constexpr Luck kSpineLuck{11, 3};
constexpr std::array kRest{1.0, 1.0, 1.0};

/// Old cells with some young ones of every age among them.
Synapses mixed(std::size_t old_cells = 40, std::size_t sites = 101) {
  auto synapses = make_mature_spines(spine_params(), old_cells, sites, 3, kSpineLuck, Tick{0});
  for (std::size_t i = 0; i < 40; ++i) {
    auto const age = static_cast<double>(i) * kDays;
    add_spine_cell(synapses, child_key(77, i), -age, static_cast<std::uint16_t>(i % 3));
  }
  return synapses;
}

void live_synapses(Synapses& synapses, std::int64_t days, std::span<double const> plasticity = kRest,
                   std::int64_t step = kDay) {
  for (Tick now{0}; now < Tick{days * kDay}; now = now + step) {
    advance_synapses(synapses, spine_params(), plasticity, kSpineLuck, now, now + step);
  }
}

std::vector<std::uint8_t> sites_of(Synapses const& synapses, std::uint64_t key) {
  auto const found = std::find(synapses.cells.key.begin(), synapses.cells.key.end(), key);
  REQUIRE(found != synapses.cells.key.end());
  auto const first = synapses.state.begin() +
                     (found - synapses.cells.key.begin()) * static_cast<std::ptrdiff_t>(synapses.sites);
  return {first, first + static_cast<std::ptrdiff_t>(synapses.sites)};
}

std::string digest(Synapses const& synapses) {
  StateHash hash;
  add_to_hash(hash, synapses);
  return hash.digest();
}

bool has_no_spine(std::vector<std::uint8_t> const& sites) {
  return std::all_of(sites.begin(), sites.end(), [](std::uint8_t state) { return state == 0; });
}

}  // namespace

TEST_CASE("old granule cells are spread over the niches, with addresses of their own", "[reproducible]") {
  auto const few = make_mature_spines(spine_params(), 20, 50, 8, kSpineLuck, Tick{0});
  auto const many = make_mature_spines(spine_params(), 30, 50, 8, kSpineLuck, Tick{5 * kDay});
  REQUIRE(population_size(few.cells) == 20);
  REQUIRE(few.state.size() == 1000);
  for (std::size_t i = 0; i < 20; ++i) {
    CHECK(few.cells.niche[i] == i % 8);
    CHECK(few.cells.key[i] == child_key(name_key("granule cell"), i));
    CHECK(spine_maturity(Seconds{-few.cells.born[i]}, spine_params()) == 1);
    CHECK(sites_of(few, few.cells.key[i]) == sites_of(many, few.cells.key[i]));
  }
}

TEST_CASE("spines are the same on one thread and on two", "[reproducible]") {
  auto const on = [](int threads) {
    std::string result;
    Workers{threads}.run([&] {
      auto synapses = mixed(200);
      live_synapses(synapses, 20);
      result = digest(synapses);
    });
    return result;
  };
  CHECK(on(1) == on(2));
}

TEST_CASE("the fate of a site does not depend on how many sites a cell has", "[reproducible]") {
  auto few = mixed(40, 31);
  auto many = mixed(40, 64);
  live_synapses(few, 10);
  live_synapses(many, 10);
  for (auto const key : few.cells.key) {
    auto const one = sites_of(few, key);
    auto const other = sites_of(many, key);
    CHECK(std::equal(one.begin(), one.end(), other.begin()));
  }
}

TEST_CASE("a cell more or less changes the spines of no other cell", "[reproducible]") {
  auto all = mixed();
  auto fewer = mixed();
  remove_spine_cells(fewer, {fewer.cells.key[0], fewer.cells.key[17], fewer.cells.key[79]});
  REQUIRE(fewer.cells.size() == 77);
  live_synapses(all, 10);
  live_synapses(fewer, 10);
  for (auto const key : fewer.cells.key) CHECK(sites_of(fewer, key) == sites_of(all, key));
}

TEST_CASE("cells that are removed take their spines along, and the rest keep their order", "[conservation]") {
  auto const before = mixed();
  auto after = before;
  remove_spine_cells(after, {before.cells.key[1], before.cells.key[2], before.cells.key[60], 12345});
  auto expected = before.cells.key;
  for (auto const row : {60, 2, 1}) expected.erase(expected.begin() + row);
  CHECK(after.cells.key == expected);
  CHECK(after.state.size() == expected.size() * after.sites);
  CHECK(population_size(after.cells) == expected.size());
  for (auto const key : expected) CHECK(sites_of(after, key) == sites_of(before, key));
  CHECK(after.cells.born[57] == before.cells.born[59]);
  remove_spine_cells(after, {after.cells.key.begin(), after.cells.key.end()});
  CHECK(after.state.empty());
  live_synapses(after, 1);  // no cells is no error
}

TEST_CASE("a newborn cell has no spine before its time, and has some after it", "[law]") {
  Synapses synapses{.cells = {}, .sites = 1000, .state = {}};
  add_spine_cell(synapses, 42, 0.0, 0);
  CHECK(has_no_spine(sites_of(synapses, 42)));
  live_synapses(synapses, 16);
  CHECK(has_no_spine(sites_of(synapses, 42)));
  for (auto day = 16; day < 28; ++day) {
    advance_synapses(synapses, spine_params(), kRest, kSpineLuck, Tick{day * kDay}, Tick{(day + 1) * kDay});
  }
  auto const at_28 = count_spines(synapses);
  CHECK(at_28[0] < 900);
  CHECK(at_28[0] > 334);  // not yet settled
}

TEST_CASE("more plasticity leaves no site of any cell with less, under the same luck", "[law]") {
  auto less = mixed();
  auto more = mixed();
  live_synapses(less, 30, std::array{0.5, 1.0, 1.0});
  live_synapses(more, 30, std::array{0.5, 1.3, 2.0});
  std::size_t gained = 0;
  for (std::size_t i = 0; i < less.state.size(); ++i) {
    REQUIRE(more.state[i] >= less.state[i]);
    auto const is_more = more.state[i] > less.state[i];
    if (less.cells.niche[i / less.sites] == 0) REQUIRE(!is_more);
    gained += is_more;
  }
  CHECK(gained > less.state.size() / 20);
}

TEST_CASE("impossible moves never happen, and certain ones do not fail", "[law]") {
  auto p = spine_params();
  p.elimination = p.silencing = p.depression = PerSecond{0};
  p.formation = p.unsilencing = p.potentiation = PerSecond{1};  // all settled after an hour
  Synapses synapses{.cells = {}, .sites = 20000, .state = {}};
  add_spine_cell(synapses, 1, -30 * kDays, 0);
  for (std::size_t k = 0; k < synapses.sites; ++k) synapses.state[k] = static_cast<std::uint8_t>(k % 4);
  advance_synapses(synapses, p, kRest, kSpineLuck, Tick{0}, Tick{3600});
  CHECK(count_spines(synapses) == std::array<std::int64_t, 4>{0, 0, 0, 20000});
  advance_synapses(synapses, p, kRest, kSpineLuck, Tick{3600}, Tick{7200});
  CHECK(count_spines(synapses)[3] == 20000);
}

TEST_CASE("steps at other times have other luck, in any order of seeds and subjects", "[reproducible]") {
  auto const after = [](Luck luck, Tick begin) {
    auto synapses = make_mature_spines(spine_params(), 20, 100, 3, kSpineLuck, Tick{0});
    advance_synapses(synapses, spine_params(), kRest, luck, begin, begin + kDay);
    return digest(synapses);
  };
  CHECK(after(kSpineLuck, Tick{-kDay}) == after(kSpineLuck, Tick{-kDay}));
  CHECK(after(kSpineLuck, Tick{-kDay}) != after(kSpineLuck, Tick{0}));
  CHECK(after(Luck{11, 4}, Tick{0}) != after(kSpineLuck, Tick{0}));
  CHECK(after(Luck{12, 3}, Tick{0}) != after(kSpineLuck, Tick{0}));
}

TEST_CASE("the spines of all cells are those of the first and of the last of them", "[conservation]") {
  auto synapses = mixed();
  live_synapses(synapses, 5);
  auto const all = count_spines(synapses);
  auto const first = count_spines(synapses, 0, 33);
  auto const last = count_spines(synapses, 33, synapses.cells.size());
  for (std::size_t state = 0; state < kSpineStates; ++state) {
    CHECK(all[state] == first[state] + last[state]);
    CHECK(all[state] == std::count(synapses.state.begin(), synapses.state.end(), state));
  }
  CHECK(std::accumulate(all.begin(), all.end(), std::int64_t{0}) ==
        static_cast<std::int64_t>(synapses.state.size()));
}

TEST_CASE("the fingerprint sees every spine, every cell and the number of sites", "[reproducible]") {
  auto const synapses = mixed(3, 4);
  auto other = synapses;
  other.state[9] ^= 1;
  CHECK(digest(other) != digest(synapses));
  other = synapses;
  other.cells.born[1] += 1;
  CHECK(digest(other) != digest(synapses));
  other = synapses;
  other.sites = 2;
  CHECK(digest(other) != digest(synapses));
}

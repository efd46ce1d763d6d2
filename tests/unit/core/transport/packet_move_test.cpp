#include "core/transport/packet_move.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>

#include "core/transport/packet_emission.h"
#include "tests/unit/core/transport/body_brain.h"

using namespace myoaxis;

namespace {

__extension__ typedef unsigned __int128 Wide;

Packets packets_of(std::vector<std::int64_t> const& weights, std::vector<std::uint16_t> const& cells) {
  Packets packets;
  resize(packets, weights.size());
  packets.weight = weights;
  packets.cell = cells;
  for (std::size_t i = 0; i < weights.size(); ++i) packets.key[i] = mix64(i);
  return packets;
}

/// A body of two cells that nothing leaves.
StepTables closed_tables(Layout& layout) {
  layout.add_cell("blood", Representation::packets);
  layout.add_cell("tissue", Representation::packets);
  return tables_of(layout, Generator{layout}, 1);
}

}  // namespace

TEST_CASE("donors lose what systematic sampling in whole numbers says, at any size and in any chunk",
          "[law]") {
  auto const scale = GENERATE(std::int64_t{1}, std::int64_t{1000}, std::int64_t{1} << 36);
  auto const share = GENERATE(0.0001, 0.3, 0.999999);
  constexpr std::size_t n = 5000;  // several chunks
  std::vector<std::int64_t> weights(n);
  std::vector<std::uint16_t> cells(n);
  for (std::size_t i = 0; i < n; ++i) {
    weights[i] = scale + static_cast<std::int64_t>(mix64(i) % static_cast<std::uint64_t>(scale));
    cells[i] = static_cast<std::uint16_t>(mix64(i + n) % 2);
  }
  auto packets = packets_of(weights, cells);
  Layout layout;
  auto const tables = closed_tables(layout);
  ChunkTotals const totals{packets, 2};
  auto const held = totals.sum();
  std::vector<Donation> donations;
  for (auto const total : held) {
    auto const lost = static_cast<std::int64_t>(static_cast<double>(total) * share);
    donations.push_back(
        {total, lost, static_cast<std::int64_t>(mix64(7) % static_cast<std::uint64_t>(total))});
  }
  move_packets(packets, totals, tables, donations, {Luck{}, Purpose::packet_move}, Tick{0});
  std::vector<std::int64_t> passed(2, 0);
  for (std::size_t i = 0; i < n; ++i) {
    auto const& donation = donations[cells[i]];
    auto const up_to = [&](std::int64_t quanta) {
      return static_cast<std::int64_t>(
          (static_cast<Wide>(quanta) * static_cast<Wide>(donation.lost) + static_cast<Wide>(donation.start)) /
          static_cast<Wide>(donation.total));
    };
    auto const before = up_to(passed[cells[i]]);
    passed[cells[i]] += weights[i];
    REQUIRE(packets.weight[i] == weights[i] - (up_to(passed[cells[i]]) - before));
  }
  CHECK(passed == held);
}

TEST_CASE("chunks of packets add up to the cells", "[conservation]") {
  auto const n = GENERATE(0u, 1u, 2047u, 2048u, 7001u);
  std::vector<std::int64_t> weights(n);
  std::vector<std::uint16_t> cells(n);
  std::vector<std::int64_t> expected(5, 0);
  for (std::size_t i = 0; i < n; ++i) {
    weights[i] = static_cast<std::int64_t>(i) + 1;
    cells[i] = static_cast<std::uint16_t>(mix64(i) % 5);
    expected[cells[i]] += weights[i];
  }
  CHECK(ChunkTotals{packets_of(weights, cells), 5}.sum() == expected);
}

TEST_CASE("packets from the end take the places of those that are gone") {
  auto const gone =
      GENERATE(std::vector<std::uint32_t>{}, std::vector<std::uint32_t>{0}, std::vector<std::uint32_t>{9},
               std::vector<std::uint32_t>{1, 2, 8}, std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
               std::vector<std::uint32_t>{0, 5, 6, 7, 8, 9});
  auto packets = packets_of(std::vector<std::int64_t>(10, 1), std::vector<std::uint16_t>(10, 0));
  std::iota(packets.origin.begin(), packets.origin.end(), 0u);
  fill_gone(packets, gone);
  REQUIRE(population_size(packets) == 10 - gone.size());
  std::vector<std::uint32_t> left = packets.origin, expected;
  for (std::uint32_t row = 0; row < 10; ++row) {
    if (std::find(gone.begin(), gone.end(), row) == gone.end()) expected.push_back(row);
  }
  for (std::size_t i = 0; i < left.size(); ++i) CHECK(packets.key[i] == mix64(left[i]));
  std::sort(left.begin(), left.end());
  CHECK(left == expected);
}

TEST_CASE("an origin is found by guide as by search", "[law]") {
  std::vector<double> running{0, 0, 3, 3, 3.5, 1e3, 1e3, 1e3 + 1e-7};
  for (int i = 0; i < 300; ++i) running.push_back(running.back() + 1e-3 * ((i * 37) % 11));
  OriginSampler const search{running, 0}, guide{running, 1000};
  for (int k = 0; k < 20'000; ++k) {
    auto const u = (k + 0.37) / 20'000;
    REQUIRE(guide(u) == search(u));
  }
  for (auto const u : {0.0, 1 - 0x1.0p-53}) CHECK(guide(u) == search(u));
  CHECK(guide(0) == 2);
}

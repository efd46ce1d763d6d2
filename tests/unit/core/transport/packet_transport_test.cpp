#include "core/transport/packet_transport.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "core/parallel.h"
#include "core/state_hash.h"
#include "tests/unit/core/transport/body_brain.h"

using namespace myoaxis;
using Catch::Contains;

namespace {

constexpr Tick kJourneyBegin{-640};

struct PacketJourney {
  BodyBrain body;
  CargoKind kind = kind_of("bdnf", 1, 1000);
  std::vector<double> origins{1, 3, 3, 10};
  std::vector<Release> releases{{0, name_key("muscle"), body.tissue, 1500.0, origins, 3},
                                {1, name_key("glia"), body.niche, 40.0, {}, kNoSession}};
  std::vector<double> expected{2e5, 4e5, 3e3, 1e3};

  Cargo start() const { return make_cargo(kind, body.layout, expected, 3, kJourneyBegin); }
};

std::int64_t carried(Cargo const& cargo) {
  auto const& weight = cargo.packets.weight;
  auto const& quanta = cargo.counts.quanta;
  return std::accumulate(weight.begin(), weight.end(), std::int64_t{0}) +
         std::accumulate(quanta.begin(), quanta.end(), std::int64_t{0});
}

/// Key, cell and origin of the packets that one source released.
std::vector<std::tuple<std::uint64_t, std::uint16_t, std::uint32_t>> paths_of(Cargo const& cargo,
                                                                              std::uint8_t source) {
  std::vector<std::tuple<std::uint64_t, std::uint16_t, std::uint32_t>> paths;
  auto const& packets = cargo.packets;
  for (std::size_t i = 0; i < packets.size(); ++i) {
    if (packets.source[i] == source) paths.emplace_back(packets.key[i], packets.cell[i], packets.origin[i]);
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

TEST_CASE("the ledger closes in integers at every step, on both sides of the barrier", "[conservation]") {
  PacketJourney const journey;
  auto const seconds = GENERATE(std::int64_t{1}, std::int64_t{64}, std::int64_t{3600});
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), seconds);
  auto cargo = journey.start();
  auto now = kJourneyBegin;
  for (int i = 0; i < 60; ++i) {
    advance(cargo, journey.kind, journey.body.layout, tables, now, 1, journey.releases);
    now = now + seconds;
    REQUIRE(cargo.ledger.expected_content() == carried(cargo));
  }
  CHECK(cargo.ledger.released[0] > 0);
  CHECK(cargo.ledger.released[1] > 0);
  CHECK(cargo.ledger.released[2] == 0);
  CHECK(cargo.ledger.cleared[0] > 0);
  CHECK(cargo.ledger.cleared[1] > 0);
  auto const& sources = cargo.packets.source;
  CHECK(std::count(sources.begin(), sources.end(), kReturned) > 0);
}

TEST_CASE("packets stay in the body, counts in the brain, and every packet has a weight", "[conservation]") {
  PacketJourney const journey;
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), 64);
  auto cargo = journey.start();
  advance(cargo, journey.kind, journey.body.layout, tables, kJourneyBegin, 30, journey.releases);
  for (std::size_t i = 0; i < cargo.packets.size(); ++i) {
    CHECK(cargo.packets.cell[i] < 2);
    CHECK(cargo.packets.weight[i] > 0);
  }
  CHECK(cargo.counts.quanta[0] == 0);
  CHECK(cargo.counts.quanta[1] == 0);
  CHECK(cargo.counts.quanta[2] > 0);
  CHECK(cargo.counts.quanta[3] > 0);
}

TEST_CASE("no two packets share a key", "[reproducible]") {
  PacketJourney const journey;
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), 16);
  auto cargo = journey.start();
  advance(cargo, journey.kind, journey.body.layout, tables, kJourneyBegin, 30, journey.releases);
  std::set<std::uint64_t> const keys(cargo.packets.key.begin(), cargo.packets.key.end());
  CHECK(cargo.packets.size() > 100);
  CHECK(keys.size() == cargo.packets.size());
}

TEST_CASE("returned packets are merged when a cell holds more than a few", "[conservation]") {
  PacketJourney const journey;
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), 1);
  auto cargo = journey.start();
  advance(cargo, journey.kind, journey.body.layout, tables, kJourneyBegin, 200, journey.releases);
  std::map<std::uint16_t, int> held;
  for (std::size_t i = 0; i < cargo.packets.size(); ++i)
    held[cargo.packets.cell[i]] += cargo.packets.source[i] == kReturned;
  for (auto const& [cell, number] : held) CHECK(number <= 4);
}

TEST_CASE("the same bits come out on one thread and on two", "[reproducible]") {
  PacketJourney journey;
  journey.expected = {2e6, 6e6, 3e3, 1e3};  // 8000 packets: several chunks
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), 16);
  auto const run_on = [&](int threads) {
    auto cargo = journey.start();
    Workers workers{threads};
    workers.run([&] {
      advance(cargo, journey.kind, journey.body.layout, tables, kJourneyBegin, 10, journey.releases);
    });
    return hash_of(cargo);
  };
  auto cargo = journey.start();
  advance(cargo, journey.kind, journey.body.layout, tables, kJourneyBegin, 10, journey.releases);
  CHECK(run_on(1) == hash_of(cargo));
  CHECK(run_on(2) == hash_of(cargo));
  journey.kind.luck.seed = 2;
  CHECK(run_on(1) != hash_of(cargo));
}

TEST_CASE("a second cargo changes nothing in the first, and has luck of its own", "[reproducible]") {
  PacketJourney const journey;
  auto const other = kind_of("irisin", 1, 1000);
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), 16);
  auto alone = journey.start();
  advance(alone, journey.kind, journey.body.layout, tables, kJourneyBegin, 10, journey.releases);
  auto first = journey.start();
  auto second = make_cargo(other, journey.body.layout, journey.expected, 3, kJourneyBegin);
  for (int i = 0; i < 10; ++i) {
    advance(second, other, journey.body.layout, tables, kJourneyBegin + 16 * i, 1, journey.releases);
    advance(first, journey.kind, journey.body.layout, tables, kJourneyBegin + 16 * i, 1, journey.releases);
  }
  CHECK(hash_of(first) == hash_of(alone));
  CHECK(hash_of(second) != hash_of(alone));
}

TEST_CASE("a second source leaves the packets of the first where they are", "[reproducible]") {
  PacketJourney const journey;
  // So little crosses that no packet is used up: only weights may differ, as the cell's quanta cross
  // together.
  auto const tables = tables_of(journey.body.layout, journey.body.generator(1e-6), 16);
  std::vector<Release> const one{journey.releases[0]};
  std::vector<Release> const two{{2, name_key("platelets"), journey.body.tissue, 2500.0, {}, kNoSession},
                                 one[0]};
  auto without = journey.start(), with = journey.start();
  advance(without, journey.kind, journey.body.layout, tables, kJourneyBegin, 10, one);
  advance(with, journey.kind, journey.body.layout, tables, kJourneyBegin, 10, two);
  CHECK(paths_of(with, 0).size() > 50);
  CHECK(paths_of(with, 2).size() > 50);
  CHECK(paths_of(with, 0) == paths_of(without, 0));
  CHECK(paths_of(with, kInitial) == paths_of(without, kInitial));
}

TEST_CASE("a released packet knows its source, session, origin and birth") {
  PacketJourney const journey;
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), 64);
  auto cargo = make_cargo(journey.kind, journey.body.layout, std::vector<double>(4, 0.0), 3, kJourneyBegin);
  CHECK(cargo.packets.size() == 0);
  advance(cargo, journey.kind, journey.body.layout, tables, kJourneyBegin, 1,
          std::span{journey.releases}.first(1));
  REQUIRE(cargo.packets.size() > 20);
  for (std::size_t i = 0; i < cargo.packets.size(); ++i) {
    CHECK(cargo.packets.source[i] == 0);
    CHECK(cargo.packets.session[i] == 3);
    CHECK(cargo.packets.birth[i] == kJourneyBegin.seconds() + 64);
    CHECK(cargo.packets.weight[i] == 1000);
    CHECK(cargo.packets.origin[i] < 4);
    CHECK(cargo.packets.origin[i] != 2);  // its share of the rate is 0
  }
}

TEST_CASE("a source without agents gives packets without origin, and a silent one gives none") {
  PacketJourney const journey;
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), 64);
  auto cargo = make_cargo(journey.kind, journey.body.layout, std::vector<double>(4, 0.0), 2, kJourneyBegin);
  std::vector<Release> const releases{{0, name_key("liver"), journey.body.blood, 1500.0, {}, kNoSession},
                                      {1, name_key("silent"), journey.body.blood, 0.0, {}, kNoSession}};
  advance(cargo, journey.kind, journey.body.layout, tables, kJourneyBegin, 1, releases);
  CHECK(cargo.packets.size() > 20);
  CHECK(cargo.ledger.released[1] == 0);
  auto const& origins = cargo.packets.origin;
  CHECK(std::count(origins.begin(), origins.end(), kNoOrigin) == static_cast<std::ptrdiff_t>(origins.size()));
}

TEST_CASE("the initial cargo is in the ledger") {
  PacketJourney const journey;
  auto const cargo = journey.start();
  CHECK(cargo.ledger.initial == carried(cargo));
  CHECK(cargo.ledger.released == std::vector<std::int64_t>(3, 0));
  CHECK(cargo.ledger.cleared == std::vector<std::int64_t>(2, 0));
  auto const totals = cell_totals(journey.body.layout, cargo.packets, cargo.counts);
  CHECK(std::accumulate(totals.begin(), totals.end(), std::int64_t{0}) == cargo.ledger.initial);
  CHECK(totals[2] == cargo.counts.quanta[2]);
  CHECK(totals[0] % journey.kind.packet_weight == 0);
}

TEST_CASE("average content is the integral of the expected path", "[law]") {
  PacketJourney const journey;
  constexpr std::int64_t h = 256;
  auto const& layout = journey.body.layout;
  auto const generator = journey.body.generator();
  auto const cargo = journey.start();
  std::vector<std::int64_t> lengths(h);
  std::iota(lengths.begin(), lengths.end(), 1);
  auto const steps = make_propagators(generator, lengths);
  // The expected content after s seconds is x0 P(s) + s * rate * Phi(s); Simpson's rule averages it over 0 ..
  // h.
  auto const x0 = cell_totals(layout, cargo.packets, cargo.counts);
  std::vector<double> average(4);
  for (std::size_t to = 0; to < 4; ++to) {
    average[to] = static_cast<double>(x0[to]) / (3.0 * h);
    for (auto const& [s, step] : steps) {
      double content = 0;
      for (std::size_t from = 0; from < 4; ++from)
        content += static_cast<double>(x0[from]) * step.at_end.row(id_at<CellId>(from))[to];
      for (auto const& release : journey.releases)
        content += static_cast<double>(s) * release.rate * step.average.row(release.cell)[to];
      average[to] += content * (s == h ? 1 : s % 2 == 1 ? 4 : 2) / (3.0 * h);
    }
  }
  auto const content = average_content(cargo, layout, steps.at(h), journey.releases);
  REQUIRE(content.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) CHECK(content[i] == Approx(average[i]).epsilon(1e-6));
}

TEST_CASE("average content at the stationary state is the stationary content", "[law]") {
  PacketJourney const journey;
  auto const generator = journey.body.generator();
  // In a brain of counts alone the content can be set to whole quanta exactly.
  Cargo cargo;
  auto const content = stationary_content(generator, {0, 0, 1e9, 0});
  for (auto const quanta : content) cargo.counts.quanta.push_back(std::llround(quanta));
  std::vector<Release> const releases{{0, name_key("glia"), journey.body.niche, 1e9, {}, kNoSession}};
  auto const tables = tables_of(journey.body.layout, generator, 64);
  auto const average = average_content(cargo, journey.body.layout, tables.propagator, releases);
  for (std::size_t i = 0; i < 4; ++i) CHECK(average[i] == Approx(content[i]).epsilon(1e-9));
}

TEST_CASE("a cargo that has lost a quantum stops the run, with factor and time", "[conservation]") {
  PacketJourney const journey;
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), 64);
  auto cargo = journey.start();
  ++cargo.ledger.initial;
  Step const step{Tick{3 * kDay + 8 * kHour - 64}, 64};
  auto const move = [&] { advance_cargo(cargo, journey.kind, journey.body.layout, tables, step, {}); };
  CHECK_THROWS_AS(move(), InvariantError);
  CHECK_THROWS_WITH(move(), Contains("bdnf") && Contains("day 3 08:00") && Contains("initial"));
}

TEST_CASE("a body that drains into the brain loses every quantum", "[conservation]") {
  Layout layout;
  auto const blood = layout.add_cell("blood", Representation::packets);
  auto const niche = layout.add_cell("niche", Representation::counts);
  Generator rates{layout};
  rates.add(blood, niche, PerSecond{10});
  auto const kind = kind_of("bdnf", 4, 1000);
  auto cargo = make_cargo(kind, layout, std::vector<double>{1e6, 0}, 0, kJourneyBegin);
  advance(cargo, kind, layout, tables_of(layout, rates, 3600), kJourneyBegin, 1, {});
  CHECK(cargo.packets.size() == 0);
  CHECK(cargo.counts.quanta[niche.index()] == cargo.ledger.initial);
}

#include "core/transport/provenance.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <numeric>

#include "core/parallel.h"
#include "core/state_hash.h"
#include "tests/unit/core/transport/body_brain.h"

using namespace myoaxis;

namespace {

constexpr Tick kTaggedBegin{0};

struct TaggedJourney {
  BodyBrain body;
  CargoKind kind = kind_of("bdnf", 1, 1000);
  std::vector<double> origins{1, 3, 3, 10};
  std::vector<std::uint8_t> groups{0, 2, 1, 2};
  std::vector<double> expected{2e5, 4e5, 3e3, 1e3};

  Cargo start() const { return make_cargo(kind, body.layout, expected, 3, kTaggedBegin); }
  std::vector<Release> releases(std::uint16_t session) const {
    return {{0, name_key("muscle"), body.tissue, 15'000.0, origins, session, groups},
            {1, name_key("glia"), body.niche, 40.0, {}, session}};
  }
};

/// Three cells of counts and a sink.
struct ThreeCells {
  Layout layout;
  CellId a = layout.add_cell("a", Representation::counts);
  CellId b = layout.add_cell("b", Representation::counts);
  CellId c = layout.add_cell("c", Representation::counts);
  SinkId gone = layout.add_sink("gone", Representation::counts);
};

double content_of(Provenance const& provenance, Tag tag, CellId cell) {
  for (auto const& entry : content_by_tag(provenance, std::span{&cell, 1})) {
    if (entry.tag == tag) return entry.quanta;
  }
  return 0;
}

std::string provenance_hash(Provenance const& provenance) {
  StateHash hash;
  hash.add(std::span<Tag const>{provenance.tags});
  hash.add(std::span<double const>{provenance.values});
  return hash.digest();
}

void check_sums(Cargo const& cargo) {
  for (std::size_t cell = 0; cell < cargo.counts.quanta.size(); ++cell) {
    double sum = 0;
    for (std::size_t i = 0; i < cargo.provenance.tags.size(); ++i) {
      REQUIRE(cargo.provenance.row(i)[cell] >= 0);
      sum += cargo.provenance.row(i)[cell];
    }
    auto const count = static_cast<double>(cargo.counts.quanta[cell]);
    REQUIRE(std::abs(sum - count) <= 1e-9 * count);
  }
}

}  // namespace

TEST_CASE("the tags of a cell sum to its count at every step", "[conservation]") {
  TaggedJourney const journey;
  auto const seconds = GENERATE(std::int64_t{1}, std::int64_t{64}, std::int64_t{1024});
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), seconds);
  auto cargo = journey.start();
  check_sums(cargo);
  for (int i = 0; i < 100; ++i) {
    auto const releases = journey.releases(static_cast<std::uint16_t>(i / 2));
    advance(cargo, journey.kind, journey.body.layout, tables, kTaggedBegin + i * seconds, 1, releases);
    check_sums(cargo);
  }
  CHECK(cargo.provenance.tags.size() > 5);
}

TEST_CASE("tags follow the flows of counts in proportion", "[law]") {
  ThreeCells const cells;
  Tag const old{0, kNoGroup, 1}, young{0, 3, 2}, born{1, kNoGroup, kNoSession};
  Provenance provenance{.cells = 3, .tags = {old, young}, .values = {6, 10, 0, 2, 0, 0}};
  std::vector<std::int64_t> const before{8, 10, 0}, after{9, 3, 11};
  TagFlows flows{provenance, cells.layout, before};
  flows.carry(cells.a, 8, std::vector<std::int64_t>{3, 0, 4, 1});   // three quarters of them old
  flows.carry(cells.b, 10, std::vector<std::int64_t>{2, 3, 5, 0});  // all old
  std::vector<std::int64_t> const came{4, 0, 2, 9};
  flows.arrive(born, 0.25, cells.a, Departure::released, came);
  flows.arrive(young, 0.75, cells.a, Departure::released, came);
  CHECK(flows.finish(after, 24).empty());
  CHECK(content_of(provenance, old, cells.a) == Approx(3 * 0.75 + 2));
  CHECK(content_of(provenance, young, cells.a) == Approx(3 * 0.25 + 3));
  CHECK(content_of(provenance, born, cells.a) == Approx(1));
  CHECK(content_of(provenance, old, cells.b) == Approx(3));
  CHECK(content_of(provenance, old, cells.c) == Approx(4 * 0.75 + 5));
  CHECK(content_of(provenance, young, cells.c) == Approx(4 * 0.25 + 1.5));
  CHECK(content_of(provenance, born, cells.c) == Approx(0.5));
}

TEST_CASE("what flows into watched cells is reported with what came and left again", "[law]") {
  ThreeCells const cells;
  Tag const old{0, kNoGroup, 1}, young{0, 3, 2}, born{1, kNoGroup, kNoSession};
  Provenance provenance{.cells = 3, .tags = {old, young}, .values = {6, 10, 0, 2, 0, 0}};
  std::vector<std::int64_t> const before{8, 10, 0}, after{9, 3, 11};
  // Rows: a, b, c; columns: a, b, c, gone. A step of 10 s.
  std::vector<double> const at_end{0.5, 0, 0.3, 0.2, 0.2, 0.3, 0.5, 0, 0, 0, 1, 0};
  std::vector<double> const average{0.7, 0, 0.2, 0.1, 0.1, 0.6, 0.3, 0, 0, 0, 1, 0};
  std::vector<double> const released{0.4, 0, 0.05, 0.05, 0.05, 0.35, 0.1, 0, 0, 0, 0.5, 0};
  Propagator const propagator{10, {3, 4, at_end}, {3, 4, average}, {3, 4, released}};
  std::vector<CellId> const watched{cells.a, cells.c};
  TagWatch const watch{watched, {}};
  TagFlows flows{provenance, cells.layout, before, WatchedCells{watch, propagator}};
  flows.carry(cells.a, 8, std::vector<std::int64_t>{3, 0, 4, 1});
  flows.carry(cells.b, 10, std::vector<std::int64_t>{2, 3, 5, 0});
  std::vector<std::int64_t> const came{4, 0, 2, 9};
  flows.arrive(born, 0.25, cells.a, Departure::released, came);
  flows.arrive(young, 0.75, cells.a, Departure::released, came);
  auto const reports = flows.finish(after, 24);
  REQUIRE(reports.size() == 3);
  auto const leaves = std::log(2.0);  // of a; nothing leaves c
  auto const released_arrived = 4 * (1 + leaves * 0.4 / 0.7) + 2;
  auto const released_exposure = 10 * (4 * 0.4 / 0.7 + 2 * 0.05 / 0.2);
  CHECK(reports[0].tag == old);
  CHECK(reports[0].arrived == Approx(2 * (1 + leaves * 0.1 / 0.2) + 5));
  CHECK(reports[0].exposure == Approx(6 * 10 * 0.9 + 10 * (2 * 0.1 / 0.2 + 5 * 0.3 / 0.5)));
  CHECK(reports[1].tag == young);
  CHECK(reports[1].arrived == Approx(0.75 * released_arrived));
  CHECK(reports[1].exposure == Approx(2 * 10 * 0.9 + 0.75 * released_exposure));
  CHECK(reports[2].tag == born);
  CHECK(reports[2].arrived == Approx(0.25 * released_arrived));
  CHECK(reports[2].exposure == Approx(0.25 * released_exposure));
}

TEST_CASE("quanta of no tag are initial") {
  Layout layout;
  layout.add_cell("a", Representation::counts);
  Provenance provenance;
  std::vector<std::int64_t> const counts{7};
  TagFlows flows{provenance, layout, counts};
  flows.carry(CellId{0}, 7, counts);
  flows.finish(counts, 24);
  CHECK(content_of(provenance, Tag{}, CellId{0}) == 7);
}

TEST_CASE("how many sessions are kept apart changes no draw and no total", "[reproducible]") {
  TaggedJourney journey;
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), 16);
  auto const run = [&](std::size_t session_tags) {
    journey.kind.session_tags = session_tags;
    auto cargo = journey.start();
    for (int i = 0; i < 60; ++i) {
      auto const releases = journey.releases(static_cast<std::uint16_t>(i));
      advance(cargo, journey.kind, journey.body.layout, tables, kTaggedBegin + i * 16, 1, releases);
    }
    return cargo;
  };
  auto const few = run(1), many = run(64);
  CHECK(hash_of(few) == hash_of(many));
  CHECK(few.ledger.cleared == many.ledger.cleared);
  CHECK(few.provenance.tags.size() < many.provenance.tags.size());
  // What a source and group has in a cell does not depend on the sessions that are told apart.
  std::map<std::pair<std::uint8_t, std::uint8_t>, std::pair<double, double>> sums;
  std::vector<CellId> const brain{journey.body.niche, journey.body.fluid};
  for (auto const& [tag, quanta] : content_by_tag(few.provenance, brain))
    sums[{tag.source, tag.group}].first += quanta;
  for (auto const& [tag, quanta] : content_by_tag(many.provenance, brain))
    sums[{tag.source, tag.group}].second += quanta;
  CHECK(sums.size() >= 4);
  for (auto const& [key, pair] : sums) CHECK(pair.first == Approx(pair.second).epsilon(1e-9));
}

TEST_CASE("at most so many sessions are kept apart, and the earliest of them are merged") {
  TaggedJourney journey;
  journey.kind.session_tags = 5;
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), 256);
  auto cargo = journey.start();
  for (int i = 0; i < 30; ++i) {
    auto const releases = journey.releases(static_cast<std::uint16_t>(i));
    advance(cargo, journey.kind, journey.body.layout, tables, kTaggedBegin + i * 256, 1, releases);
    auto const& tags = cargo.provenance.tags;
    auto const sessions = std::count_if(tags.begin(), tags.end(), [](Tag tag) {
      return tag.session != kNoSession && tag.session != kMergedSessions;
    });
    CHECK(sessions <= 5);
    for (auto const tag : tags) CHECK(std::count(tags.begin(), tags.end(), tag) == 1);
  }
  CHECK(content_of(cargo.provenance, {1, kNoGroup, kMergedSessions}, journey.body.niche) > 0);
  for (auto const source : {0, 1}) {  // muscle's fibers of three groups, and one that has no agents
    auto const group = source == 0 ? std::uint8_t{2} : kNoGroup;
    CHECK(content_of(cargo.provenance, {static_cast<std::uint8_t>(source), group, 29}, journey.body.niche) >
          0);
  }
  for (auto const tag : cargo.provenance.tags) CHECK(tag.session >= 28);
}

TEST_CASE("what arrives by release and by crossing is reported by tag", "[conservation]") {
  TaggedJourney const journey;
  auto const& layout = journey.body.layout;
  Generator rates{layout};  // niche and fluid keep all
  rates.add(journey.body.tissue, journey.body.blood, PerSecond{0.02});
  rates.add(journey.body.blood, journey.body.niche, PerSecond{0.004});
  rates.add(journey.body.blood, journey.body.organ, PerSecond{0.01});
  auto const tables = tables_of(layout, rates, 64);
  auto cargo = make_cargo(journey.kind, layout, std::vector<double>(4, 0.0), 3, kTaggedBegin);
  std::vector<CellId> const watched{journey.body.niche, journey.body.fluid};
  TagWatch watch{watched, {}};
  double arrived = 0;
  for (int i = 0; i < 5; ++i) {
    advance_cargo(cargo, journey.kind, layout, tables, {kTaggedBegin + i * 64, 64}, journey.releases(7),
                  &watch);
    for (auto const& report : watch.tags) {
      CHECK(report.tag.session == 7);
      CHECK((report.tag.source == 0) == (report.tag.group != kNoGroup));
      arrived += report.arrived;
    }
    CHECK(arrived == Approx(static_cast<double>(cargo.counts.quanta[2] + cargo.counts.quanta[3])));
  }
}

TEST_CASE("what arrives less what its exposure lets leave is what the watched cells hold", "[conservation]") {
  TaggedJourney const journey;
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), 64);
  auto cargo = make_cargo(journey.kind, journey.body.layout, std::vector<double>(4, 0.0), 3, kTaggedBegin);
  TagWatch watch{std::span{&journey.body.niche, 1}, {}};
  // Nothing was there before: all that is there came in this step, and what left it is exposure x rate.
  advance_cargo(cargo, journey.kind, journey.body.layout, tables, {kTaggedBegin, 64}, journey.releases(7),
                &watch);
  auto const niche = journey.body.niche;
  auto const rate = -std::log(tables.propagator.at_end.row(niche)[niche.index()]) / 64;
  double held = 0;
  for (auto const& report : watch.tags) held += report.arrived - rate * report.exposure;
  CHECK(held == Approx(static_cast<double>(cargo.counts.quanta[niche.index()])));
}

TEST_CASE("a watch changes no bit of the cargo", "[reproducible]") {
  TaggedJourney const journey;
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), 16);
  auto const run = [&](TagWatch* watch) {
    auto cargo = journey.start();
    for (int i = 0; i < 20; ++i) {
      auto const releases = journey.releases(static_cast<std::uint16_t>(i));
      advance_cargo(cargo, journey.kind, journey.body.layout, tables, {kTaggedBegin + i * 16, 16}, releases,
                    watch);
    }
    return hash_of(cargo) + provenance_hash(cargo.provenance);
  };
  TagWatch watch{std::span{&journey.body.niche, 1}, {}};
  CHECK(run(&watch) == run(nullptr));
  CHECK(watch.tags.size() > 3);
}

TEST_CASE("a released packet has the group of its origin") {
  TaggedJourney const journey;
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), 64);
  auto cargo = journey.start();
  advance(cargo, journey.kind, journey.body.layout, tables, kTaggedBegin, 1, journey.releases(3));
  std::size_t released = 0;
  for (std::size_t i = 0; i < cargo.packets.size(); ++i) {
    auto const of_muscle = cargo.packets.source[i] == 0;
    released += of_muscle;
    CHECK(cargo.packets.group[i] == (of_muscle ? journey.groups.at(cargo.packets.origin[i]) : kNoGroup));
  }
  CHECK(released > 100);
}

TEST_CASE("the provenance has the same bits on one thread and on two", "[reproducible]") {
  TaggedJourney journey;
  journey.expected = {2e6, 6e6, 3e3, 1e3};  // 8000 packets: several chunks
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), 16);
  auto const run_on = [&](int threads) {
    auto cargo = journey.start();
    Workers workers{threads};
    workers.run([&] {
      for (int i = 0; i < 10; ++i)
        advance(cargo, journey.kind, journey.body.layout, tables, kTaggedBegin + i * 16, 1,
                journey.releases(static_cast<std::uint16_t>(i)));
    });
    return provenance_hash(cargo.provenance);
  };
  CHECK(run_on(1) == run_on(2));
}

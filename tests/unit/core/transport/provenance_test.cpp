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

constexpr Tick kBegin{0};

struct Journey {
  BodyBrain body;
  CargoKind kind = kind_of("bdnf", 1, 1000);
  std::vector<double> origins{1, 3, 3, 10};
  std::vector<std::uint8_t> groups{0, 2, 1, 2};
  std::vector<double> expected{2e5, 4e5, 3e3, 1e3};

  Cargo start() const { return make_cargo(kind, body.layout, expected, 3, kBegin); }
  std::vector<Release> releases(std::uint16_t session) const {
    return {{0, name_key("muscle"), body.tissue, 15'000.0, origins, session, groups},
            {1, name_key("glia"), body.niche, 40.0, {}, session}};
  }
};

double content_of(Provenance const& provenance, Tag tag, CellId cell) {
  for (auto const& entry : content_by_tag(provenance, std::span{&cell, 1})) {
    if (entry.tag == tag) return entry.quanta;
  }
  return 0;
}

std::string hash_of(Cargo const& cargo) {
  StateHash hash;
  hash.add_population(cargo.packets);
  hash.add_population(cargo.counts);
  return hash.digest();
}

std::string hash_of(Provenance const& provenance) {
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
  Journey const journey;
  auto const seconds = GENERATE(std::int64_t{1}, std::int64_t{64}, std::int64_t{1024});
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), seconds);
  auto cargo = journey.start();
  check_sums(cargo);
  for (int i = 0; i < 100; ++i) {
    auto const releases = journey.releases(static_cast<std::uint16_t>(i / 2));
    advance(cargo, journey.kind, journey.body.layout, tables, kBegin + i * seconds, 1, releases);
    check_sums(cargo);
  }
  CHECK(cargo.provenance.tags.size() > 5);
}

TEST_CASE("tags follow the flows of counts in proportion", "[law]") {
  Layout layout;
  for (auto const* name : {"a", "b", "c"}) layout.add_cell(name, Representation::counts);
  layout.add_sink("gone", Representation::counts);
  Tag const old{0, kNoGroup, 1}, young{0, 3, 2}, born{1, kNoGroup, kNoSession};
  Provenance provenance{.cells = 3, .tags = {old, young}, .values = {6, 10, 0, 2, 0, 0}};
  std::vector<std::int64_t> const before{8, 10, 0}, after{9, 3, 11};
  TagFlows flows{provenance, layout, before};
  flows.carry(0, 8, std::vector<std::int64_t>{3, 0, 4, 1});   // three quarters of them old
  flows.carry(1, 10, std::vector<std::int64_t>{2, 3, 5, 0});  // all old
  flows.arrive(born, 0.25, std::vector<std::int64_t>{4, 0, 2, 9});
  flows.arrive(young, 0.75, std::vector<std::int64_t>{4, 0, 2, 9});
  std::vector<CellId> const watched{CellId{0}, CellId{2}};
  TagWatch watch{watched, {}};
  flows.finish(after, 24, 10, &watch);
  CellId const a{0}, b{1}, c{2};
  CHECK(content_of(provenance, old, a) == Approx(3 * 0.75 + 2));
  CHECK(content_of(provenance, young, a) == Approx(3 * 0.25 + 3));
  CHECK(content_of(provenance, born, a) == Approx(1));
  CHECK(content_of(provenance, old, b) == Approx(3));
  CHECK(content_of(provenance, old, c) == Approx(4 * 0.75 + 5));
  CHECK(content_of(provenance, young, c) == Approx(4 * 0.25 + 1.5));
  CHECK(content_of(provenance, born, c) == Approx(0.5));
  REQUIRE(watch.tags.size() == 3);
  for (auto const& report : watch.tags) {
    if (report.tag == old) {
      CHECK(report.arrived == 0);
      CHECK(report.exposure == Approx(5 * (6 + 4.25 + 8)));
    } else if (report.tag == young) {
      CHECK(report.arrived == Approx(4.5));
      CHECK(report.exposure == Approx(5 * (2 + 3.75 + 2.5)));
    } else {
      CHECK(report.tag == born);
      CHECK(report.arrived == Approx(1.5));
      CHECK(report.exposure == Approx(5 * 1.5));
    }
  }
}

TEST_CASE("quanta of no tag are initial") {
  Layout layout;
  layout.add_cell("a", Representation::counts);
  Provenance provenance;
  std::vector<std::int64_t> const counts{7};
  TagFlows flows{provenance, layout, counts};
  flows.carry(0, 7, counts);
  flows.finish(counts, 24, 1, nullptr);
  CHECK(content_of(provenance, Tag{}, CellId{0}) == 7);
}

TEST_CASE("how many sessions are kept apart changes no draw and no total", "[reproducible]") {
  Journey journey;
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), 16);
  auto const run = [&](std::size_t session_tags) {
    journey.kind.session_tags = session_tags;
    auto cargo = journey.start();
    for (int i = 0; i < 60; ++i) {
      auto const releases = journey.releases(static_cast<std::uint16_t>(i));
      advance(cargo, journey.kind, journey.body.layout, tables, kBegin + i * 16, 1, releases);
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

TEST_CASE("at most so many sessions are kept apart, and the least of them is merged") {
  Journey journey;
  journey.kind.session_tags = 5;
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), 256);
  auto cargo = journey.start();
  for (int i = 0; i < 30; ++i) {
    auto const releases = journey.releases(static_cast<std::uint16_t>(i));
    advance(cargo, journey.kind, journey.body.layout, tables, kBegin + i * 256, 1, releases);
    auto const& tags = cargo.provenance.tags;
    auto const sessions = std::count_if(tags.begin(), tags.end(), [](Tag tag) {
      return tag.session != kNoSession && tag.session != kMergedSessions;
    });
    CHECK(sessions <= 5);
    for (auto const tag : tags) CHECK(std::count(tags.begin(), tags.end(), tag) == 1);
  }
  CHECK(content_of(cargo.provenance, {1, kNoGroup, kMergedSessions}, journey.body.niche) > 0);
  CHECK(content_of(cargo.provenance, {1, kNoGroup, 29}, journey.body.niche) > 0);
}

TEST_CASE("what arrives by release and by crossing is reported by tag", "[conservation]") {
  Journey const journey;
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), 64);
  // From a niche that keeps all: what is there at the end is what arrived.
  auto cargo = make_cargo(journey.kind, journey.body.layout, std::vector<double>(4, 0.0), 3, kBegin);
  std::vector<CellId> const watched{journey.body.niche, journey.body.fluid};
  TagWatch watch{watched, {}};
  Step const step{kBegin, 64};
  advance_cargo(cargo, journey.kind, journey.body.layout, tables, step, journey.releases(7), &watch);
  auto const contents = content_by_tag(cargo.provenance, watched);
  REQUIRE(watch.tags.size() == contents.size());
  double arrived = 0;
  for (auto const& report : watch.tags) {
    CHECK(report.tag.session == 7);
    CHECK((report.tag.source == 0) == (report.tag.group != kNoGroup));
    CHECK(report.exposure == Approx(32 * report.arrived));
    arrived += report.arrived;
  }
  CHECK(arrived == Approx(static_cast<double>(cargo.counts.quanta[2] + cargo.counts.quanta[3])));
}

TEST_CASE("a released packet has the group of its origin") {
  Journey const journey;
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), 64);
  auto cargo = journey.start();
  advance(cargo, journey.kind, journey.body.layout, tables, kBegin, 1, journey.releases(3));
  std::size_t released = 0;
  for (std::size_t i = 0; i < cargo.packets.size(); ++i) {
    auto const of_muscle = cargo.packets.source[i] == 0;
    released += of_muscle;
    CHECK(cargo.packets.group[i] == (of_muscle ? journey.groups.at(cargo.packets.origin[i]) : kNoGroup));
  }
  CHECK(released > 100);
}

TEST_CASE("the provenance has the same bits on one thread and on two", "[reproducible]") {
  Journey journey;
  journey.expected = {2e6, 6e6, 3e3, 1e3};  // 8000 packets: several chunks
  auto const tables = tables_of(journey.body.layout, journey.body.generator(), 16);
  auto const run_on = [&](int threads) {
    auto cargo = journey.start();
    Workers workers{threads};
    workers.run([&] {
      for (int i = 0; i < 10; ++i)
        advance(cargo, journey.kind, journey.body.layout, tables, kBegin + i * 16, 1,
                journey.releases(static_cast<std::uint16_t>(i)));
    });
    return hash_of(cargo.provenance);
  };
  CHECK(run_on(1) == run_on(2));
}

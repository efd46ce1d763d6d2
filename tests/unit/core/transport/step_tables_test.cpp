#include "core/transport/step_tables.h"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "core/distributions.h"
#include "core/statistics/moments.h"
#include "tests/unit/core/transport/body_brain.h"

using namespace myoaxis;

namespace {

constexpr double kBelowOne = 1 - 0x1.0p-53;

/// The only row of a table, between two others.
auto sampler_of(std::span<double const> weights) {
  PlaceTable table;
  table.add_row(std::array{1.0, 2.0});
  table.add_row(weights);
  table.add_row({});
  return [table](double u) { return std::size_t{table(1, u)}; };
}

}  // namespace

TEST_CASE("places are drawn exactly as often as their weights say", "[law]") {
  std::vector<double> const weights{3, 0, 1,    0.25,
                                    8, 0, 3.75, 0};  // they sum to 16: every bound is a multiple of 1/64
  auto const sampler = sampler_of(weights);
  constexpr int strata = 6400;
  std::vector<int> drawn(weights.size(), 0);
  for (int i = 0; i < strata; ++i) ++drawn[sampler((i + 0.5) / strata)];
  for (std::size_t place = 0; place < weights.size(); ++place)
    CHECK(drawn[place] == weights[place] / 16 * strata);
}

TEST_CASE("a bound belongs to the place above it") {
  auto const sampler = sampler_of(std::array{1.0, 0.0, 2.0, 1.0});
  CHECK(sampler(0) == 0);
  CHECK(sampler(0.25 - 0x1.0p-54) == 0);
  CHECK(sampler(0.25) == 2);
  CHECK(sampler(0.75 - 0x1.0p-53) == 2);
  CHECK(sampler(0.75) == 3);
  CHECK(sampler(kBelowOne) == 3);
}

TEST_CASE("places of weight 0 are never drawn, not even at the ends") {
  auto const sampler = sampler_of(std::array{0.0, 0.0, 1e-300, 0.0, 2e-300, 0.0});
  CHECK(sampler(0) == 2);
  CHECK(sampler(kBelowOne) == 4);
  for (int i = 0; i < 1000; ++i) CHECK((sampler(i / 1000.0) == 2 || sampler(i / 1000.0) == 4));
}

TEST_CASE("the place rises with the number, for any number of places") {
  auto const places = GENERATE(1, 2, 3, 5, 7, 10, 49, 100, 305);
  std::vector<double> weights;
  for (int i = 0; i < places; ++i) weights.push_back(1 / (1.0 + (i * 37) % 11));
  auto const sampler = sampler_of(weights);
  std::size_t last = 0;
  for (int i = 0; i < 2000; ++i) {
    auto const place = sampler(i / 2000.0);
    CHECK(place >= last);
    CHECK(place < weights.size());
    last = place;
  }
  CHECK(sampler(0) == 0);
  CHECK(sampler(kBelowOne) == weights.size() - 1);
}

TEST_CASE("a sampler by guide table agrees with a plain search", "[law]") {
  std::vector<double> weights;
  for (int i = 0; i < 60; ++i) weights.push_back(std::pow(10.0, -(i * 7 % 13)));
  auto const sampler = sampler_of(weights);
  auto const total = sum_of(weights);
  for (int k = 0; k < 5000; ++k) {
    auto const u = (k + 0.37) / 5000;
    double sum = weights[0];
    std::size_t place = 0;
    while (sum / total <= u) sum += weights[++place];
    CHECK(sampler(u) == place);
  }
}

TEST_CASE("without weights there is nothing to draw") {
  PlaceTable table;
  table.add_row(std::array{0.0, 0.0});
  table.add_row({});
  table.add_row(std::array{0.0, 1.0});
  CHECK(table.rows() == 3);
  CHECK(table.empty(0));
  CHECK(table.empty(1));
  CHECK_FALSE(table.empty(2));
  CHECK(table(2, 0.5) == 1);
}

TEST_CASE("a packet's row is split into crossing and moving", "[law]") {
  BodyBrain const body;
  auto const tables = tables_of(body.layout, body.generator(), 64);
  auto const p = tables.propagator.at_end.row(body.blood);
  auto const crossing = tables.crossing[body.blood.index()];
  CHECK(crossing == Approx(p[2] + p[3] + p[5]).epsilon(1e-14));
  constexpr int strata = 100'000;
  std::array<int, 6> moved{};
  for (int i = 0; i < strata; ++i) ++moved[tables.moved_to(body.blood.index(), (i + 0.5) / strata)];
  for (auto const place : {0u, 1u, 4u}) {
    CHECK(std::abs(moved[place] - strata * p[place] / (1 - crossing)) < 1.001);
  }
  CHECK(moved[2] + moved[3] + moved[5] == 0);
}

TEST_CASE("what is released survives, is cleared or has crossed", "[law]") {
  BodyBrain const body;
  auto const tables = tables_of(body.layout, body.generator(), 64);
  for (auto const cell : {body.blood, body.tissue}) {
    auto const phi = tables.propagator.average.row(cell);
    auto const& row = tables.release_rows[cell.index()];
    CHECK(row.surviving + row.cleared + row.crossed == Approx(1).epsilon(1e-14));
    CHECK(row.surviving == Approx(phi[0] + phi[1]).epsilon(1e-14));
    CHECK(row.cleared == Approx(phi[4]).epsilon(1e-14));
    CHECK(row.crossed == Approx(phi[2] + phi[3] + phi[5]).epsilon(1e-14));
  }
}

TEST_CASE("a table of splits gives the bits of the multinomial", "[reproducible]") {
  auto const n = GENERATE(std::int64_t{0}, std::int64_t{1}, std::int64_t{40}, std::int64_t{1} << 40);
  std::vector<double> const weights{0, 3e-9, 0.2, 0, 0.7, 1e-4, 0.4, 0};
  SplitTable table;
  table.add_row({});
  table.add_row(weights);
  for (std::uint64_t entity = 0; entity < 200; ++entity) {
    Draws one{Luck{}, Purpose::count_move, entity, 0}, other = one;
    std::vector<std::int64_t> counts(weights.size(), -1), expected(weights.size());
    table(one, 1, n, counts);
    sample_multinomial(other, n, weights, expected);
    REQUIRE(counts == expected);
  }
}

TEST_CASE("a packet that has nowhere to stay crosses surely") {
  // A body that drains wholly into the brain: no rounding may leave a quantum behind with no place to go.
  auto const brain_cells = GENERATE(1, 3, 7, 10, 23);
  Layout layout;
  auto const blood = layout.add_cell("blood", Representation::packets);
  for (int i = 0; i < brain_cells; ++i) layout.add_cell("niche " + std::to_string(i), Representation::counts);
  Generator rates{layout};
  for (int i = 0; i < brain_cells; ++i) {
    rates.add(blood, id_at<CellId>(static_cast<std::size_t>(i) + 1), PerSecond{10 / (1.3 + i)});
  }
  auto const tables = tables_of(layout, rates, 4096);
  REQUIRE(tables.moved_to.empty(0));
  CHECK(tables.crossing[0] == 1);
}

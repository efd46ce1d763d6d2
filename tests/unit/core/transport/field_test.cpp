#include "core/transport/field.h"

#include <Eigen/Dense>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <unsupported/Eigen/MatrixFunctions>

#include "core/parallel.h"
#include "core/state_hash.h"
#include "tests/unit/core/transport/body_brain.h"
#include "tests/unit/core/transport/one_propagator.h"

using namespace myoaxis;
using Catch::Contains;

namespace {

constexpr Tick kFieldBegin{-640};

/// Lactate-like amounts in the small organism, with a source in the body and one in the brain.
struct Metabolite {
  BodyBrain body;
  std::vector<double> expected{2e-5, 4e-5, 3e-8, 1e-8};
  std::vector<FieldFlow> flows{{body.tissue, 7e-7, 0}, {body.niche, 3e-10, 1}};

  Field start() const { return make_field(body.layout, expected, 2); }
  void advance(Field& field, Propagator const& propagator, std::span<FieldFlow const> with,
               Tick begin = kFieldBegin) const {
    advance_field(field, "lactate", body.layout, propagator, Step{begin, propagator.seconds}, with);
  }
};

/// The balance as a reader of the results sees it: plain sums of the ledger's terms.
double plain_imbalance(Field const& field) {
  auto const total = [](std::vector<double> const& terms) {
    return std::accumulate(terms.begin(), terms.end(), 0.0);
  };
  auto const& ledger = field.ledger;
  return ledger.initial + total(ledger.released) - total(ledger.cleared) - total(field.content);
}

std::string field_hash(Field const& field) {
  StateHash hash;
  hash.add_population(field);
  for (auto const* terms : {&field.ledger.released, &field.ledger.cleared, &field.ledger.released_rest,
                            &field.ledger.cleared_rest})
    hash.add(std::span<double const>{*terms});
  return hash.digest();
}

/// exp([[Q, 0], [f, 0]] h): row i < places is P, the last row is the integral of f exp(Q s).
Eigen::MatrixXd exponential_with_source(Generator const& generator, std::span<FieldFlow const> flows,
                                        double h) {
  auto const n = static_cast<Eigen::Index>(generator.layout().places());
  Eigen::MatrixXd q = Eigen::MatrixXd::Zero(n + 1, n + 1);
  for (auto const& rate : generator.rates()) {
    auto const from = static_cast<Eigen::Index>(rate.from);
    q(from, static_cast<Eigen::Index>(rate.to)) += rate.per_second;
    q(from, from) -= rate.per_second;
  }
  for (auto const& flow : flows) q(n, flow.cell.index()) += flow.rate;
  return (q * h).exp();
}

}  // namespace

TEST_CASE("a field under constant sources follows the matrix exponential", "[law]") {
  Metabolite const lactate;
  auto const seconds = GENERATE(std::int64_t{1}, std::int64_t{64}, std::int64_t{3600});
  auto const generator = lactate.body.generator();
  auto field = lactate.start();
  lactate.advance(field, propagator_of(generator, seconds), lactate.flows);
  auto const exact = exponential_with_source(generator, lactate.flows, static_cast<double>(seconds));
  Eigen::RowVectorXd state(7);
  state << 2e-5, 4e-5, 3e-8, 1e-8, 0, 0, 1;
  Eigen::RowVectorXd const end = state * exact;
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(field.content[i] == Approx(end(static_cast<Eigen::Index>(i))).epsilon(1e-11));
  CHECK(field.ledger.cleared[0] == Approx(end(4)).epsilon(1e-11));
  CHECK(field.ledger.cleared[1] == Approx(end(5)).epsilon(1e-11));
  CHECK(field.ledger.released[0] == Approx(7e-7 * static_cast<double>(seconds)).epsilon(1e-15));
  CHECK(field.ledger.released[1] == Approx(3e-10 * static_cast<double>(seconds)).epsilon(1e-15));
}

TEST_CASE("two compartments with an inflow have their closed form, in end and mean", "[law]") {
  Layout layout;
  auto const plasma = layout.add_cell("plasma", Representation::packets);
  auto const tissue = layout.add_cell("tissue", Representation::packets);
  constexpr double out = 0.03, back = 0.01, k = out + back, a0 = 3, rate = 0.2;
  Generator rates{layout};
  rates.add(plasma, tissue, PerSecond{out});
  rates.add(tissue, plasma, PerSecond{back});
  auto const seconds = GENERATE(std::int64_t{7}, std::int64_t{100});
  auto const h = static_cast<double>(seconds);
  auto const step = propagator_of(rates, seconds);
  auto field = make_field(layout, std::vector<double>{a0, 0}, 1);
  std::vector<FieldFlow> const infusion{{plasma, rate, 0}};
  // With the total a0 + rate t, plasma obeys a' = -k a + back (a0 + rate t) + rate.
  auto const slope = back / k * rate;
  auto const level = (back * a0 + rate - slope) / k;
  auto const end = level + slope * h + (a0 - level) * std::exp(-k * h);
  auto const mean = level + slope * h / 2 - (a0 - level) * std::expm1(-k * h) / (k * h);
  CHECK(average_content(field, layout, step, infusion)[0] == Approx(mean).epsilon(1e-10));
  advance_field(field, "glucose", layout, step, Step{kFieldBegin, seconds}, infusion);
  CHECK(field.content[0] == Approx(end).epsilon(1e-11));
  CHECK(field.content[1] == Approx(a0 + rate * h - end).epsilon(1e-11));
}

TEST_CASE("average content of a field is the integral of its path", "[law]") {
  Metabolite const lactate;
  constexpr std::int64_t h = 256;
  std::vector<std::int64_t> lengths(h);
  std::iota(lengths.begin(), lengths.end(), 1);
  auto const steps = make_propagators(lactate.body.generator(), lengths);
  auto average = lactate.expected;
  for (auto const& [s, step] : steps) {
    auto field = lactate.start();
    lactate.advance(field, step, lactate.flows);
    for (std::size_t i = 0; i < 4; ++i) average[i] += field.content[i] * (s == h ? 1 : s % 2 == 1 ? 4 : 2);
  }
  auto const content = average_content(lactate.start(), lactate.body.layout, steps.at(h), lactate.flows);
  for (std::size_t i = 0; i < 4; ++i) CHECK(content[i] == Approx(average[i] / (3.0 * h)).epsilon(1e-6));
}

TEST_CASE("the balance of a field closes after 100 000 steps", "[conservation]") {
  Metabolite const lactate;
  auto const crossing = GENERATE(0.004, 1e-9);
  auto const seconds = GENERATE(std::int64_t{1}, std::int64_t{37});
  auto const step = propagator_of(lactate.body.generator(crossing), seconds);
  auto field = lactate.start();
  auto flows = lactate.flows;
  flows.push_back({lactate.body.fluid, 1e-12});  // a transfer, and an outflow to a sink
  flows.push_back({lactate.body.blood, -1e-12});
  flows.push_back({lactate.body.tissue, -1e-7, std::nullopt, 0});
  double worst = 0;
  for (int i = 0; i < 100'000; ++i) {
    lactate.advance(field, step, flows, kFieldBegin + i * seconds);
    worst = std::max(worst, std::abs(plain_imbalance(field)) / field.ledger.turnover());
  }
  CAPTURE(worst);
  CHECK(worst < 4e-15);
  auto const duration = 1e5 * static_cast<double>(seconds);
  CHECK(field.ledger.released[0] == Approx(7e-7 * duration).epsilon(4e-15));
  CHECK(field.ledger.released[1] == Approx(3e-10 * duration).epsilon(4e-15));
  CHECK(std::abs(imbalance(field)) < 1e-15 * field.content[1]);
}

TEST_CASE("a closed field loses nothing in 100 000 steps", "[conservation]") {
  Layout layout;
  Generator rates{layout};
  for (auto const* name : {"one", "two", "three"}) layout.add_cell(name, Representation::packets);
  for (std::uint32_t i = 0; i < 3; ++i) rates.add(CellId{i}, CellId{(i + 1) % 3}, PerSecond{0.01 * (1 + i)});
  auto const step = propagator_of(rates, 10);
  auto field = make_field(layout, std::vector<double>{0.1, 0.7, 0.3}, 0);
  for (int i = 0; i < 100'000; ++i)
    advance_field(field, "tracer", layout, step, Step{kFieldBegin + 10 * i, 10}, {});
  CHECK(field.content[0] + field.content[1] + field.content[2] == Approx(1.1).epsilon(1e-15));
}

TEST_CASE("the stationary content of a field stays", "[law]") {
  Metabolite lactate;
  auto const generator = lactate.body.generator();
  lactate.expected = stationary_content(generator, {0, 7e-7, 3e-10, 0});
  auto const seconds = GENERATE(std::int64_t{1}, std::int64_t{64}, std::int64_t{3600});
  auto const step = propagator_of(generator, seconds);
  auto field = lactate.start();
  for (int i = 0; i < 10'000; ++i) lactate.advance(field, step, lactate.flows, kFieldBegin + i * seconds);
  auto const average = average_content(field, lactate.body.layout, step, lactate.flows);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(field.content[i] == Approx(lactate.expected[i]).epsilon(1e-11));
    CHECK(average[i] == Approx(lactate.expected[i]).epsilon(1e-11));
  }
}

TEST_CASE("the ends of a transfer must cancel", "[conservation]") {
  Metabolite const lactate;
  auto const step = propagator_of(lactate.body.generator(), 16);
  auto field = lactate.start();
  auto const transfer = [&](double in) {
    std::vector<FieldFlow> const flows{{lactate.body.blood, -1e-7}, {lactate.body.niche, in}};
    lactate.advance(field, step, flows, Tick{3 * kDay + 8 * kHour - 16});
  };
  CHECK_NOTHROW(transfer(1e-7));
  CHECK(field.ledger.released == std::vector<double>{0, 0});
  CHECK_NOTHROW(transfer(1e-7 * (1 + 1e-13)));
  auto const wrong = GENERATE(1e-7 * (1 + 1e-11), 0.0, -1e-7);
  CHECK_THROWS_AS(transfer(wrong), InvariantError);
  CHECK_THROWS_WITH(transfer(wrong),
                    Contains("transfers of lactate") && Contains("day 3 08:00") && Contains("cancel"));
}

TEST_CASE("a flow that contradicts itself is refused, with factor, cell and reason", "[conservation]") {
  Metabolite const lactate;
  auto const step = propagator_of(lactate.body.generator(), 16);
  auto field = lactate.start();
  auto const before = field_hash(field);
  auto const refused = [&](FieldFlow const& flow, char const* reason) {
    CAPTURE(reason);
    CHECK_THROWS_AS(lactate.advance(field, step, std::span{&flow, 1}), InvariantError);
    CHECK_THROWS_WITH(lactate.advance(field, step, std::span{&flow, 1}),
                      Contains("lactate") && Contains(reason));
  };
  auto const blood = lactate.body.blood;
  refused({blood, -1e-9, 0}, "blood is wrong in the step to day -1 23:49:36: a source cannot take");
  refused({blood, 1e-9, std::nullopt, 0}, "a sink cannot give");
  refused({blood, 1e-9, 0, 0}, "both a source and a sink");
  refused({blood, 1e-9, 2}, "source is not in the ledger");
  refused({blood, -1e-9, std::nullopt, 2}, "sink is not in the ledger");
  refused({blood, std::numeric_limits<double>::quiet_NaN(), 0}, "not a number");
  refused({CellId{4}, 1e-9, 0}, "unknown cell");
  CHECK(field_hash(field) == before);
}

TEST_CASE("a flow that takes more than there is stops the run and names the cure", "[conservation]") {
  Metabolite const lactate;
  auto const step = propagator_of(lactate.body.generator(), 64);
  auto field = lactate.start();
  std::vector<FieldFlow> const thirst{{lactate.body.niche, -1e-6, std::nullopt, 1}};
  auto const move = [&] { lactate.advance(field, step, thirst, Tick{kDay - 64}); };
  CHECK_THROWS_AS(move(), InvariantError);
  CHECK_THROWS_WITH(move(), Contains("lactate in niche") && Contains("day 1 00:00") && Contains("64 s") &&
                                Contains("shorter steps"));
}

TEST_CASE("a negligible deficit becomes 0 at the expense of the other places", "[conservation]") {
  Layout layout;
  layout.add_cell("one", Representation::packets);
  layout.add_cell("two", Representation::packets);
  layout.add_cell("three", Representation::packets);
  layout.add_sink("organ", Representation::packets);
  auto const step = propagator_of(Generator{layout}, 1);
  auto field = make_field(layout, std::vector<double>{1e-3, 1, 3}, 0);
  auto const share = GENERATE(1e-17, 3e-10, 3e-9);
  std::vector<FieldFlow> const drain{{CellId{0}, -(1e-3 + 4 * share), std::nullopt, 0}};
  auto const move = [&] { advance_field(field, "lactate", layout, step, Step{kFieldBegin, 1}, drain); };
  if (share > 1e-9) {
    CHECK_THROWS_AS(move(), InvariantError);
    return;
  }
  move();
  CHECK(field.content[0] == 0);
  auto const lost = 4 * share / (4.001 + 4 * share);
  CHECK(field.content[1] == Approx(1 - lost).epsilon(1e-15));
  CHECK(field.content[2] == Approx(3 * (1 - lost)).epsilon(1e-15));
  CHECK(field.ledger.cleared[0] == Approx((1e-3 + 4 * share) * (1 - lost)).epsilon(1e-15));
  CHECK(std::abs(plain_imbalance(field)) < 4e-15);
}

TEST_CASE("a field can be emptied to the last and filled again", "[conservation]") {
  Layout layout;
  auto const cell = layout.add_cell("cell", Representation::packets);
  layout.add_sink("organ", Representation::packets);
  auto const step = propagator_of(Generator{layout}, 3);
  auto const amount = GENERATE(0.1, 0.7, 1.0 / 3, 1e-9);
  auto field = make_field(layout, std::vector<double>{amount}, 1);
  std::vector<FieldFlow> const drain{{cell, -amount / 3, std::nullopt, 0}}, fill{{cell, amount / 3, 0}};
  for (int i = 0; i < 1000; ++i) {
    advance_field(field, "lactate", layout, step, Step{kFieldBegin + 6 * i, 3}, drain);
    REQUIRE(field.content[0] >= 0);
    REQUIRE(field.content[0] < 1e-15 * amount);
    advance_field(field, "lactate", layout, step, Step{kFieldBegin + 6 * i + 3, 3}, fill);
    REQUIRE(field.content[0] == Approx(amount).epsilon(1e-15));
  }
  CHECK(std::abs(plain_imbalance(field)) < 1e-15 * field.ledger.turnover());
}

TEST_CASE("a field that decays away keeps its ledger closed", "[conservation]") {
  Metabolite const lactate;
  auto const step = propagator_of(lactate.body.generator(), 3600);
  auto field = lactate.start();
  for (int i = 0; i < 200; ++i) lactate.advance(field, step, {}, kFieldBegin + 3600 * i);
  for (auto const content : field.content) {
    CHECK(content >= 0);
    CHECK(content < 1e-100);
  }
  CHECK(std::abs(plain_imbalance(field)) < 1e-15 * field.ledger.initial);
}

TEST_CASE("a field that has lost an amount stops the run, with factor and time", "[conservation]") {
  Metabolite const lactate;
  auto const step = propagator_of(lactate.body.generator(), 64);
  auto field = lactate.start();
  auto const share = GENERATE(1e-11, -1e-11, 0.5);
  field.content[1] *= 1 + share;
  auto const move = [&] {
    auto copy = field;
    lactate.advance(copy, step, lactate.flows, Tick{3 * kDay + 8 * kHour - 64});
  };
  CHECK_THROWS_WITH(move(), Contains("ledger of lactate") && Contains("day 3 08:00") && Contains("initial") &&
                                Contains("mol, but"));
}

TEST_CASE("a leak of a later step is seen, however large the turnover was before", "[conservation]") {
  Metabolite const lactate;
  auto const step = propagator_of(lactate.body.generator(), 3600);
  auto field = lactate.start();
  for (int i = 0; i < 1000; ++i) lactate.advance(field, step, lactate.flows, kFieldBegin + 3600 * i);
  CHECK(field.ledger.turnover() > 30 * field.content[1]);
  field.content[1] *= 1 + 1e-11;
  CHECK_THROWS_AS(lactate.advance(field, step, {}), InvariantError);
}

TEST_CASE("a propagator that leaks stops the run", "[conservation]") {
  Metabolite const lactate;
  auto step = propagator_of(lactate.body.generator(), 64);
  auto field = lactate.start();
  auto& [seconds, at_end, average, released] = step;
  (GENERATE(true, false) ? at_end : average).row(lactate.body.tissue)[0] -= 1e-11;
  CHECK_THROWS_AS(lactate.advance(field, step, lactate.flows), InvariantError);
}

TEST_CASE("a content that is not a number stops the run", "[conservation]") {
  Metabolite const lactate;
  auto const step = propagator_of(lactate.body.generator(), 64);
  auto field = lactate.start();
  field.content[2] = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(lactate.advance(field, step, lactate.flows), InvariantError);
}

TEST_CASE("the initial field is in the ledger and described as columns") {
  Metabolite const lactate;
  auto const field = lactate.start();
  CHECK(field.content == lactate.expected);
  CHECK(field.ledger.initial == Approx(6.004e-5).epsilon(1e-15));
  CHECK(field.ledger.released == std::vector<double>{0, 0});
  CHECK(field.ledger.cleared == std::vector<double>{0, 0});
  CHECK(field.ledger.turnover() == field.ledger.initial);
  CHECK(field.ledger.expected_content() == field.ledger.initial);
  CHECK(population_size(field) == 4);
}

TEST_CASE("an empty field stays empty", "[law]") {
  Metabolite lactate;
  lactate.expected.assign(4, 0.0);
  auto const step = propagator_of(lactate.body.generator(), 64);
  auto field = lactate.start();
  lactate.advance(field, step, {});
  CHECK(field.content == lactate.expected);
}

TEST_CASE("a field has the same bits on one thread and on two", "[reproducible]") {
  Metabolite const lactate;
  auto const step = propagator_of(lactate.body.generator(), 16);
  auto const run_on = [&](int threads) {
    auto field = lactate.start();
    Workers workers{threads};
    workers.run([&] {
      for (int i = 0; i < 10; ++i) lactate.advance(field, step, lactate.flows, kFieldBegin + 16 * i);
    });
    return field_hash(field);
  };
  CHECK(run_on(1) == run_on(2));
}

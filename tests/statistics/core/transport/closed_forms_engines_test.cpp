/// The three engines on one graph: the mean of every place against Eigen's matrix exponential, and the law of
/// every count against its binomial, in one step of 64 s and in 64 of 1 s.
///
/// A hundred checks of |Z| <= 5 or as rare (6e-7 each): this file fails for no reason with a probability
/// below 1e-4. Seeds are fixed.
#include <Eigen/Dense>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <unsupported/Eigen/MatrixFunctions>

#include "core/transport/engine.h"
#include "tests/statistics/bounds.h"
#include "tests/statistics/core/transport/one_span.h"
#include "tests/unit/core/transport/body_brain.h"

using namespace myoaxis;

namespace {

/// Expected content of every place after the span: the source is one more state, which loses nothing.
std::vector<double> exponential(BodyBrain const& body, Generator const& generator,
                                std::span<double const> initial, double rate) {
  auto const places = body.layout.places();
  auto const n = static_cast<Eigen::Index>(places);
  Eigen::MatrixXd flows = Eigen::MatrixXd::Zero(n + 1, n + 1);
  for (auto const& [from, to, per_second] : generator.rates()) {
    auto const i = static_cast<Eigen::Index>(from), j = static_cast<Eigen::Index>(to);
    flows(i, j) += per_second;
    flows(i, i) -= per_second;
  }
  flows(n, static_cast<Eigen::Index>(body.tissue.index())) = rate;
  Eigen::RowVectorXd start = Eigen::RowVectorXd::Zero(n + 1);
  for (std::size_t i = 0; i < initial.size(); ++i) start(static_cast<Eigen::Index>(i)) = initial[i];
  start(n) = 1;
  Eigen::RowVectorXd const end = start * (flows * static_cast<double>(kSpan)).exp();
  return {end.data(), end.data() + n};
}

/// Content of every place: cells, then sinks.
std::vector<double> places_of(Load const& load, Freight const& freight) {
  auto places = content_of(load, freight);
  if (freight.engine == Engine::mean) {
    auto const& cleared = load.field.ledger.cleared;
    places.insert(places.end(), cleared.begin(), cleared.end());
  } else {
    auto const& cleared = load.cargo.ledger.cleared;
    places.insert(places.end(), cleared.begin(), cleared.end());
  }
  return places;
}

/// Advances over the span in steps of the tables' length.
void advance_span(Load& load, Freight const& freight, StepTables const& tables,
                  std::span<Release const> releases) {
  auto const length = tables.propagator.seconds;
  for (std::int64_t t = 0; t < kSpan; t += length)
    advance_load(load, freight, tables, {Tick{t}, length}, releases);
}

}  // namespace

TEST_CASE("every engine has the mean of the matrix exponential in every place", "[statistical]") {
  auto const engine = GENERATE(Engine::particles, Engine::counts, Engine::mean);
  auto const length = GENERATE(std::int64_t{64}, std::int64_t{1});
  BodyBrain const body;
  auto const generator = body.generator(0.01);
  auto const layout = layout_for(engine, body.layout);
  StepTables const tables{layout, tables_of(body.layout, generator, length).propagator};
  std::vector<double> const initial{3000, 4000, 1500, 1000};
  constexpr double rate = 40;
  std::vector<Release> const releases{{0, name_key("muscle"), body.tissue, rate, {}}};
  auto const is_mean = engine == Engine::mean;
  auto const runs = is_mean ? 1u : 400u;
  std::vector<std::vector<double>> found(layout.places(), std::vector<double>(runs));
  for (std::uint64_t run = 0; run < runs; ++run) {
    auto const kind = kind_of("solute", run, 1);
    Freight const freight{engine, kind, layout};
    auto load = make_load(freight, initial, 1, Tick{0});
    advance_span(load, freight, tables, releases);
    auto const places = places_of(load, freight);
    for (std::size_t i = 0; i < places.size(); ++i) found[i][run] = places[i];
  }
  auto const expected = exponential(body, generator, initial, rate);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    auto const mean = std::accumulate(found[i].begin(), found[i].end(), 0.0) / runs;
    // Initial content, release and so every place are Poisson.
    auto const error = is_mean ? 2e-11 * expected[i] : std::sqrt(expected[i] / runs);
    CAPTURE(static_cast<int>(engine), length, i, mean, expected[i], error);
    CHECK(deviation(mean, expected[i], error) < kZ);
    CHECK(deviation(mean, 1.02 * expected[i], error) > kZ);
  }
}

TEST_CASE("what becomes of counted quanta is binomial in every place, in one step and in many",
          "[statistical]") {
  constexpr auto engine = Engine::counts;  // packets move whole: they share the mean alone
  auto const length = GENERATE(std::int64_t{64}, std::int64_t{1});
  BodyBrain const body;
  auto const generator = body.generator(0.01);
  auto const layout = layout_for(engine, body.layout);
  StepTables const tables{layout, tables_of(body.layout, generator, length).propagator};
  constexpr int quanta = 400;
  constexpr std::uint64_t runs = 20'000;
  std::vector<double> start(layout.cells(), 0.0);
  start[body.niche.index()] = 1;
  auto const probability = exponential(body, generator, start, 0);
  std::vector<std::vector<double>> seen(layout.places(), std::vector<double>(quanta + 1, 0.0));
  std::vector<double> const nothing(layout.cells(), 0.0);
  for (std::uint64_t run = 0; run < runs; ++run) {
    auto const kind = kind_of("solute", run, 1);
    Freight const freight{engine, kind, layout};
    auto load = make_load(freight, nothing, 0, Tick{0});
    load.cargo.counts.quanta[body.niche.index()] = quanta;
    load.cargo.ledger.initial = quanta;
    advance_span(load, freight, tables, {});
    auto const places = places_of(load, freight);
    for (std::size_t i = 0; i < places.size(); ++i) ++seen[i].at(static_cast<std::size_t>(places[i]));
  }
  auto const binomial = [](double p) {
    std::vector<double> law(quanta + 1);
    for (int k = 0; k <= quanta; ++k) {
      auto const ways = std::lgamma(quanta + 1.0) - std::lgamma(k + 1.0) - std::lgamma(quanta - k + 1.0);
      law[static_cast<std::size_t>(k)] = std::exp(ways + k * std::log(p) + (quanta - k) * std::log1p(-p));
    }
    return law;
  };
  for (std::size_t i = 0; i < layout.places(); ++i) {
    auto const right = chi_square(seen[i], binomial(probability[i]));
    auto const wrong = chi_square(seen[i], binomial(1.02 * probability[i]));
    CAPTURE(length, i, probability[i], right.value, wrong.value, right.freedom);
    CHECK(right.within_bound());
    CHECK_FALSE(wrong.within_bound());
  }
}

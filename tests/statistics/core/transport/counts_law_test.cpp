#include <catch2/catch.hpp>
#include <cmath>

#include "tests/statistics/bounds.h"
#include "tests/statistics/core/transport/one_span.h"
#include "tests/unit/core/transport/body_brain.h"

using namespace myoaxis;

namespace {

constexpr std::int64_t kQuanta = 14;

/// The graph of BodyBrain with all or none of its places kept as packets, or half and half.
struct Graph {
  enum class Kept { counts, packets, both };

  explicit Graph(Kept kept) {
    auto const body = kept == Kept::counts ? Representation::counts : Representation::packets;
    auto const brain = kept == Kept::packets ? Representation::packets : Representation::counts;
    for (auto const* name : {"blood", "tissue"}) layout.add_cell(name, body);
    for (auto const* name : {"niche", "fluid"}) layout.add_cell(name, brain);
    layout.add_sink("organ", body);
    layout.add_sink("uptake", brain);
  }

  /// The rates of BodyBrain, those out of the blood by `fold`.
  Generator generator(double fold = 1) const {
    Generator rates{layout};
    auto const like = BodyBrain{}.generator(0.02);
    for (auto const& rate : like.rates()) {
      auto const from = id_at<CellId>(rate.from);
      PerSecond const per_second{rate.per_second * (rate.from == 0 ? fold : 1)};
      if (rate.to < layout.cells()) {
        rates.add(from, id_at<CellId>(rate.to), per_second);
      } else {
        rates.add(from, id_at<SinkId>(rate.to - layout.cells()), per_second);
      }
    }
    return rates;
  }

  Layout layout;
};

/// `kQuanta` in the blood, as packets of one quantum or as a count.
Cargo start_of(Graph const& graph) {
  Cargo cargo;
  cargo.counts.quanta.assign(graph.layout.cells(), 0);
  cargo.ledger.initial = kQuanta;
  cargo.ledger.cleared.assign(graph.layout.sinks(), 0);
  if (graph.layout.kept_as(0) == Representation::counts) {
    cargo.counts.quanta[0] = kQuanta;
    return cargo;
  }
  resize(cargo.packets, kQuanta);
  for (std::size_t i = 0; i < kQuanta; ++i) {
    cargo.packets.key[i] = i;
    cargo.packets.weight[i] = 1;
  }
  return cargo;
}

std::vector<double> binomial_law(double p) {
  std::vector<double> law;
  for (std::int64_t k = 0; k <= kQuanta; ++k) {
    auto const n = static_cast<double>(kQuanta), x = static_cast<double>(k);
    law.push_back(std::exp(std::lgamma(n + 1) - std::lgamma(x + 1) - std::lgamma(n - x + 1) +
                           x * std::log(p) + (n - x) * std::log1p(-p)));
  }
  return law;
}

}  // namespace

TEST_CASE("quanta of one cell are spread by the multinomial of the propagator, however they are kept",
          "[statistical]") {
  Graph const graph{GENERATE(Graph::Kept::counts, Graph::Kept::packets, Graph::Kept::both)};
  auto const length = GENERATE(std::int64_t{64}, std::int64_t{1});
  auto const tables = tables_of(graph.layout, graph.generator(), length);
  auto const places = graph.layout.places();
  auto const p = tables_of(graph.layout, graph.generator(), kSpan).propagator.at_end;
  auto const wrong = tables_of(graph.layout, graph.generator(1.02), kSpan).propagator.at_end;
  auto const runs = length == 1 ? 20'000u : 200'000u;
  std::vector<std::vector<double>> drawn(places, std::vector<double>(kQuanta + 1, 0.0));
  std::vector<double> products(runs);
  auto const probability = [&](std::size_t place) { return p.row(CellId{0})[place]; };
  for (std::uint64_t run = 0; run < runs; ++run) {
    auto cargo = start_of(graph);
    advance(cargo, kind_of("bdnf", run, 1), graph.layout, tables, kBegin, static_cast<int>(kSpan / length),
            {});
    auto found = cell_totals(graph.layout, cargo.packets, cargo.counts);
    found.insert(found.end(), cargo.ledger.cleared.begin(), cargo.ledger.cleared.end());
    for (std::size_t place = 0; place < places; ++place)
      ++drawn[place][static_cast<std::size_t>(found[place])];
    auto const deviation_of = [&](std::size_t place) {
      return static_cast<double>(found[place]) - static_cast<double>(kQuanta) * probability(place);
    };
    products[run] = deviation_of(1) * deviation_of(2);
  }
  auto seen_wrong = false;
  for (std::size_t place = 0; place < places; ++place) {
    auto const test = chi_square(drawn[place], binomial_law(probability(place)));
    CAPTURE(length, place, probability(place), test.value, test.freedom);
    CHECK(test.within_bound());
    auto const other = chi_square(drawn[place], binomial_law(wrong.row(CellId{0})[place]));
    seen_wrong = seen_wrong || !other.within_bound();
  }
  // A rate that is 2 % off is seen by the longer of the two samples.
  if (length == kSpan) CHECK(seen_wrong);
  auto const covariance = moments_of(products);
  auto const expected = -static_cast<double>(kQuanta) * probability(1) * probability(2);
  CAPTURE(covariance.mean, expected);
  CHECK(deviation(covariance.mean, expected, covariance.mean_error()) < kZ);
}

namespace {

struct NicheNoise {
  double given_body = 0, given_body_error = 0;  // Fano factor of the niche, given the body's path
  double fano = 0, fano_error = 0;              // over all realizations
};

/// A niche that quanta reach from packets of the given weight for nine minutes.
NicheNoise niche_noise(std::int64_t packet_weight, std::size_t runs) {
  constexpr int steps = 8;
  BodyBrain const body;
  auto const tables = tables_of(body.layout, body.generator(4e-5), kSpan);
  auto const& p = tables.propagator.at_end;
  std::vector<Release> const releases{{0, name_key("muscle"), body.tissue, 200.0, {}, kNoSession}};
  std::vector<double> surprises(runs), counts(runs);
  double mean_expected = 0;
  for (std::uint64_t run = 0; run < runs; ++run) {
    auto const kind = kind_of("bdnf", run, packet_weight);
    auto cargo = make_cargo(kind, body.layout, std::vector<double>{2e4, 5e4, 0, 0}, 1, kBegin);
    std::vector<double> expected(4, 0.0);  // in the brain, given the quanta that the body had at each step
    for (int i = 0; i < steps; ++i) {
      auto state = expected, next = expected;
      auto const now = cell_totals(body.layout, cargo.packets, cargo.counts);
      state[0] = static_cast<double>(now[0]);
      state[1] = static_cast<double>(now[1]);
      for (std::size_t to = 2; to < 4; ++to) {
        next[to] = releases[0].rate * kSpan * tables.propagator.average.row(body.tissue)[to];
        for (std::size_t from = 0; from < 4; ++from) next[to] += state[from] * p.row(id_at<CellId>(from))[to];
      }
      advance(cargo, kind, body.layout, tables, kBegin + i * kSpan, 1, releases);
      expected = next;
    }
    counts[run] = static_cast<double>(cargo.counts.quanta[body.niche.index()]);
    surprises[run] = std::pow(counts[run] - expected[2], 2);
    mean_expected += expected[2] / static_cast<double>(runs);
  }
  auto const surprise = moments_of(surprises), count = moments_of(counts);
  return {surprise.mean / mean_expected, surprise.mean_error() / mean_expected, count.variance / count.mean,
          count.variance_error() / count.mean};
}

}  // namespace

TEST_CASE("given the body a niche's Fano factor is 1, and what packets add falls as their number grows",
          "[statistical]") {
  auto const coarse = niche_noise(3000, 20'000), fine = niche_noise(300, 20'000);
  INFO("Fano factor given the body: " << coarse.given_body << " +- " << coarse.given_body_error << " and "
                                      << fine.given_body << " +- " << fine.given_body_error);
  auto const excess = coarse.fano - 1, tenth = fine.fano - 1;
  INFO("excess at 1x packets " << excess << " +- " << coarse.fano_error << ", at 10x " << tenth << " +- "
                               << fine.fano_error);
  // Each quantum reaches the niche with a probability below 2e-2, by which the binomial's variance lies below
  // its mean.
  for (auto const& noise : {coarse, fine}) CHECK(deviation(noise.given_body, 1, noise.given_body_error) < kZ);
  CHECK(deviation(excess, 0, coarse.fano_error) > 10 * kZ);
  auto const error = std::hypot(coarse.fano_error, 10 * fine.fano_error);
  CHECK(deviation(excess, 10 * tenth, error) < kZ);
  // Were it to fall as 1 over the square root of the number, it would be seen.
  CHECK(deviation(excess, std::sqrt(10.0) * tenth, error) > kZ);
}

#include "core/transport/packet_transport.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "tests/statistics/bounds.h"
#include "tests/statistics/core/transport/one_span.h"
#include "tests/unit/core/transport/body_brain.h"

using namespace myoaxis;

namespace {

/// Expected content of every place after one step: x0 P + h rate Phi.
std::vector<double> expected_after(Propagator const& step, std::span<double const> x0,
                                   std::span<Release const> releases) {
  std::vector<double> expected(step.at_end.row(CellId{0}).size(), 0.0);
  for (std::size_t to = 0; to < expected.size(); ++to) {
    for (std::size_t from = 0; from < x0.size(); ++from)
      expected[to] += x0[from] * step.at_end.row(id_at<CellId>(from))[to];
    for (auto const& release : releases) {
      expected[to] += static_cast<double>(step.seconds) * release.rate * step.average.row(release.cell)[to];
    }
  }
  return expected;
}

}  // namespace

TEST_CASE("the mean of every place is that of the exact propagator, for steps of any length",
          "[statistical]") {
  BodyBrain const body;
  auto const& layout = body.layout;
  auto const generator = body.generator(0.01);
  std::vector<double> const x0{400, 800, 100, 60};
  std::vector<Release> const releases{{0, name_key("muscle"), body.tissue, 12.0, {}, 0},
                                      {1, name_key("platelets"), body.blood, 8.0, {}, kNoSession},
                                      {2, name_key("glia"), body.niche, 3.0, {}, kNoSession}};
  auto const length = GENERATE(std::int64_t{64}, std::int64_t{16}, std::int64_t{1});
  auto const tables = tables_of(layout, generator, length);
  auto const runs = length == 1 ? 4000u : 40'000u;
  std::vector<std::vector<std::int64_t>> found(layout.places(), std::vector<std::int64_t>(runs));
  for (std::uint64_t run = 0; run < runs; ++run) {
    auto const kind = kind_of("bdnf", run, 10);
    auto cargo = make_cargo(kind, layout, x0, 3, kBegin);
    advance(cargo, kind, layout, tables, kBegin, static_cast<int>(kSpan / length), releases);
    auto const totals = cell_totals(layout, cargo.packets, cargo.counts);
    for (std::size_t i = 0; i < totals.size(); ++i) found[i][run] = totals[i];
    for (std::size_t i = 0; i < layout.sinks(); ++i) found[totals.size() + i][run] = cargo.ledger.cleared[i];
  }
  auto const expected = expected_after(tables_of(layout, generator, kSpan).propagator, x0, releases);
  for (std::size_t place = 0; place < found.size(); ++place) {
    auto const moments = moments_of(found[place]);
    CAPTURE(length, place, moments.mean, expected[place], moments.mean_error());
    CHECK(deviation(moments.mean, expected[place], moments.mean_error()) < kZ);
    CHECK(deviation(moments.mean, 1.02 * expected[place], moments.mean_error()) > kZ);
  }
}

TEST_CASE("crossing is binomial given the body's path: its Fano factor is 1", "[statistical]") {
  // A niche without loss counts all that crossed. Given the W quanta of the body at the start of a step it
  // gains Binomial(W, p); so the squared surprise over W p (1 - p) has mean 1, however lumpy the packets make
  // W itself.
  Layout layout;
  auto const blood = layout.add_cell("blood", Representation::packets);
  auto const tissue = layout.add_cell("tissue", Representation::packets);
  auto const niche = layout.add_cell("niche", Representation::counts);
  auto const organ = layout.add_sink("organ", Representation::packets);
  Generator rates{layout};
  rates.add(blood, tissue, PerSecond{0.1});
  rates.add(tissue, blood, PerSecond{0.05});
  rates.add(blood, niche, PerSecond{0.002});
  rates.add(blood, organ, PerSecond{0.001});
  auto const tables = tables_of(layout, rates, 4);
  auto const p_blood = tables.crossing[0], p_tissue = tables.crossing[1];
  std::vector<double> surprises, surprises_of_runs;
  // The squares have variance 2: 16,000 runs of 40 steps give 1 within 0.2 %, so that 2 % lie 10 errors away.
  for (std::uint64_t run = 0; run < 16'000; ++run) {
    auto const kind = kind_of("bdnf", run, 500);
    auto cargo = make_cargo(kind, layout, std::vector<double>{5000, 10'000, 0}, 0, kBegin);
    double expected_sum = 0;
    for (int i = 0; i < 40; ++i) {
      auto const body = cell_totals(layout, cargo.packets, cargo.counts);
      auto const w0 = static_cast<double>(body[0]), w1 = static_cast<double>(body[1]);
      auto const expected = w0 * p_blood + w1 * p_tissue;
      advance(cargo, kind, layout, tables, Tick{4 * i}, 1, {});
      auto const gained = static_cast<double>(cargo.counts.quanta[niche.index()] - body[niche.index()]);
      expected_sum += expected;
      auto const variance = w0 * p_blood * (1 - p_blood) + w1 * p_tissue * (1 - p_tissue);
      if (variance > 0) surprises.push_back(std::pow(gained - expected, 2) / variance);
    }
    auto const count = static_cast<double>(cargo.counts.quanta[niche.index()]);
    if (expected_sum > 0) surprises_of_runs.push_back(std::pow(count - expected_sum, 2) / expected_sum);
  }
  auto const fano = moments_of(surprises);
  CAPTURE(fano.mean, fano.mean_error());
  CHECK(deviation(fano.mean, 1, fano.mean_error()) < kZ);
  CHECK(deviation(fano.mean, 1.02, fano.mean_error()) > kZ);
  // Over a whole run the binomials' 1 - p (about 1 %) is left out.
  auto const fano_of_runs = moments_of(surprises_of_runs);
  CAPTURE(fano_of_runs.mean, fano_of_runs.mean_error());
  CHECK(deviation(fano_of_runs.mean, 1, fano_of_runs.mean_error()) < kZ);
}

TEST_CASE("packets lose to the brain in proportion to their weight, whatever their order", "[statistical]") {
  Layout layout;
  auto const blood = layout.add_cell("blood", Representation::packets);
  auto const niche = layout.add_cell("niche", Representation::counts);
  Generator rates{layout};
  rates.add(blood, niche, PerSecond{0.05});
  auto const tables = tables_of(layout, rates, 4);
  auto const crossing = tables.crossing[0];
  std::vector<std::int64_t> const weights{1, 1000, 7, 300, 2};
  constexpr std::size_t runs = 40'000;
  std::vector<std::vector<std::int64_t>> lost(weights.size(), std::vector<std::int64_t>(runs));
  for (std::uint64_t run = 0; run < runs; ++run) {
    Cargo cargo;
    cargo.counts.quanta.assign(2, 0);
    cargo.ledger.initial = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    resize(cargo.packets, weights.size());
    for (std::size_t i = 0; i < weights.size(); ++i) {
      cargo.packets.key[i] = i;
      cargo.packets.weight[i] = weights[i];
      lost[i][run] = weights[i];
    }
    advance(cargo, kind_of("bdnf", run, 1), layout, tables, kBegin, 1, {});
    for (std::size_t i = 0; i < cargo.packets.size(); ++i)
      lost[cargo.packets.key[i]][run] -= cargo.packets.weight[i];
  }
  for (std::size_t i = 0; i < weights.size(); ++i) {
    auto const moments = moments_of(lost[i]);
    auto const expected = crossing * static_cast<double>(weights[i]);
    CAPTURE(i, moments.mean, expected);
    CHECK(deviation(moments.mean, expected, moments.mean_error()) < kZ);
    if (weights[i] >= 100) CHECK(deviation(moments.mean, 1.02 * expected, moments.mean_error()) > kZ);
  }
}

TEST_CASE("the initial cargo is a Poisson number of packets in the body, of quanta in the brain",
          "[statistical]") {
  BodyBrain const body;
  std::vector<double> const expected{350, 20, 41, 0.6};
  constexpr std::size_t runs = 100'000;
  std::vector<std::vector<std::int64_t>> found(4, std::vector<std::int64_t>(runs));
  for (std::uint64_t run = 0; run < runs; ++run) {
    auto const cargo = make_cargo(kind_of("bdnf", run, 10), body.layout, expected, 0, kBegin);
    auto const totals = cell_totals(body.layout, cargo.packets, cargo.counts);
    for (std::size_t i = 0; i < 4; ++i) found[i][run] = totals[i] / (i < 2 ? 10 : 1);
  }
  for (std::size_t i = 0; i < 4; ++i) {
    auto const mean = expected[i] / (i < 2 ? 10 : 1);
    auto const moments = moments_of(found[i]);
    CAPTURE(i, mean, moments.mean, moments.variance);
    CHECK(deviation(moments.mean, mean, std::sqrt(mean / runs)) < kZ);
    CHECK(deviation(moments.variance, mean, std::sqrt(mean * (1 + 2 * mean) / runs)) < kZ);
    if (mean > 1) CHECK(deviation(moments.mean, 1.02 * mean, std::sqrt(mean / runs)) > kZ);
  }
}

TEST_CASE("origins are drawn in proportion to their rates", "[statistical]") {
  BodyBrain const body;
  std::vector<double> const rates{2, 0, 1, 4, 0, 0.5, 2.5};
  std::vector<double> running(rates.size()), shares(rates.size()), drawn(rates.size(), 0.0);
  std::partial_sum(rates.begin(), rates.end(), running.begin());
  for (std::size_t i = 0; i < rates.size(); ++i) shares[i] = rates[i] / running.back();
  std::vector<Release> const releases{{0, name_key("muscle"), body.tissue, 5000.0, running, 1}};
  auto const tables = tables_of(body.layout, body.generator(), 64);
  auto const kind = kind_of("bdnf", 21, 1);
  auto cargo = make_cargo(kind, body.layout, std::vector<double>(4, 0.0), 1, kBegin);
  advance(cargo, kind, body.layout, tables, kBegin, 1, releases);
  for (auto const origin : cargo.packets.origin) ++drawn.at(origin);
  CHECK(drawn[1] == 0);
  CHECK(drawn[4] == 0);
  std::vector<double> seen{drawn[0], drawn[2], drawn[3], drawn[5], drawn[6]};
  CHECK(chi_square(seen, std::vector<double>{shares[0], shares[2], shares[3], shares[5], shares[6]})
            .within_bound());
  CHECK_FALSE(chi_square(seen, std::vector<double>{0.98 * shares[0], shares[2] + 0.02 * shares[0],
                                                   shares[3] - 0.02, shares[5], shares[6] + 0.02})
                  .within_bound());
}

TEST_CASE("counts in the brain end as independent Poisson numbers under a constant source", "[statistical]") {
  BodyBrain const body;
  auto const generator = body.generator(0);
  std::vector<Release> const releases{{0, name_key("glia"), body.niche, 1.5, {}, kNoSession}};
  auto const tables = tables_of(body.layout, generator, 64);
  std::vector<double> const nothing(4, 0.0);
  auto const expected = expected_after(tables.propagator, nothing, releases);
  constexpr std::size_t runs = 60'000;
  std::vector<double> products(runs);
  std::vector<std::vector<std::int64_t>> found(2, std::vector<std::int64_t>(runs));
  for (std::uint64_t run = 0; run < runs; ++run) {
    auto const kind = kind_of("bdnf", run, 10);
    auto cargo = make_cargo(kind, body.layout, nothing, 1, kBegin);
    advance(cargo, kind, body.layout, tables, kBegin, 1, releases);
    for (std::size_t i = 0; i < 2; ++i) found[i][run] = cargo.counts.quanta[2 + i];
    products[run] = (static_cast<double>(found[0][run]) - expected[2]) *
                    (static_cast<double>(found[1][run]) - expected[3]);
  }
  for (std::size_t i = 0; i < 2; ++i) {
    auto const mean = expected[2 + i];
    CHECK(deviation(moments_of(found[i]).variance, mean, std::sqrt(mean * (1 + 2 * mean) / runs)) < kZ);
  }
  auto const covariance = moments_of(products);
  CHECK(deviation(covariance.mean, 0, covariance.mean_error()) < kZ);
}

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/statistics/bounds.h"
#include "tests/unit/core/transport/body_brain.h"

using namespace myoaxis;

namespace {

constexpr std::int64_t kSeconds = 1024;
constexpr double kRate = 400;         // quanta/s from each source
constexpr double kInflux = 0.004;     // s^-1
constexpr double kLoss = 0.002;       // s^-1, of the niche
constexpr double kInBlood = 400'000;  // quanta at the beginning

/// Blood that is cleared and gives to a niche that is cleared, too; nothing comes back.
struct OneWay {
  Layout layout;
  CellId blood;
  CellId niche = layout.add_cell("niche", Representation::counts);
  SinkId organ = layout.add_sink("organ", Representation::packets);
  SinkId uptake = layout.add_sink("uptake", Representation::counts);

  explicit OneWay(Representation body) : blood{layout.add_cell("blood", body)} {}
  StepTables tables(std::int64_t seconds) const {
    Generator rates{layout};
    rates.add(blood, niche, PerSecond{kInflux});
    rates.add(blood, organ, PerSecond{0.006});
    rates.add(niche, uptake, PerSecond{kLoss});
    return tables_of(layout, rates, seconds);
  }
};

/// By source: what was in blood, a source of blood, a source of the niche.
using BySource = std::array<TagReport, 3>;

BySource watch_in_steps_of(std::int64_t seconds, Representation body, std::uint64_t seed) {
  OneWay const graph{body};
  auto const kind = kind_of("il6", seed, 100);
  auto const tables = graph.tables(seconds);
  std::vector<Release> const releases{{0, name_key("muscle"), graph.blood, kRate, {}},
                                      {1, name_key("glia"), graph.niche, kRate, {}}};
  auto cargo = make_cargo(kind, graph.layout, std::vector<double>{kInBlood, 0}, 2, Tick{0});
  TagWatch watch{std::span{&graph.niche, 1}, {}};
  BySource sums;
  for (std::int64_t now = 0; now < kSeconds; now += seconds) {
    advance_cargo(cargo, kind, graph.layout, tables, {Tick{now}, seconds}, releases, &watch);
    for (auto const& report : watch.tags) {
      auto& sum = sums.at(report.tag.source == kInitial ? 0 : report.tag.source + 1u);
      sum.arrived += report.arrived;
      sum.exposure += report.exposure;
    }
  }
  return sums;
}

/// The same in expectation. Blood is left at rate k, the niche at rate l. With D(r) = (1 - exp(-r t)) / r,
/// a quantum in blood comes to the niche in time t with probability b D(k), and is there for
/// b (D(l) - D(k)) / (k - l) on average; a source is the integral of such quanta.
BySource expected() {
  auto const t = static_cast<double>(kSeconds), k = kInflux + 0.006, l = kLoss;
  auto const lasting = [&](double rate) { return (1 - std::exp(-rate * t)) / rate; };
  auto const integral = [&](double rate) { return (t - lasting(rate)) / rate; };
  BySource sums;
  sums[0].arrived = kInBlood * kInflux * lasting(k);
  sums[0].exposure = kInBlood * kInflux * (lasting(l) - lasting(k)) / (k - l);
  sums[1].arrived = kRate * kInflux * integral(k);
  sums[1].exposure = kRate * kInflux * (integral(l) - integral(k)) / (k - l);
  sums[2].arrived = kRate * t;
  sums[2].exposure = kRate * integral(l);
  return sums;
}

}  // namespace

TEST_CASE("arrivals and exposure are those of the law, whatever the length of steps", "[statistical]") {
  auto const body = GENERATE(Representation::packets, Representation::counts);
  auto const seconds = GENERATE(std::int64_t{16}, std::int64_t{256}, std::int64_t{1024});
  constexpr std::uint64_t runs = 200;
  auto const law = expected();
  std::array<std::vector<double>, 3> arrived, exposure;
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    auto const sums = watch_in_steps_of(seconds, body, seed);
    for (std::size_t i = 0; i < sums.size(); ++i) {
      arrived.at(i).push_back(sums.at(i).arrived);
      exposure.at(i).push_back(sums.at(i).exposure);
    }
  }
  for (std::size_t i = 0; i < law.size(); ++i) {
    CAPTURE(seconds, i);
    auto const check = [](std::vector<double> const& values, double expectation) {
      auto const moments = moments_of(values);
      // Arrivals are weighted, so the error is the spread of the runs: of Student's t with 199 degrees of
      // freedom, 5 has a probability of 1.3e-6.
      CHECK(deviation(moments.mean, expectation, moments.mean_error()) < kZ);
      CHECK(deviation(moments.mean, 1.02 * expectation, moments.mean_error()) > kZ);
    };
    check(arrived.at(i), law.at(i).arrived);
    check(exposure.at(i), law.at(i).exposure);
  }
}

#include "agents/hippocampus/lineage.h"

#include <catch2/catch.hpp>

#include "tests/statistics/bounds.h"
#include "tests/support/experiments.h"
#include "tests/support/lineages.h"

using namespace myoaxis;
using test::live;

namespace {

constexpr double kSecondsPerDay = 86400;

/// Mouse values with many births in a short time: every stem cell wakes within days and makes one progenitor.
LineageParams fast() {
  auto p = test::mouse().lineage;
  p.stem_half_life = Seconds{2 * kSecondsPerDay};
  p.return_probability = Fraction{0};
  p.active_divisions = 1;
  return p;
}

struct Sample {
  double n = 0;
  double sum = 0;
  double squares = 0;
  void add(double x) {
    ++n;
    sum += x;
    squares += x * x;
  }
  double mean() const { return sum / n; }
  double deviation() const { return std::sqrt(squares / n - mean() * mean()); }
};

/// Checks a share of `n` cells against `expected`, and that 2 % off would have been seen.
void check_share_of(std::size_t part, std::size_t whole, double expected) {
  auto const n = static_cast<double>(whole);
  auto const share = static_cast<double>(part) / n;
  auto const error = std::sqrt(expected * (1 - expected) / n);
  CAPTURE(share, expected, error, whole);
  CHECK(std::abs(share - expected) < kZ * error);
  CHECK(std::abs(share - 1.02 * expected) > kZ * error);
}

}  // namespace

TEST_CASE("neuroblasts survive their stage as the closed form says, at rest and modulated", "[statistical]") {
  // A stage of k exponential parts of mean m/k, hazard h throughout: (1 + h m/k)^-k.
  auto const survival = GENERATE(1.0, 1.6);
  auto const maturation = GENERATE(1.0, 1.5);
  auto p = fast();
  p.immature_death = PerSecond{0};
  auto const events = live(p, 100000, 60, {.survival = survival, .maturation = maturation}, 10 * kDay).events;
  auto const entered = test::times(events, EventKind::transition, Stage::neuroblast);
  auto const left = test::times(events, EventKind::transition, Stage::immature);
  // Those that entered by day 25 are through the stage by day 60 (a stage of 35 d has a probability of
  // 1e-11).
  std::size_t all = 0;
  std::size_t survivors = 0;
  for (auto const& [cell, time] : entered) {
    if (time > 25 * kSecondsPerDay) continue;
    ++all;
    survivors += left.count(cell);
  }
  auto const k = p.neuroblast_shape.value();
  auto const part = p.neuroblast_duration.value() / k / maturation;
  check_share_of(survivors, all, std::pow(1 + p.neuroblast_death.value() / survival * part, -k));
}

TEST_CASE("immature neurons survive the whole of their window as exp(-h w) says", "[statistical]") {
  // Short stages before and a long, sharp one around the window, so that every cell lives through all of it.
  auto p = fast();
  auto const survival = GENERATE(1.0, 0.7);
  p.neuroblast_death = PerSecond{0};
  p.neuroblast_duration = Seconds{kSecondsPerDay};
  p.neuroblast_shape = Number{20};
  p.immature_duration = Seconds{40 * kSecondsPerDay};
  p.immature_shape = Number{400};
  auto const lived = live(p, 60000, 90, {.survival = survival}, 15 * kDay);
  auto const died = test::times(lived.events, EventKind::death, Stage::immature);
  std::size_t all = 0;
  std::size_t dead = 0;
  for (auto const& [cell, time] : test::times(lived.events, EventKind::transition, Stage::immature)) {
    if (time > 60 * kSecondsPerDay) continue;
    ++all;
    dead += died.count(cell);
  }
  auto const window = p.immature_death_to.value() - p.immature_death_from.value();
  check_share_of(all - dead, all, std::exp(-p.immature_death.value() / survival * window));
}

TEST_CASE("cycles of stem cells and of progenitors have the mean and the variation asked for",
          "[statistical]") {
  auto p = fast();
  p.progenitor_divisions = 1;
  p.extra_division_probability = Fraction{0};
  auto const events = live(p, 20000, 20).events;
  auto const begun = test::times(events, EventKind::transition, Stage::active_stem);
  auto const born = test::times(events, EventKind::birth, Stage::progenitor);
  Sample stem;
  Sample progenitor;
  auto const last = 12 * kSecondsPerDay;  // what begins later might not end within the run
  for (auto const& [cell, end] : test::times(events, EventKind::gliogenesis, Stage::active_stem)) {
    if (begun.at(cell) < last) stem.add((end - begun.at(cell)) / p.stem_cycle.value());
  }
  for (auto const& [cell, end] : test::times(events, EventKind::transition, Stage::neuroblast)) {
    auto const birth = born.find(cell);
    if (birth != born.end() && birth->second < last && end > birth->second) {
      progenitor.add((end - birth->second) / p.progenitor_cycle.value());
    }
  }
  for (auto const& sample : {stem, progenitor}) {
    auto const error = 0.25 / std::sqrt(sample.n);
    CAPTURE(sample.n, sample.mean(), sample.deviation());
    CHECK(std::abs(sample.mean() - 1) < kZ * error);
    CHECK(std::abs(sample.mean() - 1.02) > kZ * error);
    CHECK(sample.deviation() == Approx(0.25).epsilon(kZ / std::sqrt(sample.n)));
  }
}

TEST_CASE("the pool of stem cells halves in its half-life", "[statistical]") {
  auto p = test::mouse().lineage;
  p.progenitor_cycle = Seconds{1e12};  // the offspring stays out of the way
  p.return_probability = Fraction{GENERATE(0.0, 0.5)};
  constexpr std::size_t n = 400000;
  auto const counts = count_stages(live(p, n, 180, {}, 30 * kDay).neurons);
  auto const left = static_cast<double>(counts[0] + counts[1]);
  auto const error = 0.5 * std::sqrt(static_cast<double>(n));
  CAPTURE(left, error);
  auto const expected = n * settled_share(p) / 2;
  CHECK(p.stem_half_life.value() == 180 * kSecondsPerDay);
  CHECK(std::abs(left - expected) < kZ * error);
  CHECK(std::abs(left - 1.02 * expected) > kZ * error);
}

TEST_CASE("progenitors make the expected number of neuroblasts", "[statistical]") {
  // Two certain rounds of doubling and a third for half of the cells: 4 (1 + 0.5) = 6.
  auto p = fast();
  p.neuroblast_death = PerSecond{0};
  p.immature_death = PerSecond{0};
  auto const events = live(p, 20000, 40, {}, 10 * kDay).events;
  auto const clones =
      static_cast<double>(test::times(events, EventKind::gliogenesis, Stage::active_stem).size());
  auto const made = static_cast<double>(test::times(events, EventKind::transition, Stage::neuroblast).size());
  // Variance of a clone: 4 cells, each giving 1 or 2 with variance 1/4. Clones begun in the last days are
  // incomplete: exp(-ln 2 / 2 d x 37 d) = 3e-6 of them.
  auto const error = std::sqrt(4 * 0.25 / clones);
  CAPTURE(clones, made / clones);
  CHECK(std::abs(made / clones - 6) < kZ * error);
  CHECK(std::abs(made / clones - 6 * 1.02) > kZ * error);
}

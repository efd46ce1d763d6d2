// Coverage of the intervals of a difference, as the table in core/statistics/README.md has it.
#include <fmt/core.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "simulated_studies.h"
#include "tests/statistics/bounds.h"

using namespace myoaxis;

namespace {

/// Shares of studies whose interval holds the true difference.
struct Coverage {
  double t = 0, bootstrap = 0, bca = 0, percentile = 0;
};

Coverage coverage_of(StudyKind const& kind, std::uint64_t seed, int studies, int resamples,
                     bool with_rivals) {
  Coverage coverage;
  auto const truth = kind.true_difference();
  for (int i = 0; i < studies; ++i) {
    auto const study = simulated(kind, seed, i);
    coverage.t += holds(student_interval(study), truth) / double(studies);
    coverage.bootstrap += holds(bootstrap_interval(study, i, resamples), truth) / double(studies);
    if (!with_rivals) continue;
    auto const rivals = rivals_of(study, i, resamples);
    coverage.bca += holds(rivals.bca, truth) / double(studies);
    coverage.percentile += holds(rivals.percentile, truth) / double(studies);
  }
  return coverage;
}

std::vector<StudyKind> all_kinds(std::vector<std::size_t> const& sizes) {
  std::vector<StudyKind> kinds;
  for (auto const pairing : {Pairing::paired, Pairing::unpaired}) {
    for (auto const shape : {Shape::normal, Shape::lognormal}) {
      for (auto const n : sizes) kinds.push_back({pairing, shape, n});
    }
  }
  return kinds;
}

/// Coverage as core/statistics/README.md has it, of 5000 studies.
struct TabledCoverage {
  StudyKind kind;
  double t, bootstrap;
};

std::vector<TabledCoverage> tabled() {
  using enum Pairing;
  using enum Shape;
  return {{{paired, normal, 6}, .946, .945},       {{paired, normal, 12}, .948, .945},
          {{paired, normal, 24}, .951, .950},      {{paired, lognormal, 6}, .831, .896},
          {{paired, lognormal, 12}, .841, .911},   {{paired, lognormal, 24}, .881, .927},
          {{unpaired, normal, 6}, .951, .962},     {{unpaired, normal, 12}, .947, .950},
          {{unpaired, normal, 24}, .944, .946},    {{unpaired, lognormal, 6}, .922, .940},
          {{unpaired, lognormal, 12}, .912, .929}, {{unpaired, lognormal, 24}, .930, .943}};
}

/// Of the difference of two shares, one of `studies`, one of the 5000 of the table.
double error_of_difference(double share, int studies) {
  return std::sqrt(share * (1 - share) * (1.0 / studies + 1.0 / 5000));
}

}  // namespace

// For 5000 studies a kind, seed 12, and 999 resamples: statistics_tests "prints the table of coverage"
TEST_CASE("prints the table of coverage", "[.coverage-table]") {
  for (auto const& kind : all_kinds({3, 4, 5, 6, 12, 24})) {
    auto const found = coverage_of(kind, 12, 5000, 999, true);
    fmt::print("{} {} {:2}  t {:.3f}  bootstrap {:.3f}  bca {:.3f}  percentile {:.3f}\n",
               kind.pairing == Pairing::paired ? "paired  " : "unpaired",
               kind.shape == Shape::normal ? "normal   " : "lognormal", kind.n, found.t, found.bootstrap,
               found.bca, found.percentile);
  }
}

TEST_CASE("intervals cover what the table of coverage says", "[statistical]") {
  constexpr int studies = 1000;
  for (auto const& row : tabled()) {
    auto const found = coverage_of(row.kind, 13, studies, 999, false);
    CAPTURE(row.kind.n, row.t, row.bootstrap, found.t, found.bootstrap);
    CHECK(std::abs(found.t - row.t) < kZ * error_of_difference(row.t, studies));
    CHECK(std::abs(found.bootstrap - row.bootstrap) < kZ * error_of_difference(row.bootstrap, studies));
    // The test can fail: half of the misses more are seen.
    CHECK(std::abs(found.bootstrap - (1.5 * row.bootstrap - 0.5)) >
          std::abs(found.bootstrap - row.bootstrap));
  }
}

TEST_CASE("an interval a third too narrow is seen not to cover", "[statistical]") {
  constexpr int studies = 1000;
  StudyKind const kind{Pairing::paired, Shape::normal, 12};
  int covered = 0;
  for (int i = 0; i < studies; ++i) {
    auto const study = simulated(kind, 14, i);
    auto const [low, high] = bootstrap_interval(study, i, 999);
    auto const d = study.difference();
    covered += holds({d + (low - d) * 2 / 3, d + (high - d) * 2 / 3}, kind.true_difference());
  }
  CHECK(covered / double(studies) < 0.945 - kZ * error_of_difference(0.945, studies));
}

TEST_CASE("BCa and percentiles miss far oftener than the interval chosen", "[statistical]") {
  constexpr int studies = 1000;
  for (auto const& kind : all_kinds({6})) {
    auto const found = coverage_of(kind, 15, studies, 999, true);
    CAPTURE(found.bootstrap, found.bca, found.percentile);
    CHECK(found.bootstrap - found.bca > 0.04);
    CHECK(found.bootstrap - found.percentile > 0.04);
  }
}

TEST_CASE("skewed differences of pairs are covered better than by the t interval", "[statistical]") {
  auto const found = coverage_of({Pairing::paired, Shape::lognormal, 12}, 16, 1000, 999, false);
  CHECK(found.bootstrap - found.t > 0.03);
}

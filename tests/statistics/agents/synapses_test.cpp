#include "agents/hippocampus/synapses.h"

#include <catch2/catch.hpp>

#include "core/address.h"
#include "tests/statistics/bounds.h"
#include "tests/support/spine_params.h"
#include "tests/support/times.h"

using namespace myoaxis;
using test::kDays;
using test::spine_params;

namespace {

constexpr std::array kGain{1.0, 1.5};
using Table = std::array<std::array<double, kSpineStates>, kSpineStates>;

/// Moves of the sites of one niche in one step: row before, column after.
Table moves(Synapses const& before, Synapses const& after, std::uint16_t niche) {
  Table table{};
  for (std::size_t i = 0; i < before.state.size(); ++i) {
    if (before.cells.niche[i / before.sites] == niche) table[before.state[i]][after.state[i]] += 1;
  }
  return table;
}

/// Chi-square of the moves against a matrix, over all states before.
ChiSquare against(Table const& observed, SpineTransition const& expected) {
  ChiSquare all{.value = 0, .freedom = 0};
  for (std::size_t i = 0; i < kSpineStates; ++i) {
    auto const row = chi_square(observed[i], expected[i]);
    all.value += row.value;
    all.freedom += row.freedom;
  }
  return all;
}

/// The same rates with one of them 2 % higher.
std::vector<SynapseParams> each_rate_off() {
  std::vector<SynapseParams> off;
  for (auto const rate :
       {&SynapseParams::formation, &SynapseParams::elimination, &SynapseParams::unsilencing,
        &SynapseParams::silencing, &SynapseParams::potentiation, &SynapseParams::depression}) {
    off.push_back(spine_params());
    off.back().*rate = PerSecond{1.02 * (off.back().*rate).value()};
  }
  return off;
}

/// Checks a share of `n` against `expected`, and that 2 % off would have been seen.
void check_share(double part, double n, double expected) {
  auto const error = std::sqrt(expected * (1 - expected) / n);
  CAPTURE(part / n, expected, error);
  CHECK(deviation(part / n, expected, error) < kZ);
  CHECK(deviation(part / n, 1.02 * expected, error) > kZ);
}

}  // namespace

TEST_CASE("spines move as the matrix of their chain says, in every niche", "[statistical]") {
  constexpr std::size_t cells = 24000;
  auto const seed = GENERATE(1u, 2u);
  auto const dt = Seconds{4 * kDays};
  auto const before = make_mature_spines(spine_params(), cells, 1000, 2, Luck{seed, 0}, Tick{0});
  auto after = before;
  advance_synapses(after, spine_params(), kGain, Luck{seed, 0}, Tick{0}, Tick{4 * kDay});
  for (auto const niche : {std::uint16_t{0}, std::uint16_t{1}}) {
    auto const seen = moves(before, after, niche);
    auto const expected = against(seen, spine_transition(spine_params(), 1, kGain[niche], dt));
    CAPTURE(seed, niche, expected.value, expected.freedom);
    CHECK(expected.freedom == 12);
    CHECK(expected.within_bound());
    for (auto const& off : each_rate_off()) {  // the test can fail
      CHECK_FALSE(against(seen, spine_transition(off, 1, kGain[niche], dt)).within_bound());
    }
  }
}

TEST_CASE("old cells begin with settled spines", "[statistical]") {
  auto const seed = GENERATE(1u, 2u, 3u);
  auto const synapses = make_mature_spines(spine_params(), 2000, 1000, 4, Luck{seed, 0}, Tick{0});
  auto const settled = settled_spines(spine_params(), 1, 1);
  auto const counts = count_spines(synapses);
  for (std::size_t state = 0; state < kSpineStates; ++state) {
    check_share(static_cast<double>(counts[state]), 2e6, settled[state]);
  }
}

TEST_CASE("settled spines stay so through many short steps, cell by cell as binomial counts",
          "[statistical]") {
  constexpr std::size_t cells = 3000;
  constexpr double sites = 200;
  auto synapses = make_mature_spines(spine_params(), cells, 200, 2, Luck{4, 0}, Tick{0});
  for (Tick now{0}; now < Tick{10 * kDay}; now = now + 2 * kHour) {
    advance_synapses(synapses, spine_params(), std::array{1.0, 1.0}, Luck{4, 0}, now, now + 2 * kHour);
  }
  std::vector<double> spines(cells);
  for (std::size_t i = 0; i < cells; ++i) {
    spines[i] = sites - static_cast<double>(count_spines(synapses, i, i + 1)[0]);
  }
  auto const share = 1 - settled_spines(spine_params(), 1, 1)[0];
  auto const moments = moments_of(spines);
  CHECK(deviation(moments.mean, sites * share, moments.mean_error()) < kZ);
  CHECK(deviation(moments.mean, 1.02 * sites * share, moments.mean_error()) > kZ);
  CHECK(deviation(moments.variance, sites * share * (1 - share), moments.variance_error()) < kZ);
}

TEST_CASE("growing cells gain spines with their maturity, in half days as in hours", "[statistical]") {
  constexpr std::size_t cells = 2000;
  auto const step = GENERATE(12 * kHour, 2 * kHour);
  Synapses synapses{.cells = {}, .sites = 500, .state = {}};
  for (std::size_t i = 0; i < cells; ++i) add_spine_cell(synapses, child_key(9, i), 0, 0);
  for (Tick now{0}; now < Tick{24 * kDay}; now = now + step) {
    advance_synapses(synapses, spine_params(), kGain, Luck{6, 0}, now, now + step);
  }
  // The same with steps so short that maturity hardly changes within one. (Half days are off by 1e-3.)
  std::array<double, kSpineStates> share{1, 0, 0, 0};
  for (double age = 0; age < 24; age += 1.0 / 64) {
    auto const maturity = spine_maturity(Seconds{(age + 1.0 / 128) * kDays}, spine_params());
    auto const move = spine_transition(spine_params(), maturity, 1, Seconds{kDays / 64});
    std::array<double, kSpineStates> next{};
    for (std::size_t i = 0; i < kSpineStates; ++i) {
      for (std::size_t j = 0; j < kSpineStates; ++j) next[j] += share[i] * move[i][j];
    }
    share = next;
  }
  auto const present = cells * 500.0 - static_cast<double>(count_spines(synapses)[0]);
  check_share(present, cells * 500.0, 1 - share[0]);
}

TEST_CASE("spines live as long in the mean as the chain says", "[statistical]") {
  constexpr double n = 400 * 1000;
  auto p = spine_params();
  p.formation = PerSecond{0};  // a spine that is gone stays gone
  auto synapses = make_mature_spines(spine_params(), 400, 1000, 1, Luck{8, 0}, Tick{0});
  std::fill(synapses.state.begin(), synapses.state.end(), std::uint8_t{1});  // all just formed
  double sum = 0;  // of lifetimes; a spine dies in the middle of its last step
  double squares = 0;
  double alive = n;
  for (Tick now{0}; alive > 0;) {
    // Later, when the silent are in balance with the others, they go at a slower and constant rate.
    auto const step = now < Tick{12 * kDay} ? 6 * kHour : kDay;
    advance_synapses(synapses, p, std::array{1.0}, Luck{8, 0}, now, now + step);
    auto const left = n - static_cast<double>(count_spines(synapses)[0]);
    auto const life = static_cast<double>(now.seconds()) + static_cast<double>(step) / 2;
    sum += (alive - left) * life;
    squares += (alive - left) * life * life;
    alive = left;
    now = now + step;
  }
  auto const mean = sum / n;
  auto const error = std::sqrt((squares / n - mean * mean) / n);
  auto const expected = spine_lifetime(spine_params(), 1).value();
  // The middle of a step is too late by (rate * step)^2 / 12 of the mean: 3e-4, a tenth of the bound.
  CAPTURE(mean / kDays, error / kDays);
  CHECK(deviation(mean, expected, error) < kZ);
  CHECK(deviation(mean, 1.02 * expected, error) > kZ);
}

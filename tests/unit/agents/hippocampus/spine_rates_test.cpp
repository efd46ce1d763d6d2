#include "agents/hippocampus/spine_rates.h"

#include <Eigen/Core>
#include <catch2/catch.hpp>
#include <numeric>
#include <unsupported/Eigen/MatrixFunctions>

#include "tests/support/spine_params.h"

using namespace myoaxis;
using test::kDays;
using test::spine_params;

namespace {

double row_sum(std::array<double, kSpineStates> const& row) {
  return std::accumulate(row.begin(), row.end(), 0.0);
}

double largest_difference(SpineTransition const& a, SpineTransition const& b) {
  double largest = 0;
  for (std::size_t i = 0; i < kSpineStates; ++i) {
    for (std::size_t j = 0; j < kSpineStates; ++j) largest = std::max(largest, std::abs(a[i][j] - b[i][j]));
  }
  return largest;
}

SpineTransition after_each_other(SpineTransition const& a, SpineTransition const& b) {
  SpineTransition c{};
  for (std::size_t i = 0; i < kSpineStates; ++i) {
    for (std::size_t j = 0; j < kSpineStates; ++j) {
      for (std::size_t k = 0; k < kSpineStates; ++k) c[i][j] += a[i][k] * b[k][j];
    }
  }
  return c;
}

/// exp(Q dt) as the library has it (Higham's scaling and squaring of a Pade approximant).
SpineTransition by_pade(SynapseParams const& p, double maturity, double plasticity, double dt) {
  Eigen::Matrix4d q = Eigen::Matrix4d::Zero();
  q(0, 1) = p.formation.value() * maturity * plasticity;
  q(1, 0) = p.elimination.value();
  q(1, 2) = p.unsilencing.value();
  q(2, 1) = p.silencing.value();
  q(2, 3) = p.potentiation.value() * plasticity;
  q(3, 2) = p.depression.value();
  for (int i = 0; i < 4; ++i) q(i, i) = -q.row(i).sum();
  Eigen::Matrix4d const expected = (q * dt).exp();
  SpineTransition result{};
  for (std::size_t i = 0; i < kSpineStates; ++i) {
    for (std::size_t j = 0; j < kSpineStates; ++j) {
      result[i][j] = expected(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
    }
  }
  return result;
}

}  // namespace

TEST_CASE("a granule cell makes spines from 16 days on, and as a mature one from 28", "[law]") {
  auto const at = [](double days) { return spine_maturity(Seconds{days * kDays}, spine_params()); };
  CHECK(at(-3) == 0);
  CHECK(at(15.999) == 0);
  CHECK(at(16) == 0);
  CHECK(at(19) == Approx(0.25).epsilon(1e-12));
  CHECK(at(22) == Approx(0.5).epsilon(1e-12));
  CHECK(at(28) == 1);
  CHECK(at(700) == 1);
}

TEST_CASE("without receptors a spine comes and goes as a two-state chain", "[law]") {
  auto p = spine_params();
  p.unsilencing = PerSecond{0};
  auto const dt = GENERATE(1.0, 3600.0, 10 * kDays, 1e4 * kDays);
  auto const f = p.formation.value() * 0.6 * 1.3;
  auto const e = p.elimination.value();
  auto const gone = -std::expm1(-(f + e) * dt);
  auto const transition = spine_transition(p, 0.6, 1.3, Seconds{dt});
  CHECK(transition[0][1] == Approx(f / (f + e) * gone).epsilon(1e-13));
  CHECK(transition[1][0] == Approx(e / (f + e) * gone).epsilon(1e-13));
  CHECK(transition[0][2] == 0);
  CHECK(transition[0][3] == 0);
  CHECK(transition[1][2] == 0);
}

TEST_CASE("without silencing the strength of a spine is a two-state chain", "[law]") {
  auto p = spine_params();
  p.silencing = PerSecond{0};
  auto const dt = GENERATE(1.0, 3600.0, 10 * kDays);
  auto const up = p.potentiation.value() * 2;
  auto const down = p.depression.value();
  auto const transition = spine_transition(p, 1, 2, Seconds{dt});
  CHECK(transition[2][3] == Approx(up / (up + down) * -std::expm1(-(up + down) * dt)).epsilon(1e-13));
  CHECK(transition[3][2] == Approx(down / (up + down) * -std::expm1(-(up + down) * dt)).epsilon(1e-13));
  CHECK(transition[2][0] == 0);
}

TEST_CASE("where nothing is lost, spines climb as counts of a Poisson process, with every digit", "[law]") {
  SynapseParams p;
  p.spines_full = Seconds{1};
  p.formation = p.unsilencing = p.potentiation = PerSecond{1e-6};
  auto const dt = GENERATE(1e-3, 1.0, 3600.0, 86400.0, 3e6);
  auto const x = 1e-6 * dt;
  // 1 - e^-x (1 + x + x^2 / 2), as a series of terms that are all positive.
  double beyond = 0;
  for (int n = 40; n >= 3; --n) beyond += std::exp(-x - std::lgamma(n + 1.0) + n * std::log(x));
  auto const transition = spine_transition(p, 1, 1, Seconds{dt});
  CAPTURE(x);
  CHECK(transition[0][0] == Approx(std::exp(-x)).epsilon(1e-13));
  CHECK(transition[0][1] == Approx(std::exp(-x) * x).epsilon(1e-13));
  CHECK(transition[0][2] == Approx(std::exp(-x) * x * x / 2).epsilon(1e-13));
  CHECK(transition[0][3] == Approx(beyond).epsilon(1e-12));
  CHECK(transition[3][3] == 1);
  CHECK(transition[2][1] == 0);
}

TEST_CASE("the moves of a spine agree with the exponential of the library", "[law]") {
  auto const dt = GENERATE(1.0, 60.0, 3600.0, kDays, 7 * kDays, 200 * kDays);
  auto const maturity = GENERATE(0.0, 0.3, 1.0);
  auto const plasticity = GENERATE(0.2, 1.0, 3.0);
  CHECK(largest_difference(spine_transition(spine_params(), maturity, plasticity, Seconds{dt}),
                           by_pade(spine_params(), maturity, plasticity, dt)) < 1e-13);
}

TEST_CASE("two steps make one of their length", "[law]") {
  auto const first = GENERATE(1.0, 3600.0, 5 * kDays, 300 * kDays);
  auto const second = GENERATE(60.0, 2 * kDays, 50 * kDays);
  auto const over = [](double dt) { return spine_transition(spine_params(), 0.7, 1.4, Seconds{dt}); };
  CHECK(largest_difference(after_each_other(over(first), over(second)), over(first + second)) < 1e-13);
}

TEST_CASE("a spine is in one of its states after any step", "[law]") {
  auto const dt = GENERATE(0.0, 1e-9, 1.0, 3600.0, 30 * kDays, 1e6 * kDays);
  auto const plasticity = GENERATE(0.0, 1.0, 50.0);
  for (auto const& row : spine_transition(spine_params(), 1, plasticity, Seconds{dt})) {
    CHECK(std::abs(row_sum(row) - 1) < 4e-16);
    for (auto const probability : row) CHECK(probability >= 0);
  }
}

TEST_CASE("nothing moves in no time, or without rates", "[law]") {
  SynapseParams still;
  still.spines_full = Seconds{1};
  SpineTransition const stays{{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}};
  CHECK(spine_transition(spine_params(), 1, 1, Seconds{0}) == stays);
  CHECK(spine_transition(still, 1, 1, Seconds{kDays}) == stays);
}

TEST_CASE("a cell too young for spines forms none, to the last digit", "[law]") {
  auto const dt = GENERATE(1.0, 3600.0, 100 * kDays);
  CHECK(spine_transition(spine_params(), 0, 3, Seconds{dt})[0] == std::array<double, 4>{1, 0, 0, 0});
  CHECK(settled_spines(spine_params(), 0, 3) == std::array<double, 4>{1, 0, 0, 0});
}

TEST_CASE("settled spines stay settled, and every spine settles", "[law]") {
  auto const maturity = GENERATE(0.0, 0.4, 1.0);
  auto const plasticity = GENERATE(0.3, 1.0, 4.0);
  auto const settled = settled_spines(spine_params(), maturity, plasticity);
  CHECK(row_sum(settled) == Approx(1).epsilon(1e-15));
  auto const week = spine_transition(spine_params(), maturity, plasticity, Seconds{7 * kDays});
  auto const decades = spine_transition(spine_params(), maturity, plasticity, Seconds{1e4 * kDays});
  for (std::size_t j = 0; j < kSpineStates; ++j) {
    double after = 0;
    for (std::size_t i = 0; i < kSpineStates; ++i) after += settled[i] * week[i][j];
    CHECK(std::abs(after - settled[j]) < 1e-15);
    for (std::size_t i = 0; i < kSpineStates; ++i) CHECK(std::abs(decades[i][j] - settled[j]) < 1e-13);
  }
}

TEST_CASE("settled shares have the ratios of the rates, by hand", "[law]") {
  // formation / elimination = 0.5, unsilencing / silencing = 2, potentiation / depression = 0.5:
  // 1 : 0.5 : 1 : 0.5, and with twice the plasticity 1 : 1 : 2 : 2.
  auto const rest = settled_spines(spine_params(), 1, 1);
  CHECK(rest[0] == Approx(1 / 3.0).epsilon(1e-14));
  CHECK(rest[1] == Approx(1 / 6.0).epsilon(1e-14));
  CHECK(rest[2] == Approx(1 / 3.0).epsilon(1e-14));
  CHECK(rest[3] == Approx(1 / 6.0).epsilon(1e-14));
  auto const plastic = settled_spines(spine_params(), 1, 2);
  CHECK(plastic[0] == Approx(1 / 6.0).epsilon(1e-14));
  CHECK(plastic[3] == Approx(1 / 3.0).epsilon(1e-14));
}

TEST_CASE("more plasticity never makes less of a spine, after any step and at last", "[law]") {
  auto const dt = GENERATE(3600.0, 3 * kDays, 60 * kDays);
  for (double low = 0; low < 5; low += 0.25) {
    auto const high = low + 0.25;
    auto const less = spine_transition(spine_params(), 1, low, Seconds{dt});
    auto const more = spine_transition(spine_params(), 1, high, Seconds{dt});
    for (std::size_t i = 0; i < kSpineStates; ++i) {
      CHECK(more[i][0] < less[i][0]);
      CHECK(more[i][0] + more[i][1] < less[i][0] + less[i][1]);
      CHECK(more[i][3] > less[i][3]);
    }
    CHECK(settled_spines(spine_params(), 1, high)[3] > settled_spines(spine_params(), 1, low)[3]);
    CHECK(settled_spines(spine_params(), 1, high)[0] < settled_spines(spine_params(), 1, low)[0]);
  }
}

TEST_CASE("as many spines are formed as are eliminated: lifetime is number over formation", "[law]") {
  auto const plasticity = GENERATE(0.5, 1.0, 2.5);
  auto const absent = settled_spines(spine_params(), 1, plasticity)[0];
  auto const formed = spine_params().formation.value() * plasticity * absent;
  CHECK(spine_lifetime(spine_params(), plasticity).value() == Approx((1 - absent) / formed).epsilon(1e-14));
  CHECK(spine_lifetime(spine_params(), 1).value() ==
        Approx(16 * kDays).epsilon(1e-14));  // 4 d (1 + 2 (1 + 1/2))
}

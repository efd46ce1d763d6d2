/// The transit through a tube, by each engine, against closed forms and an independent solution. Each bound
/// is also shown to refuse a parameter 2 % off.
///
/// Some fifty checks of |Z| <= 5 or as rare (6e-7 each): this file fails for no reason with a probability
/// below 1e-4. Seeds are fixed.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "core/transport/engine.h"
#include "core/transport/tube.h"
#include "tests/statistics/bounds.h"
#include "tests/unit/core/transport/body_brain.h"

using namespace myoaxis;

namespace {

/// A slow one, so that whole seconds resolve its transit: Pe_L = 40, mean 100 s, standard deviation 22 s.
constexpr double kDispersion = 2.5e-10;
TubeParams slow_tube() {
  TubeParams tube{Meters{1e-3}, Meters{3e-6}, MetersPerSecond{1e-5}, SquareMetersPerSecond{0},
                  PerSecond{0.004}};
  // D (1 + (U a / D)^2 / 48) = D_eff, solved for the larger D.
  auto const shear = 1e-5 * 3e-6;
  auto const root = std::sqrt(kDispersion * kDispersion - shear * shear / 12);
  tube.diffusion = SquareMetersPerSecond{(kDispersion + root) / 2};
  return tube;
}

constexpr std::int64_t kStep = 2;  // s
constexpr int kSteps = 400;
constexpr double kTubeQuanta = 1'000'000;
constexpr std::size_t kTubeCells = 160;

/// Shares of the input that left by the outlet, and that decayed, until the end of each step.
struct Outflow {
  double input = 0;
  std::vector<double> left;
  std::vector<double> decayed;
};

Outflow outflow_of(TubeParams const& tube, Engine engine, std::uint64_t seed,
                   std::size_t number = kTubeCells) {
  Layout plain;
  std::vector<CellId> cells;
  for (std::size_t i = 0; i < number; ++i)
    cells.push_back(plain.add_cell("tube " + std::to_string(i), Representation::packets));
  auto const outlet = plain.add_sink("outlet", Representation::packets);
  auto const decayed = plain.add_sink("decayed", Representation::packets);
  Generator rates{plain};
  add_tube(rates, tube, cells, outlet);
  add_tube_decay(rates, tube, cells, decayed);
  auto const layout = layout_for(engine, plain);
  auto const kind = kind_of("solute", seed, 1);
  Freight const freight{engine, kind, layout};
  StepTables const tables{layout, tables_of(plain, rates, kStep).propagator};
  std::vector<double> initial(number, 0.0);
  initial[0] = kTubeQuanta;
  auto load = make_load(freight, initial, 0, Tick{0});
  Outflow outflow{content_of(load, freight)[0], {}, {}};
  auto const share = [&](SinkId sink) {
    auto const i = sink.index();
    auto const gone = engine == Engine::mean ? load.field.ledger.cleared[i]
                                             : static_cast<double>(load.cargo.ledger.cleared[i]);
    return gone / outflow.input;
  };
  for (int i = 0; i < kSteps; ++i) {
    advance_load(load, freight, tables, {Tick{i * kStep}, kStep}, {});
    outflow.left.push_back(share(outlet));
    outflow.decayed.push_back(share(decayed));
  }
  return outflow;
}

/// Moments of the transit from its distribution at every step. The trapezoids of t (1 - F) miss step^2/12 at
/// t = 0; elsewhere they are exact to any order.
struct TubeTransit {
  double mean = 0, variance = 0;
};
TubeTransit moments(std::vector<double> const& distribution) {
  constexpr double step = kStep;
  TubeTransit transit{step / 2, step * step / 6};
  for (std::size_t i = 0; i < distribution.size(); ++i) {
    auto const still = 1 - distribution[i] / distribution.back();
    transit.mean += step * still;
    transit.variance += 2 * step * step * static_cast<double>(i + 1) * still;
  }
  transit.variance -= transit.mean * transit.mean;
  return transit;
}

/// Distribution of the transit without decay, from no cells at all: the Laplace transform of its density,
/// `survival` as a function of s, has simple poles at s tau = -(Pe^2/4 + b_n^2)/Pe, where b_n is the root of
/// b + 2 atan(2 b/Pe) = n pi. Their residues give
///
///     1 - F(t) = sum_n (-1)^(n+1) 2 b_n^2 Pe / ((Pe^2/4 + b_n^2 + Pe)(Pe^2/4 + b_n^2)) exp(Pe/2 + s_n t)
class ClosedTube {
 public:
  explicit ClosedTube(TubeParams const& tube)
      : peclet_{axial_peclet(tube)}, mean_{mean_transit(tube).value()} {
    for (int n = 1; n <= kModes; ++n) roots_.push_back(root(n));
  }

  double operator()(double t) const {
    if (t < 0.05 * mean_) return 0;  // below 1e-30 there, where the series cancels
    auto const half = peclet_ / 2;
    double remaining = 0;
    for (int n = 0; n < kModes; ++n) {
      auto const b = roots_[static_cast<std::size_t>(n)];
      auto const decay = (half * half + b * b) / peclet_;
      auto const sign = n % 2 == 0 ? 1.0 : -1.0;
      auto const weight = 2 * b * b / ((b * b + half * half + peclet_) * (b * b + half * half));
      remaining += sign * weight * peclet_ * std::exp(half - decay * t / mean_);
    }
    return 1 - remaining;
  }

 private:
  static constexpr int kModes = 400;

  /// b_n, between (n - 1) pi and n pi, by bisection.
  double root(int n) const {
    auto low = (n - 1) * std::numbers::pi, high = n * std::numbers::pi;
    for (int i = 0; i < 100; ++i) {
      auto const b = (low + high) / 2;
      auto const phase = b + 2 * std::atan(2 * b / peclet_) - n * std::numbers::pi;
      (phase < 0 ? low : high) = b;
    }
    return (low + high) / 2;
  }

  double peclet_;
  double mean_;
  std::vector<double> roots_;
};

}  // namespace

TEST_CASE("the distribution of the transit is the same from cells and from eigenfunctions", "[law]") {
  auto tube = slow_tube();
  tube.decay = PerSecond{0};
  ClosedTube const exact{tube};
  auto fast = tube;
  fast.velocity = MetersPerSecond{1.02 * tube.velocity.value()};
  auto const largest_error = [&](std::size_t cells, auto const& reference) {
    auto const found = outflow_of(tube, Engine::mean, 1, cells).left;
    double largest = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
      auto const t = static_cast<double>(kStep) * static_cast<double>(i + 1);
      largest = std::max(largest, std::abs(found[i] - reference(t)));
    }
    return largest;
  };
  auto const error = largest_error(160, exact);
  CAPTURE(error);
  CHECK(error < 3e-4);
  CHECK(std::log2(largest_error(80, exact) / error) == Approx(2).margin(0.1));
  CHECK(largest_error(160, ClosedTube{fast}) > 3e-4);
}

TEST_CASE("the transit through a tube has the mean and the variance of the closed form", "[statistical]") {
  auto const engine = GENERATE(Engine::particles, Engine::counts, Engine::mean);
  auto tube = slow_tube();
  tube.decay = PerSecond{0};
  auto const outflow = outflow_of(tube, engine, 2);
  REQUIRE(outflow.left.back() > 1 - 1e-5);
  auto const transit = moments(outflow.left);
  auto const mean = mean_transit(tube).value(), variance = transit_variance(tube);
  auto const is_mean = engine == Engine::mean;
  auto const mean_error = is_mean ? 1e-7 * mean : std::sqrt(variance / outflow.input);
  // With a skewness of 3 sqrt(2/Pe_L) the excess kurtosis is 30/Pe_L as of an inverse Gaussian.
  auto const kurtosis = 2 + 30 / axial_peclet(tube);
  auto const variance_error = is_mean ? 1e-4 * variance : variance * std::sqrt(kurtosis / outflow.input);
  CAPTURE(static_cast<int>(engine), transit.mean, mean, transit.variance, variance);
  CHECK(deviation(transit.mean, mean, mean_error) < kZ);
  CHECK(deviation(transit.mean, 1.02 * mean, mean_error) > kZ);
  CHECK(deviation(transit.variance, variance, variance_error) < kZ);
  auto diffuse = tube;
  diffuse.diffusion = SquareMetersPerSecond{1.02 * tube.diffusion.value()};
  CHECK(deviation(transit.variance, transit_variance(diffuse), variance_error) > kZ);
}

TEST_CASE("the transit through a tube has the distribution of the exact solution", "[statistical]") {
  auto const engine = GENERATE(Engine::particles, Engine::counts);
  auto tube = slow_tube();
  tube.decay = PerSecond{0};
  auto const outflow = outflow_of(tube, engine, 3);
  auto const chi = [&](TubeParams const& reference) {
    ClosedTube const exact{reference};
    std::vector<double> observed, probabilities;
    double seen = 0, sum = 0;
    for (std::size_t i = 0; i < outflow.left.size(); ++i) {
      auto const now = std::round(outflow.left[i] * outflow.input);
      auto const next = std::max(sum, exact(static_cast<double>(kStep) * static_cast<double>(i + 1)));
      observed.push_back(now - seen);
      probabilities.push_back(next - sum);
      seen = now;
      sum = next;
    }
    observed.push_back(outflow.input - seen);
    probabilities.push_back(1 - sum);
    return chi_square(observed, probabilities);
  };
  auto const right = chi(tube);
  CAPTURE(static_cast<int>(engine), right.value, right.freedom);
  CHECK(right.within_bound());
  auto fast = tube, diffuse = tube;
  fast.velocity = MetersPerSecond{1.02 * tube.velocity.value()};
  diffuse.diffusion = SquareMetersPerSecond{1.02 * tube.diffusion.value()};
  CHECK_FALSE(chi(fast).within_bound());
  CHECK_FALSE(chi(diffuse).within_bound());
}

TEST_CASE("what decays in a tube and what survives it are as the closed form says", "[statistical]") {
  auto const engine = GENERATE(Engine::particles, Engine::counts, Engine::mean);
  auto const tube = slow_tube();
  auto const outflow = outflow_of(tube, engine, 4);
  auto const expected = survival(tube).value();
  auto faster = tube;
  faster.decay = PerSecond{1.02 * tube.decay.value()};
  auto const error = engine == Engine::mean ? 1e-6 : std::sqrt(expected * (1 - expected) / outflow.input);
  CAPTURE(static_cast<int>(engine), expected, outflow.left.back());
  CHECK(outflow.left.back() + outflow.decayed.back() == Approx(1).margin(1e-6));
  CHECK(deviation(outflow.left.back(), expected, error) < kZ);
  CHECK(deviation(outflow.left.back(), survival(faster).value(), error) > kZ);
}

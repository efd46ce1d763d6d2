#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "core/transport/field.h"
#include "tests/unit/core/transport/one_propagator.h"

using namespace myoaxis;

namespace {

/// Plasma and brain joined by a reversible carrier (Michaelis-Menten on both sides), a slow leak, an organ
/// and a source. All of it in units near 1.
struct Carrier {
  Layout layout;
  CellId plasma = layout.add_cell("plasma", Representation::packets);
  CellId brain = layout.add_cell("brain", Representation::counts);
  SinkId organ = layout.add_sink("organ", Representation::packets);
  std::vector<FieldFlow> constant{{plasma, 0.02, 0}};

  Generator generator() const {
    Generator rates{layout};
    rates.add(plasma, organ, PerSecond{0.004});
    rates.add(plasma, brain, PerSecond{0.001});
    rates.add(brain, plasma, PerSecond{0.002});
    return rates;
  }
  static double flux(std::span<double const> content) {
    constexpr double fastest = 0.05, half = 1.5;
    return fastest * (content[0] / (half + content[0]) - content[1] / (half + content[1]));
  }
  std::vector<FieldFlow> flows(std::span<double const> content) const {
    return {{plasma, -flux(content)}, {brain, flux(content)}};
  }
  Field start() const { return make_field(layout, std::vector<double>{5, 0.2}, 1); }

  Field run(std::int64_t duration, std::int64_t length) const {
    auto const step = propagator_of(generator(), length);
    auto field = start();
    for (std::int64_t t = 0; t < duration; t += length) {
      auto const all = midpoint_flows(field, layout, step, constant,
                                      [&](std::span<double const> content) { return flows(content); });
      advance_field(field, "lactate", layout, step, Step{Tick{t}, length}, all);
    }
    return field;
  }
  /// The same equations by the classical Runge-Kutta method.
  std::array<double, 2> reference(double duration, int steps) const {
    using State = std::array<double, 2>;
    auto const slope = [](State const& x) {
      auto const net = flux(x) + 0.001 * x[0] - 0.002 * x[1];
      return State{0.02 - 0.004 * x[0] - net, net};
    };
    auto const plus = [](State const& x, double h, State const& v) {
      return State{x[0] + h * v[0], x[1] + h * v[1]};
    };
    auto const h = duration / steps;
    State x{5, 0.2};
    for (int i = 0; i < steps; ++i) {
      auto const k1 = slope(x), k2 = slope(plus(x, h / 2, k1)), k3 = slope(plus(x, h / 2, k2)),
                 k4 = slope(plus(x, h, k3));
      x = plus(plus(x, h / 6, plus(k1, 2, k2)), h / 6, plus(k4, 2, k3));
    }
    return x;
  }
};

}  // namespace

TEST_CASE("the midpoint rule on a reversible carrier is of second order", "[law]") {
  Carrier const carrier;
  auto const exact = carrier.reference(128, 128'000);
  auto const error = [&](std::int64_t length) { return carrier.run(128, length).content[1] - exact[1]; };
  auto const length = GENERATE(std::int64_t{8}, std::int64_t{4}, std::int64_t{2});
  auto const ratio = error(length) / error(length / 2);
  CAPTURE(length, error(length), ratio);
  CHECK(ratio == Approx(4).epsilon(0.1));
  CHECK(std::abs(error(1)) < 2e-5 * exact[1]);
}

TEST_CASE("a carrier of long standing leaves what its equations demand", "[law]") {
  Carrier const carrier;
  auto const field = carrier.run(16'384, 16);
  auto const net = Carrier::flux(field.content) + 0.001 * field.content[0] - 0.002 * field.content[1];
  CHECK(std::abs(net) < 1e-12);
  CHECK(field.content[0] == Approx(0.02 / 0.004).epsilon(1e-10));
  CHECK(std::abs(imbalance(field)) < 1e-15 * field.ledger.turnover());
}

TEST_CASE("constant flows are kept, the others are read at the start and again at the mean") {
  Carrier const carrier;
  auto const step = propagator_of(carrier.generator(), 8);
  int calls = 0;
  auto const flows = midpoint_flows(carrier.start(), carrier.layout, step, carrier.constant,
                                    [&](std::span<double const> content) {
                                      ++calls;
                                      CHECK((calls == 1) == (content[0] == 5));
                                      return carrier.flows(content);
                                    });
  CHECK(calls == 2);
  REQUIRE(flows.size() == 3);
  CHECK(flows[0].rate == 0.02);
  CHECK(flows[0].source == std::size_t{0});
  CHECK(flows[1].rate == -flows[2].rate);
}

#include "core/transport/tube.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

using namespace myoaxis;

namespace {

/// A capillary with a blood-borne protein in it.
constexpr TubeParams kCapillary{Meters{1e-3}, Meters{3e-6}, MetersPerSecond{5e-4},
                                SquareMetersPerSecond{7.2e-11}, PerSecond{0.2}};

/// A short one whose ends matter: U L / D_eff is about 7.
constexpr TubeParams kShort{Meters{1e-5}, Meters{3e-6}, MetersPerSecond{5e-4}, SquareMetersPerSecond{7.2e-11},
                            PerSecond{20}};

struct TubeChain {
  Layout layout;
  std::vector<CellId> cells;
  SinkId outlet = layout.add_sink("outlet", Representation::counts);
  SinkId decayed = layout.add_sink("decayed", Representation::counts);

  explicit TubeChain(std::size_t number) {
    for (std::size_t i = 0; i < number; ++i)
      cells.push_back(layout.add_cell("tube " + std::to_string(i + 1), Representation::counts));
  }
  Generator generator(TubeParams const& tube) const {
    Generator rates{layout};
    add_tube(rates, tube, cells, outlet);
    return rates;
  }
};

struct TubeTransit {
  double mean = 0;
  double variance = 0;
  double survival = 0;
};

/// Of the chain itself, by linear algebra: with N = -Q^-1 the moments are e1 N 1 and 2 e1 N N 1.
TubeTransit tube_transit(TubeParams const& tube, std::size_t cells) {
  TubeChain const chain{cells};
  auto rates = chain.generator(tube);
  std::vector<double> inflow(cells, 0.0);
  inflow.front() = 1;
  auto const once = stationary_content(rates, inflow);
  auto const twice = stationary_content(rates, once);
  TubeTransit transit;
  transit.mean = std::accumulate(once.begin(), once.end(), 0.0);
  transit.variance = 2 * std::accumulate(twice.begin(), twice.end(), 0.0) - transit.mean * transit.mean;
  add_tube_decay(rates, tube, chain.cells, chain.decayed);
  transit.survival = stationary_content(rates, inflow).back() * tube_rates(tube, cells).outflow.value();
  return transit;
}

}  // namespace

TEST_CASE("dispersion in a capillary follows Taylor and Aris", "[law]") {
  // Pe = 5e-4 x 3e-6 / 7.2e-11 = 20.8333; Pe^2 / 48 = 9.04225.
  CHECK(radial_peclet(kCapillary) == Approx(20.833333));
  CHECK(effective_dispersion(kCapillary).value() == Approx(7.2e-11 * 10.042245));
  CHECK(axial_peclet(kCapillary) == Approx(5e-7 / (7.2e-11 * 10.042245)));
  auto slow = kCapillary;
  slow.velocity = MetersPerSecond{1e-9};
  CHECK(effective_dispersion(slow).value() == Approx(7.2e-11));
}

TEST_CASE("a tube tells whether it is long enough for one dispersion coefficient", "[law]") {
  // 20.8333 x 3 um / 14.682 = 4.257 um.
  CHECK(development_length(kCapillary).value() == Approx(4.257e-6).epsilon(1e-3));
  CHECK(dispersion_holds(kCapillary));
  CHECK_FALSE(dispersion_holds(kShort));
  auto artery = kCapillary;
  artery.radius = Meters{1e-3};
  artery.length = Meters{0.1};
  CHECK_FALSE(dispersion_holds(artery));
}

TEST_CASE("the fewest cells of a tube leave nothing to exchange but what rounds up", "[law]") {
  auto const fewest = cells_needed(kCapillary);
  CHECK(fewest == static_cast<std::size_t>(std::ceil(axial_peclet(kCapillary) / 2)));
  CHECK(tube_rates(kCapillary, fewest).backward.value() >= 0);
  auto const h = 1e-3 / static_cast<double>(fewest - 1);
  CHECK(effective_dispersion(kCapillary).value() < 5e-4 * h / 2);
  CHECK(tube_rates(kCapillary, fewest).backward.value() <
        0.01 * tube_rates(kCapillary, fewest).forward.value());
}

TEST_CASE("rates between the cells of a tube have its drift and its dispersion", "[law]") {
  for (auto const cells : {400u, 800u}) {
    auto const rates = tube_rates(kCapillary, cells);
    auto const h = 1e-3 / cells;
    CHECK(h * (rates.forward.value() - rates.backward.value()) == Approx(5e-4));
    CHECK(h * h * (rates.forward.value() + rates.backward.value()) / 2 ==
          Approx(effective_dispersion(kCapillary).value()));
    CHECK(rates.outflow.value() == Approx(5e-4 / h));
    CHECK(cell_volume(kCapillary, cells).value() * cells == Approx(9e-12 * 3.14159265 * 1e-3));
  }
}

TEST_CASE("a chain of cells has the mean transit of its tube exactly, whatever their number", "[law]") {
  for (auto const cells : {4u, 5u, 40u}) {
    CHECK(tube_transit(kShort, cells).mean == Approx(mean_transit(kShort).value()).epsilon(1e-12));
  }
  CHECK(tube_transit(kCapillary, 400).mean == Approx(2).epsilon(1e-11));
}

TEST_CASE("variance and survival converge to the closed forms with order two", "[law]") {
  auto const variance = transit_variance(kShort), survived = survival(kShort).value();
  double last_variance = 0, last_survival = 0;
  for (auto const cells : {16u, 32u, 64u, 128u, 256u}) {
    auto const chain = tube_transit(kShort, cells);
    auto const variance_error = std::abs(chain.variance - variance) / variance;
    auto const survival_error = std::abs(chain.survival - survived) / survived;
    CAPTURE(cells, variance_error, survival_error);
    if (cells > 16) {
      CHECK(std::log2(last_variance / variance_error) == Approx(2).margin(0.1));
      CHECK(std::log2(last_survival / survival_error) == Approx(2).margin(0.1));
    }
    last_variance = variance_error;
    last_survival = survival_error;
  }
  CHECK(last_variance < 2e-3);
  CHECK(last_survival < 2e-3);
}

TEST_CASE("the fewest cells meet variance and survival of a capillary within two thousandths", "[law]") {
  auto const chain = tube_transit(kCapillary, cells_needed(kCapillary));
  CHECK(chain.variance == Approx(transit_variance(kCapillary)).epsilon(2e-3));
  CHECK(chain.survival == Approx(survival(kCapillary).value()).epsilon(2e-3));
  auto wider = kCapillary;
  wider.radius = Meters{1.02 * 3e-6};
  CHECK_FALSE(chain.variance == Approx(transit_variance(wider)).epsilon(2e-3));
  auto faster = kCapillary;
  faster.decay = PerSecond{1.02 * 0.2};
  CHECK_FALSE(chain.survival == Approx(survival(faster).value()).epsilon(2e-3));
}

TEST_CASE("variance and survival have the limits of plug flow and of a mixed vessel", "[law]") {
  auto plug = kCapillary;
  plug.length = Meters{1};
  plug.decay = PerSecond{1e-3};
  CHECK(survival(plug).value() == Approx(std::exp(-2)).epsilon(1e-3));
  CHECK(transit_variance(plug) < 1e-5 * std::pow(mean_transit(plug).value(), 2));
  auto mixed = kCapillary;
  mixed.length = Meters{1e-12};
  auto const mean = mean_transit(mixed).value();
  mixed.decay = PerSecond{1 / mean};
  CHECK(survival(mixed).value() == Approx(0.5).epsilon(1e-5));
  CHECK(transit_variance(mixed) == Approx(mean * mean).epsilon(1e-5));
  mixed.decay = PerSecond{0};
  CHECK(survival(mixed).value() == 1);
}

TEST_CASE("the decay's moments are those of the transit: survival is its Laplace transform", "[law]") {
  auto tube = kShort;
  auto const at = [&](double k) {
    tube.decay = PerSecond{k};
    return std::log(survival(tube).value());
  };
  auto const k = 0.1;  // k tau = 0.002
  CHECK((at(0) - at(k)) / k == Approx(mean_transit(tube).value()).epsilon(2e-3));
  CHECK((at(2 * k) - 2 * at(k) + at(0)) / (k * k) == Approx(transit_variance(tube)).epsilon(1e-2));
}

TEST_CASE("the variance of a short tube is the same from its series as from its closed form", "[law]") {
  auto tube = kShort;
  auto const relative = [&](double peclet) {
    tube.length = Meters{peclet * effective_dispersion(tube).value() / 5e-4};
    return transit_variance(tube) / std::pow(mean_transit(tube).value(), 2);
  };
  CHECK(relative(0.99e-4) == Approx(relative(1.01e-4)).epsilon(1e-6));
}

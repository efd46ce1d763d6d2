#include "core/transport/graph.h"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "core/address.h"
#include "tests/unit/core/aborts.h"
#include "tests/unit/core/transport/body_brain.h"

using namespace myoaxis;

TEST_CASE("places are the cells, then the sinks") {
  BodyBrain const body;
  auto const& layout = body.layout;
  CHECK(layout.cells() == 4);
  CHECK(layout.sinks() == 2);
  CHECK(layout.places() == 6);
  CHECK(layout.place(body.niche) == 2);
  CHECK(layout.place(body.uptake) == 5);
  CHECK(layout.kept_as(layout.place(body.tissue)) == Representation::packets);
  CHECK(layout.kept_as(layout.place(body.niche)) == Representation::counts);
  CHECK(layout.kept_as(layout.place(body.organ)) == Representation::packets);
  CHECK(layout.kept_as(layout.place(body.uptake)) == Representation::counts);
}

TEST_CASE("places are found by their names, cells and sinks apart") {
  BodyBrain const body;
  CHECK(body.layout.find_cell("niche") == body.niche);
  CHECK(body.layout.find_sink("organ") == body.organ);
  CHECK_FALSE(body.layout.find_cell("organ"));
  CHECK_FALSE(body.layout.find_sink("niche"));
  CHECK(body.layout.name(body.fluid) == "fluid");
  CHECK(body.layout.name(body.uptake) == "uptake");
}

TEST_CASE("the key of a cell is that of its name, wherever it stands", "[reproducible]") {
  Layout layout;
  layout.add_cell("another", Representation::packets);
  auto const niche = layout.add_cell("niche", Representation::counts);
  CHECK(layout.key(niche) == name_key("niche"));
  BodyBrain const body;
  CHECK(body.layout.key(body.niche) == layout.key(niche));
}

TEST_CASE("rates of one pair add up, and a rate of 0 is none", "[law]") {
  BodyBrain const body;
  Generator rates{body.layout};
  rates.add(body.blood, body.niche, PerSecond{0.25});
  rates.add(body.blood, body.niche, PerSecond{0.5});
  rates.add(body.blood, body.organ, PerSecond{1});
  rates.add(body.tissue, body.organ, PerSecond{0});
  CHECK(rates.rates().size() == 3);
  CHECK(rates.exit_rates() == std::vector<double>{1.75, 0, 0, 0});
}

TEST_CASE("the stationary content of two compartments is that of the hand-solved system", "[law]") {
  Layout layout;
  auto const plasma = layout.add_cell("plasma", Representation::packets);
  auto const tissue = layout.add_cell("tissue", Representation::packets);
  auto const kidney = layout.add_sink("kidney", Representation::packets);
  Generator rates{layout};
  constexpr double out = 0.5, back = 0.25, clearance = 0.125;
  rates.add(plasma, tissue, PerSecond{out});
  rates.add(tissue, plasma, PerSecond{back});
  rates.add(plasma, kidney, PerSecond{clearance});
  // Source in the tissue: all of it passes the plasma, so plasma = s / clearance, tissue = (s + out plasma) /
  // back.
  auto const content = stationary_content(rates, {0.0, 3.0});
  CHECK(content[0] == Approx(24).epsilon(1e-14));
  CHECK(content[1] == Approx(60).epsilon(1e-14));
  auto const nothing = stationary_content(rates, {0.0, 0.0});
  CHECK(nothing == std::vector<double>{0, 0});
}

TEST_CASE("the stationary state is kept by the step", "[law]") {
  BodyBrain const body;
  auto const rates = body.generator();
  std::vector<double> const source{5, 1, 0, 2};
  auto const content = stationary_content(rates, source);
  auto const tables = tables_of(body.layout, rates, 64);
  for (std::size_t to = 0; to < 4; ++to) {
    double after = 0;
    for (std::size_t from = 0; from < 4; ++from) {
      auto const cell = id_at<CellId>(from);
      after += content[from] * tables.propagator.at_end.row(cell)[to] +
               64 * source[from] * tables.propagator.average.row(cell)[to];
    }
    CHECK(after == Approx(content[to]).epsilon(1e-12));
  }
}

TEST_CASE("a cell without a way out has no stationary state") {
  Layout layout;
  auto const plasma = layout.add_cell("plasma", Representation::packets);
  auto const trap = layout.add_cell("trap", Representation::packets);
  auto const kidney = layout.add_sink("kidney", Representation::packets);
  Generator rates{layout};
  rates.add(plasma, trap, PerSecond{0.3});
  rates.add(plasma, kidney, PerSecond{0.1});
  CHECK_THROWS_AS(stationary_content(rates, {1.0, 0.0}), std::runtime_error);
}

TEST_CASE("a ring of cells that reaches no sink has no stationary state") {
  // Rates with rounding errors: the pivot of the singular system need not be an exact 0.
  auto const slow = GENERATE(0.1, 0.3, 0.7, 1e-6);
  Layout layout;
  auto const plasma = layout.add_cell("plasma", Representation::packets);
  auto const kidney = layout.add_sink("kidney", Representation::packets);
  Generator rates{layout};
  std::vector<CellId> ring;
  for (auto const* name : {"first", "second", "third", "fourth"})
    ring.push_back(layout.add_cell(name, Representation::packets));
  rates.add(plasma, kidney, PerSecond{0.1});
  rates.add(plasma, ring[0], PerSecond{0.2});
  for (std::size_t i = 0; i < ring.size(); ++i) {
    rates.add(ring[i], ring[(i + 1) % ring.size()], PerSecond{slow * (1.1 + static_cast<double>(i))});
    rates.add(ring[(i + 1) % ring.size()], ring[i], PerSecond{slow / (3.3 + static_cast<double>(i))});
  }
  CAPTURE(slow);
  CHECK_THROWS_AS(stationary_content(rates, std::vector<double>(layout.cells(), 1.0)), std::runtime_error);
}

#ifdef MYOAXIS_CONTRACTS
TEST_CASE("two cells of one name, negative rates and loops break the contract of a graph") {
  CHECK(aborts([] { BodyBrain{}.layout.add_cell("niche", Representation::counts); }));
  BodyBrain const body;
  Generator rates{body.layout};
  CHECK(aborts([&] { rates.add(body.blood, body.niche, PerSecond{-1}); }));
  CHECK(aborts([&] { rates.add(body.blood, body.blood, PerSecond{1}); }));
}
#endif

#include "agents/model.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "tests/support/step_reports.h"

using namespace myoaxis;
using test::day_model;

namespace {

/// Release into each cell at rest, quanta/s.
std::vector<double> rest_release(FactorModel const& factor) {
  std::vector<double> release(factor.layout.cells(), 0.0);
  for (std::size_t i = 0; i < factor.sources.size(); ++i) {
    for (auto const& target : factor.sources[i].targets) release[target.cell.index()] += target.rest_rate;
    if (!factor.sources[i].fiber_cell) continue;
    release[factor.sources[i].fiber_cell->index()] += factor.params.sources[i].fibers.basal.value() *
                                                      day_model().body.bed("muscle.working").mass.value() *
                                                      factor.quanta_per_kilogram();
  }
  return release;
}

}  // namespace

TEST_CASE("the content at rest is stationary: every cell gains what it loses", "[law][conservation]") {
  for (auto const& factor : day_model().factors) {
    auto const generator = body_generator(day_model().body_params(), day_model().body, factor.params,
                                          factor.layout, Intensity{0});
    auto const exits = generator.exit_rates();
    auto gain = rest_release(factor);
    for (auto const& rate : generator.rates()) {
      if (rate.to < gain.size()) gain[rate.to] += rate.per_second * factor.rest_content[rate.from];
    }
    for (std::size_t i = 0; i < gain.size(); ++i) {
      CAPTURE(factor.params.name, factor.layout.name(id_at<CellId>(i)));
      CHECK(gain[i] == Approx(exits[i] * factor.rest_content[i]).epsilon(1e-9));
    }
  }
}

TEST_CASE("the mouse at rest has the levels of its sources over their clearances", "[law][baseline]") {
  auto const& body = day_model().body;
  for (auto const& factor : day_model().factors) {
    auto const level =
        factor.concentration(factor.rest_content[body.arteries.last().index()], body.arteries.plasma.back());
    CAPTURE(factor.params.name, level.value());
    // 1 pg/ml = 1e-9 kg/m^3. BDNF: 10.6 pg/min over 1.0 ml/min, of which little crosses the barrier and as
    // little comes back.
    CHECK(level.value() == Approx(factor.params.name == "il6" ? 5e-9 : 10.6e-9)
                               .epsilon(factor.params.name == "il6" ? 0.01 : 0.03));
  }
}

TEST_CASE("a source's targets share its rate by mass", "[conservation]") {
  for (auto const& factor : day_model().factors) {
    for (std::size_t i = 0; i < factor.sources.size(); ++i) {
      auto const& source = factor.params.sources[i];
      if (!source.rate) continue;
      double sum = 0;
      for (auto const& target : factor.sources[i].targets) sum += target.rest_rate;
      CAPTURE(factor.params.name, source.name);
      CHECK(sum / factor.quanta_per_kilogram() == Approx(source.rate->value()).epsilon(1e-12));
    }
  }
}

TEST_CASE("a quantum is a power of two of molecules, one when few are enough", "[law]") {
  for (auto const& factor : day_model().factors) {
    CHECK(factor.quantum >= 1);
    CHECK(std::exp2(std::round(std::log2(factor.quantum))) == factor.quantum);
    CHECK(*std::max_element(factor.rest_content.begin(), factor.rest_content.end()) < std::exp2(40.0 - 6));
  }
}

TEST_CASE("packets in flight at rest are as many as asked for", "[law]") {
  double packets = 0;
  for (auto const& factor : day_model().factors) {
    double in_body = 0;
    for (std::size_t i = 0; i < factor.layout.cells(); ++i) {
      if (factor.layout.kept_as(i) == Representation::packets) in_body += factor.rest_content[i];
    }
    packets += in_body / static_cast<double>(factor.kind.packet_weight);
  }
  CHECK(packets == Approx(500).epsilon(1e-3));
}

TEST_CASE("the weight of a packet depends neither on the calendar nor on interventions", "[reproducible]") {
  Model const rest{test::day_of_rest()};
  for (std::size_t i = 0; i < rest.factors.size(); ++i) {
    CHECK(rest.factors[i].kind.packet_weight == day_model().factors[i].kind.packet_weight);
    CHECK(rest.factors[i].quantum == day_model().factors[i].quantum);
  }
}

TEST_CASE("there is a propagator for every state of flow and every step of the plan", "[law]") {
  auto const lengths = day_model().planner.summarize(day_model().begin()).lengths;
  CHECK(day_model().ladder.size() == 8);
  for (auto const& factor : day_model().factors) {
    for (std::size_t state = 0; state < 8; ++state) {
      for (auto const length : lengths) {
        // Long steps come only when the circulation is at rest again.
        if (state > 0 && length > 32) continue;
        CHECK(factor.tables(state, length).propagator.seconds == length);
      }
    }
  }
}

TEST_CASE("the plan of propagators is told before they are made and is what is made", "[law]") {
  auto const experiment = day_model().experiment;
  std::vector<PropagatorPlan> told;
  Model const again{experiment, nullptr, [&](PropagatorPlan const& plan) { told.push_back(plan); }};
  REQUIRE(told.size() == 1);
  std::size_t bytes = 0;
  std::size_t number = 0;
  for (auto const& factor : again.factors) {
    for (std::size_t state = 0; state < again.ladder.size(); ++state) {
      for (std::int64_t length = 1; length <= kHour; ++length) {
        auto const* tables = factor.find_tables(state, length);
        if (!tables) continue;
        ++number;
        bytes += tables->propagator.bytes();
      }
    }
  }
  CHECK(told.front().number == number);
  CHECK(told.front().bytes == bytes);
}

TEST_CASE("propagators beyond their memory are refused before any is made") {
  auto experiment = day_model().experiment;
  experiment.transport.propagator_gigabytes = Number{1e-6};
  CHECK_THROWS_AS(Model{experiment}, BudgetError);
  CHECK_THROWS_WITH(Model{experiment}, Catch::Contains("transport.propagator_gigabytes"));
}

TEST_CASE("receptors at rest are occupied as the contents of their tissue say", "[law]") {
  for (auto const& factor : day_model().factors) {
    for (std::size_t i = 0; i < day_model().body.tissues.size(); ++i) {
      auto const& tissue = day_model().body.tissues[i];
      auto const kilograms = factor.rest_content[tissue.cell.index()] / factor.quanta_per_kilogram();
      auto const moles = kilograms / factor.params.molar_mass.value() * factor.params.free_fraction.value();
      auto const free = moles / (0.2e-3 * tissue.mass.value());  // 0.2 ml/g of interstitium
      CHECK(factor.rest_occupancy[i] ==
            Approx(free / (free + factor.params.dissociation.value())).epsilon(1e-9));
    }
  }
}

TEST_CASE("free BDNF of the dentate at rest lies near its dissociation constant", "[law][baseline]") {
  for (auto const& factor : day_model().factors) {
    if (factor.params.name != "bdnf") continue;
    CHECK(factor.rest_occupancy[0] > 0.2);
    CHECK(factor.rest_occupancy[0] < 0.6);
  }
}

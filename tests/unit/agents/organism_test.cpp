#include "agents/organism.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "tests/support/runs.h"

using namespace myoaxis;

namespace {

constexpr Tick kAfterRun{kHour + 2400 + 600};

Model const& day() {
  static Model const model{test::day_with_run()};
  return model;
}

}  // namespace

TEST_CASE("another seed and another subject give another state", "[reproducible]") {
  auto const state = [](std::uint64_t seed, std::uint64_t subject) {
    auto experiment = test::day_of_rest();
    experiment.luck = {seed, subject};
    return test::hash_of(test::run(experiment).organism);
  };
  auto const one = state(7, 0);
  CHECK(state(7, 0) == one);
  CHECK(state(8, 0) != one);
  CHECK(state(7, 1) != one);
}

TEST_CASE("the ledger of every factor closes in integers", "[conservation]") {
  auto const& model = day();
  auto organism = make_organism(model);
  test::advance_until(organism, model, kAfterRun, [&](StepReport const&) {
    for (auto const& state : organism.factors) {
      auto const totals = state.load.cargo.packets.weight;
      auto carried = std::accumulate(totals.begin(), totals.end(), std::int64_t{0});
      for (auto const quanta : state.load.cargo.counts.quanta) carried += quanta;
      auto const& ledger = state.load.cargo.ledger;
      REQUIRE(carried == ledger.initial + ledger.total_released() - ledger.total_cleared());
    }
  });
}

TEST_CASE("a session sets force, flow and release, and they fall back after it", "[law]") {
  auto const& model = day();
  auto organism = make_organism(model);
  auto const rest = organ_flows(model.experiment.organism.circulation, model.working_share, Intensity{0});
  StepReport running;
  StepReport after;
  test::advance_until(organism, model, Tick{6 * kHour}, [&](StepReport const& report) {
    if (report.step.end() == Tick{kHour + 2400}) running = report;
    after = report;
  });
  CHECK(running.oxygen.value() == 0.7);
  CHECK(running.target_force == Approx(0.7 * 0.35).epsilon(1e-12));
  CHECK(running.force >= running.target_force - 1e-9);
  CHECK(running.cardiac_output.value() == Approx((14 + 8 * 0.7) * 1e-6 / 60).epsilon(1e-6));
  CHECK(running.working_muscle_flow.value() > 3 * rest.working_muscle.value());
  CHECK(running.capacity < 1);
  CHECK(after.force == 0);
  CHECK(after.excitation == 0);
  CHECK(after.working_muscle_flow.value() == Approx(rest.working_muscle.value()).epsilon(1e-12));
  CHECK(after.capacity > running.capacity);
  for (std::size_t i = 0; i < model.factors.size(); ++i) {
    CHECK(running.factors[i].muscle_release > after.factors[i].muscle_release);
    CHECK(running.factors[i].occupancy_fold.size() == model.body.tissues.size());
  }
}

TEST_CASE("packets of a session name it and their fiber", "[law]") {
  auto const& model = day();
  auto const ran = test::run(model, kAfterRun);
  std::size_t of_fibers = 0;
  for (std::size_t f = 0; f < model.factors.size(); ++f) {
    auto const& packets = ran.organism.factors[f].load.cargo.packets;
    for (std::size_t i = 0; i < packets.size(); ++i) {
      auto const inside = packets.birth[i] > kHour && packets.birth[i] <= kHour + 2400;
      if (packets.source[i] < kInitial) CHECK((packets.session[i] == 0) == inside);
      if (packets.origin[i] == kNoOrigin) continue;
      ++of_fibers;
      CHECK(packets.origin[i] < ran.organism.fibers.size());
    }
  }
  CHECK(of_fibers > 0);
}

TEST_CASE("the hash sees every part of the state", "[reproducible]") {
  Model const model{test::day_of_rest()};
  auto const organism = make_organism(model);
  auto const before = test::hash_of(organism);
  CHECK(test::hash_of(make_organism(model)) == before);
  auto const changed = [&](auto&& change) {
    auto other = organism;
    change(other);
    return test::hash_of(other) != before;
  };
  CHECK(changed([](Organism& o) { o.now = o.now + 1; }));
  CHECK(changed([](Organism& o) { o.flow_response = 1e-300; }));
  CHECK(changed([](Organism& o) { o.fibers.fatigued.back() = 0.1; }));
  CHECK(changed([](Organism& o) { o.units.capacity.back() = 0.1; }));
  CHECK(changed([](Organism& o) { o.factors[0].load.cargo.packets.weight.back() += 1; }));
  CHECK(changed([](Organism& o) { o.factors[1].load.cargo.counts.quanta.back() += 1; }));
  CHECK(changed([](Organism& o) { o.factors[0].transcription[0].third = 0.1; }));
  CHECK(changed([](Organism& o) { o.neurons.hazard.back() += 0.1; }));
  CHECK(changed([](Organism& o) { o.signals.weighted_fold.back() = 0.1; }));
}

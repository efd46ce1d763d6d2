#include "agents/observation.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/runs.h"

using namespace myoaxis;

namespace {

Model const& model() {
  static Model const model{test::day_with_run()};
  return model;
}

Organism const& organism() {
  static Organism const organism = make_organism(model());
  return organism;
}

/// A step in which all factors have one level.
StepReport report(std::int64_t begin, std::int64_t seconds, double level, double force = 0) {
  StepReport report;
  report.step = {Tick{begin}, seconds};
  report.force = force;
  report.target_force = force > 0 ? 0.4 : 0;
  report.duty = force > 0 ? 0.5 : 0;
  report.capacity = 0.9;
  for (std::size_t i = 0; i < model().factors.size(); ++i) {
    FactorReport factor;
    factor.artery = KilogramsPerCubicMeter{level};
    factor.vein = KilogramsPerCubicMeter{2 * level};
    factor.tissue_content.assign(model().body.tissues.size(), 10.0);
    factor.occupancy_fold.assign(model().body.tissues.size(), 7.0);
    factor.occupancy_fold[0] = 1;
    factor.occupancy_fold[1] = 3;
    report.factors.push_back(std::move(factor));
  }
  return report;
}

void add_event(StepReport& report, EventKind kind, Stage stage) {
  report.events.time.push_back(0);
  report.events.cell.push_back(0);
  report.events.kind.push_back(static_cast<std::uint8_t>(kind));
  report.events.stage.push_back(static_cast<std::uint8_t>(stage));
  report.events.niche.push_back(0);
}

}  // namespace

TEST_CASE("observations are means over time, whatever the lengths of the steps", "[law]") {
  Observer observer{model()};
  observer.see(report(0, 30, 4e-9, 0.2));
  observer.see(report(30, 10, 8e-9, 0.6));
  auto const seen = observer.take(organism());
  CHECK(seen.force == Approx(0.3).epsilon(1e-12));
  CHECK(seen.capacity == 0.9);
  CHECK(seen.factors[0].artery == Approx(5e-9).epsilon(1e-12));
  CHECK(seen.factors[0].vein == Approx(10e-9).epsilon(1e-12));
  CHECK(seen.factors[0].occupancy_fold == Approx(2).epsilon(1e-12));
  CHECK(seen.factors[0].niche_content == Approx(20 * model().factors[0].quantum).epsilon(1e-12));
  CHECK(seen.cells == count_stages(organism().neurons));
}

TEST_CASE("taking an observation begins the next", "[law]") {
  Observer observer{model()};
  observer.see(report(0, 30, 4e-9));
  observer.take(organism());
  observer.see(report(30, 30, 7e-9));
  CHECK(observer.take(organism()).factors[0].artery == Approx(7e-9).epsilon(1e-12));
  CHECK(observer.take(organism()).factors[0].artery == 0);
}

TEST_CASE("births and deaths are counted by stage", "[law]") {
  Observer observer{model()};
  auto step = report(0, kDay, 1e-9);
  add_event(step, EventKind::birth, Stage::progenitor);
  add_event(step, EventKind::birth, Stage::progenitor);
  add_event(step, EventKind::death, Stage::immature);
  add_event(step, EventKind::transition, Stage::mature);
  observer.see(step);
  auto const seen = observer.take(organism());
  CHECK(seen.births[static_cast<std::size_t>(Stage::progenitor)] == 2);
  CHECK(seen.deaths[static_cast<std::size_t>(Stage::immature)] == 1);
  CHECK(seen.deaths[static_cast<std::size_t>(Stage::progenitor)] == 0);
}

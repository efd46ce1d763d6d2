#include "agents/observation.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/step_reports.h"

using namespace myoaxis;
using test::add_event;
using test::day_model;
using test::day_organism;
using test::level_report;

TEST_CASE("observations are means over time, whatever the lengths of the steps", "[law]") {
  Observer observer{day_model()};
  observer.see(level_report(0, 30, 4e-9, 0.2));
  observer.see(level_report(30, 10, 8e-9, 0.6));
  auto const seen = observer.take(day_organism());
  CHECK(seen.force == Approx(0.3).epsilon(1e-12));
  CHECK(seen.capacity == 0.9);
  CHECK(seen.factors[0].artery == Approx(5e-9).epsilon(1e-12));
  CHECK(seen.factors[0].vein == Approx(10e-9).epsilon(1e-12));
  CHECK(seen.factors[0].occupancy_fold == Approx(2).epsilon(1e-12));
  CHECK(seen.factors[0].niche_content == Approx(20 * day_model().factors[0].quantum).epsilon(1e-12));
  CHECK(seen.cells == count_stages(day_organism().neurons));
}

TEST_CASE("taking an observation begins the next", "[law]") {
  Observer observer{day_model()};
  observer.see(level_report(0, 30, 4e-9));
  observer.take(day_organism());
  observer.see(level_report(30, 30, 7e-9));
  CHECK(observer.take(day_organism()).factors[0].artery == Approx(7e-9).epsilon(1e-12));
  CHECK(observer.take(day_organism()).factors[0].artery == 0);
}

TEST_CASE("births and deaths are counted by stage", "[law]") {
  Observer observer{day_model()};
  auto step = level_report(0, kDay, 1e-9);
  add_event(step, EventKind::birth, Stage::progenitor);
  add_event(step, EventKind::birth, Stage::progenitor);
  add_event(step, EventKind::death, Stage::immature);
  add_event(step, EventKind::transition, Stage::mature);
  observer.see(step);
  auto const seen = observer.take(day_organism());
  CHECK(seen.births[static_cast<std::size_t>(Stage::progenitor)] == 2);
  CHECK(seen.deaths[static_cast<std::size_t>(Stage::immature)] == 1);
  CHECK(seen.deaths[static_cast<std::size_t>(Stage::progenitor)] == 0);
}

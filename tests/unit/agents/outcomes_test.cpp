#include "agents/outcomes.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "agents/outcome_names.h"
#include "tests/support/step_reports.h"

using namespace myoaxis;
using test::add_event;
using test::day_model;
using test::day_organism;
using test::level_report;

namespace {

SessionState session(bool attended) {
  SessionState state;
  state.number = 0;
  state.attended = attended;
  state.worked = 120;
  state.impulse = 30;
  state.missed = 10;
  state.effort = 0.9;
  state.exertion = 15;
  return state;
}

double outcome(Summary const& summary, std::string const& name, Organism const& now = day_organism()) {
  for (auto const& each : summary.outcomes(now)) {
    if (each.name == name) return each.value;
  }
  throw std::runtime_error{"no outcome " + name};
}

std::string first_factor() { return day_model().factors[0].params.name; }

}  // namespace

TEST_CASE("births, deaths and matured neurons are scaled to both dentate gyri", "[law]") {
  Summary summary{day_model()};
  auto step = level_report(0, kDay, 1e-9);
  add_event(step, EventKind::birth, Stage::progenitor);
  add_event(step, EventKind::birth, Stage::progenitor);
  add_event(step, EventKind::death, Stage::immature);
  add_event(step, EventKind::transition, Stage::mature);
  summary.see(step, day_organism());
  auto const scale = 1 / day_model().dentate_fraction();
  CHECK(outcome(summary, "cells_born") == Approx(2 * scale));
  CHECK(outcome(summary, "cells_died") == Approx(1 * scale));
  CHECK(outcome(summary, "neurons_matured") == Approx(1 * scale));
}

TEST_CASE("the baseline is kept apart from the run, levels being in the unit of the blood test", "[law]") {
  Summary summary{day_model()};
  summary.see(level_report(-100, 100, 2e-9), day_organism());
  summary.see(level_report(0, 100, 6e-9), day_organism());
  CHECK(outcome(summary, first_factor() + "_blood_baseline") == Approx(2));
  CHECK(outcome(summary, first_factor() + "_blood_resting") == Approx(6));
}

TEST_CASE("blood is told apart within a session, in the ten minutes after it, and ten hours later", "[law]") {
  Summary summary{day_model()};
  auto attending = day_organism();
  attending.session.attended = true;
  auto const end = kHour + 2400;
  auto last = level_report(end - 8, 8, 100e-9, 0.3);
  last.session_ended = session(true);
  summary.see(last, attending);
  CHECK(outcome(summary, first_factor() + "_blood_in_session") == Approx(100));
  CHECK(std::isnan(outcome(summary, first_factor() + "_blood_after_session")));
  summary.see(level_report(end, 32, 4e-9), day_organism());
  summary.see(level_report(end + 568, 32, 6e-9), day_organism());
  summary.see(level_report(end + 600, 32, 50e-9), day_organism());
  summary.see(level_report(end + 10 * kHour, 32, 3e-9), day_organism());
  CHECK(outcome(summary, first_factor() + "_blood_after_session") == Approx(5));
  CHECK(outcome(summary, first_factor() + "_blood_resting") == Approx(3));
}

TEST_CASE("what a run had no occasion for is not a number", "[law]") {
  Summary const summary{day_model()};
  CHECK(std::isnan(outcome(summary, "force_met")));
  CHECK(std::isnan(outcome(summary, "cells_born")));
  CHECK(std::isnan(outcome(summary, first_factor() + "_blood_baseline")));
}

TEST_CASE("sessions count when they have ended, work only when they were done", "[law]") {
  Summary summary{day_model()};
  auto done = level_report(0, 60, 1e-9, 0.3);
  done.session_ended = session(true);
  auto skipped = level_report(60, 60, 1e-9);
  skipped.session_ended = session(false);
  summary.see(done, day_organism());
  summary.see(skipped, day_organism());
  CHECK(outcome(summary, "sessions_planned") == 2);
  CHECK(outcome(summary, "sessions_done") == 1);
  CHECK(outcome(summary, "force_met") == Approx(0.75).epsilon(1e-12));
  CHECK(outcome(summary, "exercise_time") == Approx(120.0 / 3600).epsilon(1e-12));
  CHECK(outcome(summary, "effort") == Approx(0.9));
  CHECK(outcome(summary, "perceived_exertion") == Approx(15));
}

TEST_CASE("an untrained organism has capacities of one, and the spines that rest settles to", "[law]") {
  Summary const summary{day_model()};
  for (auto const* name : {"oxidative_capacity", "vo2max_fold", "fiber_area", "strength"}) {
    CHECK(outcome(summary, name) == Approx(1).epsilon(1e-12));
  }
  auto const& params = day_model().experiment.organism.synapses;
  auto const settled = settled_spines(params, 1, 1);
  // 10 cells of 20 sites: five standard errors of a share.
  CHECK(outcome(summary, "spines") / params.sites ==
        Approx(1 - settled[0]).margin(5 * std::sqrt(settled[0] * (1 - settled[0]) / 200)));
}

TEST_CASE("the names of the outcomes are known without a run", "[law]") {
  Summary const summary{day_model()};
  std::vector<std::string> names;
  for (auto const& one : summary.outcomes(day_organism())) names.push_back(one.name);
  CHECK(outcome_names(day_model().experiment) == names);
}

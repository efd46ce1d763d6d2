#include "agents/outcomes.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "agents/outcome_names.h"
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

double outcome(Summary const& summary, std::string const& name, Organism const& now = organism()) {
  for (auto const& each : summary.outcomes(now)) {
    if (each.name == name) return each.value;
  }
  throw std::runtime_error{"no outcome " + name};
}

std::string first_factor() { return model().factors[0].params.name; }

}  // namespace

TEST_CASE("births, deaths and matured neurons are scaled to both dentate gyri", "[law]") {
  Summary summary{model()};
  auto step = report(0, kDay, 1e-9);
  add_event(step, EventKind::birth, Stage::progenitor);
  add_event(step, EventKind::birth, Stage::progenitor);
  add_event(step, EventKind::death, Stage::immature);
  add_event(step, EventKind::transition, Stage::mature);
  summary.see(step, organism());
  auto const scale = 1 / model().dentate_fraction();
  CHECK(outcome(summary, "cells_born") == Approx(2 * scale));
  CHECK(outcome(summary, "cells_died") == Approx(1 * scale));
  CHECK(outcome(summary, "neurons_matured") == Approx(1 * scale));
}

TEST_CASE("the baseline is kept apart from the run, levels being in the unit of the blood test", "[law]") {
  Summary summary{model()};
  summary.see(report(-100, 100, 2e-9), organism());
  summary.see(report(0, 100, 6e-9), organism());
  CHECK(outcome(summary, first_factor() + "_blood_baseline") == Approx(2));
  CHECK(outcome(summary, first_factor() + "_blood_resting") == Approx(6));
}

TEST_CASE("blood is told apart within a session, in the ten minutes after it, and ten hours later", "[law]") {
  Summary summary{model()};
  auto attending = organism();
  attending.session.attended = true;
  auto const end = kHour + 2400;
  auto last = report(end - 8, 8, 100e-9, 0.3);
  last.session_ended = session(true);
  summary.see(last, attending);
  CHECK(outcome(summary, first_factor() + "_blood_in_session") == Approx(100));
  CHECK(std::isnan(outcome(summary, first_factor() + "_blood_after_session")));
  summary.see(report(end, 32, 4e-9), organism());
  summary.see(report(end + 568, 32, 6e-9), organism());
  summary.see(report(end + 600, 32, 50e-9), organism());
  summary.see(report(end + 10 * kHour, 32, 3e-9), organism());
  CHECK(outcome(summary, first_factor() + "_blood_after_session") == Approx(5));
  CHECK(outcome(summary, first_factor() + "_blood_resting") == Approx(3));
}

TEST_CASE("what a run had no occasion for is not a number", "[law]") {
  Summary const summary{model()};
  CHECK(std::isnan(outcome(summary, "force_met")));
  CHECK(std::isnan(outcome(summary, "cells_born")));
  CHECK(std::isnan(outcome(summary, first_factor() + "_blood_baseline")));
}

TEST_CASE("sessions count when they have ended, work only when they were done", "[law]") {
  Summary summary{model()};
  auto done = report(0, 60, 1e-9, 0.3);
  done.session_ended = session(true);
  auto skipped = report(60, 60, 1e-9);
  skipped.session_ended = session(false);
  summary.see(done, organism());
  summary.see(skipped, organism());
  CHECK(outcome(summary, "sessions_planned") == 2);
  CHECK(outcome(summary, "sessions_done") == 1);
  CHECK(outcome(summary, "force_met") == Approx(0.75).epsilon(1e-12));
  CHECK(outcome(summary, "exercise_time") == Approx(120.0 / 3600).epsilon(1e-12));
  CHECK(outcome(summary, "effort") == Approx(0.9));
  CHECK(outcome(summary, "perceived_exertion") == Approx(15));
}

TEST_CASE("an untrained organism has capacities of one, and the spines that rest settles to", "[law]") {
  Summary const summary{model()};
  for (auto const* name : {"oxidative_capacity", "vo2max_fold", "fiber_area", "strength"}) {
    CHECK(outcome(summary, name) == Approx(1).epsilon(1e-12));
  }
  auto const& params = model().experiment.organism.synapses;
  auto const settled = settled_spines(params, 1, 1);
  // 10 cells of 20 sites: five standard errors of a share.
  CHECK(outcome(summary, "spines") / params.sites ==
        Approx(1 - settled[0]).margin(5 * std::sqrt(settled[0] * (1 - settled[0]) / 200)));
}

TEST_CASE("the names of the outcomes are known without a run", "[law]") {
  Summary const summary{model()};
  std::vector<std::string> names;
  for (auto const& one : summary.outcomes(organism())) names.push_back(one.name);
  CHECK(outcome_names(model().experiment) == names);
}

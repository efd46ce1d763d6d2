/// Runs of an organism as tests want them: to a given time, with all events kept.
#pragma once

#include <string>
#include <utility>

#include "agents/organism.h"
#include "core/parallel.h"
#include "tests/support/experiments.h"

namespace myoaxis::test {

/// One session of 20 min at 45 %, then 20 min at 70 %VO2max, from 01:00 on.
inline SessionRule morning_run() {
  SessionRule rule;
  rule.mode = "run";
  rule.at = {Tick{kHour}};
  rule.work = {{1200, {Intensity{0.45}, {}}}, {1200, {Intensity{0.7}, {}}}};
  return rule;
}

/// A day of the mouse with that session and a pool of few motor units, which costs little.
inline Experiment day_with_run(std::vector<std::string> const& sets = {}) {
  auto experiment = load_shipped("sedentary", joined(small_day(), sets)).experiment;
  experiment.organism.motor_units.count = 12;
  experiment.schedule.rules = {morning_run()};
  return experiment;
}

/// The same day without a session.
inline Experiment day_of_rest(std::vector<std::string> const& sets = {}) {
  auto experiment = day_with_run(sets);
  experiment.schedule.rules.clear();
  return experiment;
}

struct Ran {
  Organism organism;
  LineageEvents events;
};

/// Advances until `end`; `see` gets each step's report.
template <class See>
void advance_until(Organism& organism, Model const& model, Tick end, See&& see) {
  while (organism.now < end) see(advance(organism, model, model.planner.next(organism.now)));
}

inline Ran run(Model const& model, Tick end) {
  Ran ran{make_organism(model), {}};
  advance_until(ran.organism, model, end,
                [&](StepReport const& report) { append(ran.events, report.events); });
  return ran;
}

inline Ran run(Experiment const& experiment) {
  Model const model{experiment};
  return run(model, model.end());
}

inline std::string hash_of(Organism const& organism) { return to_string(fingerprint_of(organism)); }

}  // namespace myoaxis::test

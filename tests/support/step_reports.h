/// Reports of steps as tests want them, of a day with a run: all factors at one level, and events at will.
#pragma once

#include <cstdint>
#include <utility>

#include "agents/organism.h"
#include "tests/support/runs.h"

namespace myoaxis::test {

inline Model const& day_model() {
  static Model const model{day_with_run()};
  return model;
}

inline Organism const& day_organism() {
  static Organism const organism = make_organism(day_model());
  return organism;
}

/// A step in which all factors have one level.
inline StepReport level_report(std::int64_t begin, std::int64_t seconds, double level, double force = 0) {
  StepReport report;
  report.step = {Tick{begin}, seconds};
  report.force = force;
  report.target_force = force > 0 ? 0.4 : 0;
  report.duty = force > 0 ? 0.5 : 0;
  report.capacity = 0.9;
  for (std::size_t i = 0; i < day_model().factors.size(); ++i) {
    FactorReport factor;
    factor.artery = KilogramsPerCubicMeter{level};
    factor.vein = KilogramsPerCubicMeter{2 * level};
    factor.tissue_content.assign(day_model().body.tissues.size(), 10.0);
    factor.occupancy_fold.assign(day_model().body.tissues.size(), 7.0);
    factor.occupancy_fold[0] = 1;
    factor.occupancy_fold[1] = 3;
    report.factors.push_back(std::move(factor));
  }
  return report;
}

inline void add_event(StepReport& report, EventKind kind, Stage stage) {
  report.events.time.push_back(0);
  report.events.cell.push_back(0);
  report.events.kind.push_back(static_cast<std::uint8_t>(kind));
  report.events.stage.push_back(static_cast<std::uint8_t>(stage));
  report.events.niche.push_back(0);
}

}  // namespace myoaxis::test

/// Populations of the lineage in a form that tests can compare: what became of each cell.
#pragma once

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "agents/hippocampus/lineage.h"

namespace myoaxis::test {

struct Lived {
  Neurons neurons;
  LineageEvents events;
};

/// Stem cells alone, living for `days` from day 0 in steps of `step` seconds.
inline Lived live(LineageParams const& params, std::size_t stem_cells, std::int64_t days,
                  NicheModulation const& modulation = {}, std::int64_t step = kDay, Luck luck = {5, 0}) {
  Lived lived;
  lived.neurons = make_stem_cells(params, stem_cells, 2, luck, Tick{0});
  for (Tick now{0}; now < Tick{days * kDay}; now = now + step) {
    advance_lineage(lived.neurons, lived.events, params, {modulation, modulation}, luck, now, now + step);
  }
  return lived;
}

/// An event by what it is, without its time.
using EventName = std::tuple<std::uint64_t, std::uint8_t, std::uint8_t, std::uint16_t>;

/// Times of the events of each name, in order.
inline std::multimap<EventName, double> named(LineageEvents const& events) {
  std::vector<std::pair<EventName, double>> all;
  for (std::size_t i = 0; i < events.size(); ++i) {
    all.emplace_back(EventName{events.cell[i], events.kind[i], events.stage[i], events.niche[i]},
                     events.time[i]);
  }
  std::sort(all.begin(), all.end());
  return {all.begin(), all.end()};
}

inline std::int64_t count(LineageEvents const& events, EventKind kind) {
  return std::count(events.kind.begin(), events.kind.end(), static_cast<std::uint8_t>(kind));
}

/// Time at which each cell had the event, of those that had it; the first one.
inline std::map<std::uint64_t, double> times(LineageEvents const& events, EventKind kind, Stage stage) {
  std::map<std::uint64_t, double> times;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events.kind[i] != static_cast<std::uint8_t>(kind) ||
        events.stage[i] != static_cast<std::uint8_t>(stage))
      continue;
    times.emplace(events.cell[i], events.time[i]);
  }
  return times;
}

}  // namespace myoaxis::test

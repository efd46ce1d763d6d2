/// Rates of spines that one can calculate with by hand.
#pragma once

#include "agents/hippocampus/spine_rates.h"
#include "tests/support/times.h"

namespace myoaxis::test {

/// Of the size of the real ones: a spine lives 16 days in the mean, and a third of the sites is bare.
inline SynapseParams spine_params() {
  auto const a_day = [](double rate) { return PerSecond{rate / kDays}; };
  return {.sites = 1000,
          .granule_cells = 20000,
          .formation = a_day(0.125),
          .elimination = a_day(0.25),
          .unsilencing = a_day(0.2),
          .silencing = a_day(0.1),
          .potentiation = a_day(0.06),
          .depression = a_day(0.12),
          .spines_from = Seconds{16 * kDays},
          .spines_full = Seconds{28 * kDays}};
}

}  // namespace myoaxis::test

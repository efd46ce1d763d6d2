#include "io/experiment/start_check.h"

#include <fmt/core.h>

#include "io/checkpoint/checkpoint.h"

namespace myoaxis {

void check_start(Section& section, StartParams const& start, Experiment const& experiment) {
  Tick const end{experiment.schedule.duration};
  if (start.time >= end) {
    section.fail("from", fmt::format("its state is of {}, the experiment ends at {}", to_string(start.time),
                                     to_string(end)));
    return;
  }
  try {
    auto const begun = read_checkpoint_info(start.checkpoint).sessions;
    Calendar const calendar{experiment.schedule.rules, experiment.schedule.duration};
    if (auto const wrong = misfit(calendar, begun, start.time, experiment.numerics.recovery))
      section.fail("from", fmt::format("its state is of {}; {}", to_string(start.time), *wrong));
  } catch (FileError const& error) {
    section.fail("from", error.what());
  }
}

}  // namespace myoaxis

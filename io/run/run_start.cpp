#include "io/run/run_start.h"

#include <fmt/core.h>

#include "agents/session_numbers.h"
#include "io/checkpoint/checkpoint.h"
#include "io/config/diagnostics.h"

namespace myoaxis {

namespace fs = std::filesystem;

namespace {

/// Gives the sessions that a state remembers the numbers of the calendar that it is to live by.
void adopt_sessions(Organism& organism, std::vector<std::optional<std::size_t>> const& to) {
  for (auto& factor : organism.factors) renumber_sessions(factor, to);
  if (!organism.session.number) return;
  auto const number = to.at(*organism.session.number);
  if (!number) organism.session = {};
  organism.session.number = number;
}

}  // namespace

RunStart start_anew(Model const& model) { return {make_organism(model), Recorder{model}}; }

RunStart start_at(fs::path const& checkpoint, Model const& model) {
  auto const info = read_checkpoint_info(checkpoint);
  RunStart start{{}, Recorder{model}, info.steps, info.rows};
  restore_checkpoint(checkpoint, model, start.organism, start.recorder);
  return start;
}

RunStart start_from(fs::path const& checkpoint, Model const& model) {
  auto start = start_at(checkpoint, model);
  start.rows.reset();
  adopt_sessions(start.organism, numbers_in(model.calendar, read_checkpoint_info(checkpoint).sessions));
  start.recorder.attribution = Attribution{model};
  return start;
}

RunStart first_start(LoadedExperiment const& loaded, Model const& model) {
  if (!loaded.start) return start_anew(model);
  auto const& path = loaded.start->checkpoint;
  auto const share = read_checkpoint_info(path).working_share;
  Diagnostics wrong;
  if (share != model.working_share.value())
    wrong.add({path.string()}, fmt::format("its sessions work {:.3g} of the muscle mass, this experiment's "
                                           "{:.3g} (give the baseline the modes of this schedule)",
                                           share, model.working_share.value()));
  wrong.throw_if_any();
  return start_from(path, model);
}

}  // namespace myoaxis

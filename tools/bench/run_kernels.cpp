#include <fmt/core.h>

#include <memory>
#include <utility>

#include "io/run/simulation.h"
#include "io/temporary_folder.h"
#include "tools/bench/kernels.h"

namespace myoaxis {
namespace {

/// The experiment as it is run, and its organism at the beginning.
struct StandardRun {
  explicit StandardRun(LoadedExperiment experiment)
      : loaded{std::move(experiment)}, model{loaded.experiment}, start{start_anew(model)} {}
  StandardRun(StandardRun const&) = delete;  // the start knows its model
  StandardRun& operator=(StandardRun const&) = delete;

  LoadedExperiment loaded;
  Model model;
  RunStart start;
};

constexpr std::int64_t kDays = 28;

std::uint64_t checksum(Fingerprint state) { return state.high ^ state.low; }

Pass unwritten(StandardRun const& run) {
  auto organism = run.start.organism;
  auto recorder = run.start.recorder;
  while (organism.now < run.model.end())
    recorder.see(advance(organism, run.model, run.model.planner.next(organism.now)), organism);
  return {kDays, checksum(fingerprint_of(organism))};
}

Pass written(StandardRun const& run) {
  TemporaryFolder const folder{"bench"};
  RunRequest request{{folder / "run.h5"}, {}, "myoaxis bench"};
  auto const result = simulate(run.loaded, run.model, run.start, request);
  return {kDays, checksum(result.state)};
}

}  // namespace

std::vector<Kernel> run_kernels() {
  auto const run = std::make_shared<StandardRun>(
      load_shipped("endurance", {"scale.preset=\"standard\"", "schedule.baseline=\"0 s\"",
                                 fmt::format("schedule.duration=\"{} days\"", kDays)}));
  auto const kernel = [&](std::string state, Pass (*pass)(StandardRun const&)) {
    return Kernel{.name = "run_standard",
                  .state = std::move(state),
                  .bytes_per_item = 0,
                  .limit = {},
                  .prepare = [] {},
                  .pass = [run, pass] { return pass(*run); }};
  };
  return {kernel("unwritten", unwritten), kernel("written", written)};
}

}  // namespace myoaxis

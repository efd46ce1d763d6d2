#include "io/verification/verification.h"

#include <fmt/core.h>

#include <algorithm>

#include "agents/organism_state.h"
#include "core/parallel.h"
#include "io/checkpoint/checkpoint.h"
#include "io/hdf5/reader.h"
#include "io/run/simulation.h"
#include "io/temporary_folder.h"

namespace myoaxis {
namespace {

/// An organism that lives in one of the ways, step by step.
class Life {
 public:
  Life(Way const& way, LoadedExperiment const& loaded, Model const& model)
      : way_{way}, model_{model}, workers_{way.threads}, folder_{"verify"} {
    workers_.run([&] { state_.emplace(first_start(loaded, model)); });
  }

  void step() {
    auto& [organism, recorder, steps, rows] = *state_;
    workers_.run(
        [&] { recorder.see(advance(organism, model_, model_.planner.next(organism.now)), organism); });
    if (way_.after_step) way_.after_step(organism);
    if (restarted_ < way_.restarts.size() && organism.now >= way_.restarts[restarted_]) {
      restart();
      ++restarted_;
    }
  }

  /// As a run does when it writes a row.
  void end_row() { state_->recorder.observer.take(state_->organism); }

  Organism const& organism() const { return state_->organism; }
  Fingerprint recorded() const { return fingerprint_of(state_->recorder); }

 private:
  /// Through a file, into an organism that knows nothing.
  void restart() {
    RunPaths const paths{folder_ / "run.h5"};
    CheckpointInfo info;
    info.state = fingerprint_of(state_->organism);
    info.sources = source_names(model_);
    save_checkpoint(paths.checkpoint(), paths.previous_checkpoint(), info, state_->organism,
                    state_->recorder);
    state_.emplace(start_at(paths.checkpoint(), model_));
  }

  Way const& way_;
  Model const& model_;
  Workers workers_;
  std::optional<RunStart> state_;
  TemporaryFolder folder_;
  std::size_t restarted_ = 0;
};

/// Output times, as a results file has them.
class OutputTimes {
 public:
  OutputTimes(LoadedExperiment const& loaded, Model const& model, Tick begin)
      : every_{loaded.output.every}, end_{model.end()}, next_{next_multiple(begin + 1, every_)} {}
  bool due(Tick now) {
    if (now < next_ && now < end_) return false;
    next_ = next_multiple(now + 1, every_);
    return true;
  }

 private:
  std::int64_t every_;
  Tick end_;
  Tick next_;
};

StatePath written_path(LoadedExperiment const& loaded, Model const& model, Way const& way, Tick end) {
  TemporaryFolder const folder{"verify"};
  RunPaths const paths{folder / "run.h5"};
  StatePath path;
  Workers workers{way.threads};
  workers.run([&] {
    auto const result = simulate(loaded, model, first_start(loaded, model), {paths, end, "myoaxis verify"});
    auto const file = H5Reader::open(paths.output.string());
    auto const high = file.read<std::uint64_t>("state/hash_high");
    auto const low = file.read<std::uint64_t>("state/hash_low");
    for (auto const time : file.read<double>("state/time"))
      path.times.push_back(Tick{static_cast<std::int64_t>(time)});
    for (std::size_t i = 0; i < high.size(); ++i) path.states.push_back({high[i], low[i]});
    if (path.times.empty() || path.times.back() < result.time) {
      path.times.push_back(result.time);
      path.states.push_back(result.state);
    }
    path.recorded = result.recorded;
  });
  return path;
}

/// Time of the last output at which both are the same.
Tick last_same(StatePath const& one, StatePath const& other, Tick begin) {
  auto last = begin;
  for (std::size_t i = 0; i < std::min(one.states.size(), other.states.size()); ++i) {
    if (one.states[i] != other.states[i]) break;
    last = one.times[i];
  }
  return last;
}

}  // namespace

Verification::Verification(LoadedExperiment const& loaded, Model const& model, Tick end)
    : loaded_{loaded}, model_{model}, end_{end} {}

StatePath Verification::run(Way const& way) const {
  if (way.writes_results) return written_path(loaded_, model_, way, end_);
  StatePath path;
  Life life{way, loaded_, model_};
  OutputTimes output_times{loaded_, model_, life.organism().now};
  while (life.organism().now < end_) {
    life.step();
    auto const now = life.organism().now;
    auto const row = output_times.due(now);
    if (row) life.end_row();
    if (!row && now < end_) continue;
    path.times.push_back(now);
    path.states.push_back(fingerprint_of(life.organism()));
  }
  path.recorded = life.recorded();
  return path;
}

std::optional<FirstDifference> Verification::find_difference(Way const& one, Way const& other,
                                                             StatePath const& path_of_one,
                                                             StatePath const& path_of_other) const {
  auto const same_until = last_same(path_of_one, path_of_other, model_.begin());
  Life life_of_one{one, loaded_, model_};
  Life life_of_other{other, loaded_, model_};
  while (life_of_one.organism().now < end_) {
    life_of_one.step();
    life_of_other.step();
    if (life_of_one.organism().now <= same_until) continue;
    auto difference = first_difference(life_of_one.organism(), life_of_other.organism());
    if (difference) return FirstDifference{life_of_one.organism().now, std::move(*difference)};
  }
  return {};
}

std::vector<Way> Verification::ways(int most_threads) const {
  std::vector<Way> ways{{"1 thread"}};
  for (int threads = 2; threads <= most_threads; ++threads)
    ways.push_back({fmt::format("{} threads", threads), threads});
  ways.push_back({"results written", 1, true});
  Way restarted{"restarted at 1/4, 1/2 and 3/4"};
  restarted.threads = std::max(2, most_threads);
  auto const begin = loaded_.start ? loaded_.start->time : model_.begin();
  for (int quarter = 1; quarter <= 3; ++quarter)
    restarted.restarts.push_back(begin + (end_ - begin) * quarter / 4);
  ways.push_back(std::move(restarted));
  return ways;
}

}  // namespace myoaxis

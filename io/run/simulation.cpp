#include "io/run/simulation.h"

#include <algorithm>
#include <exception>
#include <system_error>
#include <utility>

#include "io/checkpoint/checkpoint.h"
#include "io/checkpoint/durable.h"
#include "io/hdf5/error.h"
#include "io/run/build_info.h"
#include "io/run/compressed_results.h"
#include "io/run/existing_run.h"
#include "io/run/run_file.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

/// Says when rows and snapshots are due. Steps come first: a row is written at the end of the first step that
/// reaches its time, so that writing cannot change the run. Depends on the time alone, so that a run that
/// goes on has the same agenda.
class Agenda {
 public:
  Agenda(OutputParams const& output, Tick now)
      : every_{output.every}, snapshots_{output.snapshots}, row_{next_multiple(now + 1, output.every)} {}

  bool row_due(Tick now) {
    if (now < row_) return false;
    row_ = next_multiple(now + 1, every_);
    return true;
  }

  bool snapshot_due(Tick now) {
    auto const first = next_snapshot_;
    while (next_snapshot_ < snapshots_.size() && snapshots_[next_snapshot_] <= now) ++next_snapshot_;
    return next_snapshot_ > first;
  }

 private:
  std::int64_t every_;
  std::vector<Tick> snapshots_;
  Tick row_;
  std::size_t next_snapshot_ = 0;
};

void hand_over(RunPaths const& paths) {
  std::error_code error;
  fs::rename(paths.partial(), paths.output, error);
  if (error) throw FileError{paths.output.string(), error.message(), "is the folder writable?"};
  bring_names_to_disk(paths.output);  // before the checkpoints go, which could replace it
}

H5File open_results(RunStart const& start, RunPaths const& paths) {
  auto const path = paths.partial().string();
  return start.rows ? H5File::continue_at(path, *start.rows) : H5File::create(path, Filters::none);
}

/// A run on its way: the organism, what is gathered about it, and its files.
class Run {
 public:
  Run(LoadedExperiment const& loaded, Model const& model, RunStart start, RunRequest const& request)
      : loaded_{loaded},
        model_{model},
        request_{request},
        organism_{std::move(start.organism)},
        recorder_{std::move(start.recorder)},
        steps_{start.steps},
        file_{open_results(start, request.paths), loaded, model, recorder_.summary.outcomes(organism_),
              request.command_line},
        agenda_{loaded.output, organism_.now} {
    auto const snapshot = agenda_.snapshot_due(organism_.now);
    if (start.rows) return;
    if (snapshot) file_.write_snapshot(organism_);
    file_.write_readings(read_states(organism_, model_));
    save();
  }

  RunResult go() {
    auto const end = std::min(model_.end(), request_.until.value_or(model_.end()));
    while (organism_.now < end) {
      if (request_.interrupted && request_.interrupted()) return finish(Ending::interrupted);
      step();
      keep_safe();
      if (request_.progress) request_.progress(organism_.now, steps_);
    }
    return finish(organism_.now < model_.end() ? Ending::until : Ending::complete);
  }

 private:
  using Clock = std::chrono::steady_clock;

  void step() {
    auto const report = advance(organism_, model_, model_.planner.next(organism_.now));
    ++steps_;
    recorder_.see(report, organism_);
    file_.write_readings(read_blood(report, model_));
    file_.write_readings(read_states(organism_, model_));
    if (report.session_ended) file_.write_session(*report.session_ended);
    file_.write_events(report.events);
    if (agenda_.row_due(organism_.now) || organism_.now >= model_.end()) {
      file_.write(recorder_.observer.take(organism_), organism_);
      file_.write_attribution(recorder_.attribution, organism_.now);
    }
    if (agenda_.snapshot_due(organism_.now)) file_.write_snapshot(organism_);
  }

  /// Readers see new rows after a second at first, and later less often, since each time costs work; but
  /// never later than after a minute.
  void keep_safe() {
    auto const now = Clock::now();
    using Pause = std::chrono::duration<double>;
    auto const pause = std::clamp(Pause{0.02 * (now - begin_)}, Pause{1}, Pause{60});
    if (now - shown_ >= pause) {
      file_.show();
      shown_ = now;
    }
    if (request_.checkpoint_every && now - saved_ >= *request_.checkpoint_every) save();
  }

  /// The results come first: a checkpoint must never know of rows that are not there.
  void save() {
    CheckpointInfo info;
    info.rows = file_.save();
    save_rows(request_.paths);
    info.config_sha256 = loaded_.sha256;
    info.config_toml = loaded_.resolved_toml;
    info.git_sha1 = git_revision();
    info.processor = processor_class();
    info.time = organism_.now;
    info.steps = steps_;
    info.sources = source_names(model_);
    info.sessions = begun_sessions(model_.calendar, organism_.now);
    info.working_share = model_.working_share.value();
    info.state = fingerprint_of(organism_);
    save_checkpoint(request_.paths.checkpoint(), request_.paths.previous_checkpoint(), info, organism_,
                    recorder_);
    saved_ = Clock::now();
  }

  RunResult finish(Ending ending) {
    auto const& paths = request_.paths;
    if (ending != Ending::complete || request_.keep_checkpoint) save();
    RunResult result{ending, organism_.now, recorder_.summary.outcomes(organism_), fingerprint_of(organism_),
                     fingerprint_of(recorder_)};
    file_.finish({organism_.now, result.state, ending == Ending::complete ? "complete" : "stopped",
                  result.outcomes, recorder_.attribution, ending != Ending::interrupted});
    if (ending == Ending::interrupted) return result;
    hand_over(paths);
    if (ending == Ending::complete && !request_.keep_checkpoint) remove_checkpoints(paths);
    result.uncompressed = compress_results(paths);
    return result;
  }

  LoadedExperiment const& loaded_;
  Model const& model_;
  RunRequest const& request_;
  Organism organism_;
  Recorder recorder_;
  std::int64_t steps_;
  RunFile file_;
  Agenda agenda_;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point shown_ = begin_;
  Clock::time_point saved_ = begin_;
};

}  // namespace

Plan plan_run(LoadedExperiment const& loaded, Model const& model, RunStart const& start, Tick end) {
  auto const& organism = start.organism;
  Plan plan;
  plan.fibers = organism.fibers.size();
  for (auto const& factor : organism.factors) plan.packets += factor.load.cargo.packets.size();
  plan.young_cells = organism.neurons.size();
  plan.sessions = model.calendar.sessions().size();
  plan.steps = start.steps + model.planner.summarize(organism.now, end).steps;
  plan.size = expected_size(loaded, model, organism, start.rows ? model.begin() : organism.now, end);
  return plan;
}

RunResult simulate(LoadedExperiment const& loaded, Model const& model, RunStart start,
                   RunRequest const& request) {
  auto const& paths = request.paths;
  // HDF5 would create the file and fail on renaming only after the run.
  if (fs::is_directory(paths.output)) {
    throw FileError{paths.output.string(), "is a folder", "name a file with -o"};
  }
  if (!start.rows) remove_checkpoints(paths);
  try {
    return Run{loaded, model, std::move(start), request}.go();
  } catch (...) {
    std::error_code ignored;
    // Of a folder that cannot be looked at, nothing is known.
    auto const is_missing = [](fs::path const& path) {
      std::error_code error;
      return !fs::exists(path, error) && !error;
    };
    if (is_missing(paths.checkpoint()) && is_missing(paths.previous_checkpoint())) {
      remove_checkpoints(paths);  // the copy of the rows, which is of no use alone
      if (fs::is_regular_file(paths.partial(), ignored)) fs::remove(paths.partial(), ignored);
    }
    throw;
  }
}

}  // namespace myoaxis

#include "io/run/simulation.h"

#include <system_error>

#include "io/hdf5/error.h"
#include "io/hdf5/reader.h"
#include "io/run/build_info.h"
#include "io/run/partial_file.h"
#include "io/run/run_file.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

/// Says when rows and snapshots are due. Steps come first: a row is written at the end of the first step that
/// reaches its time, so that writing cannot change the run.
class Agenda {
 public:
  Agenda(OutputParams const& output, Tick begin)
      : every_{output.every}, snapshots_{output.snapshots}, row_{next_multiple(begin + 1, output.every)} {}

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

}  // namespace

ExistingOutput inspect_output(fs::path const& path, std::string const& sha256) {
  std::error_code ignored;
  if (!fs::exists(path, ignored) || fs::is_directory(path, ignored)) return ExistingOutput::none;
  try {
    auto const file = H5Reader::open(path.string());
    if (file.text_attribute("/", "format") != kFormatName) return ExistingOutput::foreign;
    if (file.text_attribute("/", "config_sha256") != sha256) return ExistingOutput::foreign;
    if (file.text_attribute("/", "git_sha1") != git_revision()) return ExistingOutput::outdated;
    return file.text_attribute("/", "status") == "complete" ? ExistingOutput::complete
                                                            : ExistingOutput::unfinished;
  } catch (FileError const&) {
    return ExistingOutput::foreign;
  }
}

Plan plan_run(LoadedExperiment const& loaded, Model const& model, Organism const& organism) {
  Plan plan;
  plan.fibers = organism.fibers.size();
  for (auto const& factor : organism.factors) plan.packets += factor.load.cargo.packets.size();
  plan.young_cells = organism.neurons.size();
  plan.sessions = model.calendar.sessions().size();
  auto const summary = model.planner.summarize(model.begin());
  plan.steps = summary.steps;
  auto const span = model.end() - model.begin();
  auto const rows = static_cast<std::size_t>(span / loaded.output.every + 1);
  auto const row_bytes = 4 * sizeof(double) + kStages * 3 * sizeof(double) + model.factors.size() * 120 + 48;
  constexpr std::size_t fiber_bytes = 66, neuron_bytes = 61, event_bytes = 28;
  auto const agents = plan.fibers * fiber_bytes + plan.young_cells * neuron_bytes * 2;
  auto const days = static_cast<std::size_t>(span / kDay + 1);
  auto const events =
      loaded.output.events ? plan.young_cells / 4 * days : 0;  // a quarter of the cells changes a day
  auto const limited = std::min(events, static_cast<std::size_t>(loaded.output.events_limit));
  plan.file_bytes = rows * row_bytes + loaded.output.snapshots.size() * agents + limited * event_bytes +
                    loaded.resolved_toml.size();
  return plan;
}

RunResult simulate(LoadedExperiment const& loaded, Model const& model, Organism organism,
                   RunRequest const& request) {
  PartialFile partial{request.output};
  auto new_file = H5File::create(partial.path());
  partial.created();
  RunFile file{std::move(new_file), loaded, model, request.command_line};
  Agenda agenda{loaded.output, model.begin()};
  Observer observer{model};
  auto const end = std::min(model.end(), request.until.value_or(model.end()));
  Summary summary{model};
  if (agenda.snapshot_due(organism.now)) file.write_snapshot(organism);
  file.write_readings(read_states(organism, model));
  for (std::int64_t steps = 1; organism.now < end; ++steps) {
    auto const report = advance(organism, model, model.planner.next(organism.now));
    observer.see(report);
    summary.see(report, organism);
    file.write_readings(read_blood(report, model));
    file.write_readings(read_states(organism, model));
    if (report.session_ended) file.write_session(*report.session_ended);
    file.write_events(report.events);
    if (agenda.row_due(organism.now) || organism.now >= end) file.write(observer.take(organism), organism);
    if (agenda.snapshot_due(organism.now)) file.write_snapshot(organism);
    if (request.progress) request.progress(organism.now, steps);
  }
  RunResult result{summary.outcomes(organism), to_string(fingerprint_of(organism))};
  file.finish(result.outcomes, organism, organism.now < model.end() ? "stopped" : "complete");
  partial.hand_over();
  return result;
}

}  // namespace myoaxis

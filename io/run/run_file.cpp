#include "io/run/run_file.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "io/checkpoint/durable.h"
#include "io/hdf5/population.h"
#include "io/hdf5/writer.h"
#include "io/run/attribution_writer.h"
#include "io/run/group_writers.h"
#include "io/run/run_identity.h"
#include "io/run/vessel_writer.h"

namespace myoaxis {

struct RunFile::Groups {
  Groups(H5File new_file, LoadedExperiment const& loaded, Model const& model,
         std::vector<Outcome> const& all_outcomes)
      : file{std::move(new_file)},
        blood{file.group("blood"), model},
        muscle{file.group("muscle"), model},
        hippocampus{file.group("hippocampus"), model},
        brain{file.group("brain")},
        sessions{file.group("sessions"), model},
        fibers{file.group("fibers")},
        neurons{file.group("neurons")},
        vessels{file.group("vessels"), model},
        niches{file.group("niches"), model},
        events{file.group("events"), loaded.output.events ? loaded.output.events_limit : 0},
        state{file.group("state")},
        outcomes{file.group("outcomes"), all_outcomes} {
    file.group("fibers").set_attribute("fiber_length", model.experiment.organism.muscle.fiber_length.value());
    // A dimension without entries cannot be written: a group only where it has factors.
    auto const fields = std::ranges::count_if(model.factors, &FactorModel::is_field);
    if (fields < std::ssize(model.factors)) {
      ledger.emplace(file.group("ledger"), model);
      attribution.emplace(file.group("attribution"), model);
    }
    if (fields > 0) field_ledger.emplace(file.group("ledger_fields"), model);
    for (auto const& assay : model.experiment.assays) {
      assays.emplace_back(file.group("assays/" + assay.name), assay, model);
    }
  }

  H5File file;
  BloodWriter blood;
  std::optional<LedgerWriter<std::int64_t>> ledger;
  std::optional<LedgerWriter<double>> field_ledger;
  std::optional<AttributionWriter> attribution;
  MuscleWriter muscle;
  HippocampusWriter hippocampus;
  BrainWriter brain;
  SessionWriter sessions;
  std::vector<AssayWriter> assays;
  PopulationTable<Fibers> fibers;
  PopulationTable<Neurons> neurons;
  VesselWriter vessels;
  NicheWriter niches;
  EventWriter events;
  StateWriter state;
  OutcomeWriter outcomes;
};

RunFile::RunFile(H5File file, LoadedExperiment const& loaded, Model const& model,
                 std::vector<Outcome> const& outcomes, std::string const& command_line)
    : path_{file.path()}, groups_{std::make_unique<Groups>(std::move(file), loaded, model, outcomes)} {
  auto root = groups_->file.root();
  if (groups_->file.is_continued()) {
    root.set_attribute("status", "running");
    // They are of the end of an earlier part.
    root.remove_attribute("state_hash");
    root.remove_attribute("time");
  } else {
    write_identity(root, {loaded.experiment.title, loaded.experiment.luck, loaded.resolved_toml,
                          loaded.sha256, command_line});
    root.set_attribute("begin", static_cast<double>(model.begin().seconds()));
    root.set_attribute("end", static_cast<double>(model.end().seconds()));
  }
  groups_->file.start_live();
}

RunFile::~RunFile() = default;

void RunFile::write(Observation const& seen, Organism const& organism) {
  groups_->blood.write(seen);
  if (groups_->ledger) groups_->ledger->write(organism);
  if (groups_->field_ledger) groups_->field_ledger->write(organism);
  groups_->muscle.write(seen);
  groups_->hippocampus.write(seen);
  groups_->brain.write(seen);
  groups_->state.write(organism.now, fingerprint_of(organism));
}

void RunFile::write_attribution(Attribution const& attribution, Tick now) {
  if (groups_->attribution) groups_->attribution->write_if_due(attribution, now);
}

void RunFile::write_session(SessionState const& session) { groups_->sessions.write(session); }

void RunFile::write_readings(std::vector<Reading> const& readings) {
  for (std::size_t i = 0; i < readings.size();) {
    auto end = i;
    while (end < readings.size() && readings[end].assay == readings[i].assay) ++end;
    groups_->assays[readings[i].assay].write(std::span{readings}.subspan(i, end - i));
    i = end;
  }
}

void RunFile::write_snapshot(Organism const& organism) {
  auto const time = static_cast<double>(organism.now.seconds());
  groups_->fibers.append(organism.fibers, time);
  groups_->neurons.append(organism.neurons, time);
  groups_->vessels.write(organism);
  groups_->niches.write(organism);
}

void RunFile::write_events(LineageEvents const& events) { groups_->events.write(events); }

FileLayout RunFile::layout() { return groups_->file.layout(); }

void RunFile::show() { groups_->file.flush_soon(); }

RowCounts RunFile::save() {
  groups_->file.sync();
  return groups_->file.rows();
}

void RunFile::finish(End const& end) {
  groups_->outcomes.write(end.outcomes);
  if (groups_->attribution) groups_->attribution->write(end.attribution);
  groups_->file.flush();
  auto const rows = end.later_rows_go ? groups_->file.rows() : groups_->file.whole_rows();
  auto const cut = groups_->file.has_later_rows();
  groups_->file.close();
  if (cut) cut_tables(path_, rows);
  auto file = H5File::open_for_changing(path_);
  auto root = file.root();
  root.set_attribute("state_hash", to_string(end.state));
  root.set_attribute("time", static_cast<double>(end.time.seconds()));
  root.set_attribute("status", end.status);
  // Only closing removes the mark of a file that is being written: what lies on the disk before is not whole.
  file.close();
  bring_to_disk(path_);
}

}  // namespace myoaxis

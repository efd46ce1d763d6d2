#include "io/run/expected_size.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <type_traits>

#include "agents/hippocampus/lineage.h"
#include "agents/organism_state.h"
#include "agents/outcomes.h"
#include "io/run/graph_file.h"
#include "io/run/recorder.h"
#include "io/run/run_file.h"

namespace myoaxis {
namespace {

/// What shuffle and deflate leave of the values of a run. Measured: 0.53 and 0.52 of twelve weeks of a
/// sedentary and of a training mouse.
constexpr double kCompressed = 0.52;

/// Sums the bytes of all that it visits.
struct StateSize {
  std::size_t* bytes;

  StateSize in(std::string_view) const { return *this; }
  template <class T>
  void operator()(About const&, T const& values) const {
    if constexpr (std::is_arithmetic_v<T>)
      *bytes += sizeof(T);
    else
      *bytes += values.size() * sizeof(typename T::value_type);
  }
};

struct Schedule {
  std::uint64_t rows = 0;
  std::vector<Tick> snapshots;  // as they are taken
};

/// Goes through the steps of the run: rows and snapshots are written at the end of the first step that
/// reaches their time.
Schedule schedule_of(OutputParams const& output, Model const& model, Tick begin, Tick end) {
  Schedule schedule;
  auto due = output.snapshots.begin();
  auto row = next_multiple(begin + 1, output.every);
  for (auto now = begin;; now = model.planner.next(now).end()) {
    auto const first = due;
    while (due != output.snapshots.end() && *due <= now) ++due;
    if (due != first) schedule.snapshots.push_back(now);
    if (now >= row || now >= model.end()) {
      ++schedule.rows;
      row = next_multiple(now + 1, output.every);
    }
    if (now >= end) return schedule;
  }
}

/// Events of the lineage, and cells that it gains, in a time at rest.
class LineageForecast {
 public:
  LineageForecast(Model const& model, Organism const& organism)
      : half_life_{model.experiment.organism.lineage.stem_half_life.value()},
        from_{organism.now},
        cells_{static_cast<double>(organism.neurons.size())} {
    auto neurons = organism.neurons;
    LineageEvents events;
    std::vector<NicheModulation> const rest(model.body.niches);
    advance_lineage(neurons, events, model.experiment.organism.lineage, rest, model.experiment.luck, from_,
                    from_ + kTrial);
    auto const trial = weight(from_, from_ + kTrial);
    events_ = static_cast<double>(events.size()) / trial;
    gain_ = (static_cast<double>(neurons.size()) - cells_) / trial;
  }

  std::uint64_t events_between(Tick begin, Tick end) const { return rounded(events_ * weight(begin, end)); }
  std::uint64_t cells_at(Tick time) const { return rounded(cells_ + gain_ * weight(from_, time)); }

 private:
  static constexpr std::int64_t kTrial = 7 * kDay;

  static std::uint64_t rounded(double number) {
    return static_cast<std::uint64_t>(std::llround(std::max(number, 0.0)));
  }

  /// All rates follow the stem cells: the integral of 2^(-t / T) over the time.
  double weight(Tick begin, Tick end) const {
    auto const left = [&](Tick time) { return std::exp2(-static_cast<double>(time - from_) / half_life_); };
    return left(begin) - left(end);
  }

  double half_life_;  // s
  Tick from_;
  double cells_;
  double events_ = 0;
  double gain_ = 0;
};

std::uint64_t readings_of(AssayParams const& assay, Tick begin, Tick end) {
  std::set<Tick> const times{assay.readings.begin(), assay.readings.end()};
  return static_cast<std::uint64_t>(std::ranges::count_if(times, [&](Tick time) {
    // Blood is drawn during the step that begins at a reading.
    return begin <= time && (draws_blood(assay.kind) ? time < end : time <= end);
  }));
}

RowCounts expected_rows(LoadedExperiment const& loaded, Model const& model, Organism const& organism,
                        Tick begin, Tick end) {
  auto const schedule = schedule_of(loaded.output, model, begin, end);
  RowCounts rows;
  for (auto const* group : {"blood", "ledger", "ledger_fields", "muscle", "hippocampus", "brain", "state"}) {
    rows[std::string{"/"} + group + "/time"] = schedule.rows;
  }
  auto const& sessions = model.calendar.sessions();
  rows["/sessions/session"] = static_cast<std::uint64_t>(std::ranges::count_if(
      sessions, [&](Session const& session) { return begin < session.end && session.end <= end; }));
  for (auto const& assay : model.experiment.assays) {
    rows["/assays/" + assay.name + "/time"] = readings_of(assay, begin, end);
  }
  LineageForecast const lineage{model, organism};
  for (auto const* group : {"fibers", "neurons", "vessels", "niches"})
    rows[fmt::format("/{}/snapshot", group)] = schedule.snapshots.size();
  rows["/fibers/agent"] = schedule.snapshots.size() * organism.fibers.size();
  for (auto const time : schedule.snapshots) rows["/neurons/agent"] += lineage.cells_at(time);
  if (!loaded.output.events) return rows;
  rows["/events/event"] =
      std::min(lineage.events_between(begin, end), static_cast<std::uint64_t>(loaded.output.events_limit));
  return rows;
}

}  // namespace

std::size_t ExpectedSize::compressed() const {
  return static_cast<std::size_t>(kCompressed * static_cast<double>(values));
}

ExpectedSize expected_size(LoadedExperiment const& loaded, Model const& model, Organism const& organism,
                           Tick begin, Tick end) {
  ExpectedSize size{.rows = expected_rows(loaded, model, organism, begin, std::min(end, model.end())),
                    .copies = 3};
  RunFile file{H5File::create_in_memory(), loaded, model, Summary{model}.outcomes(organism), ""};
  auto const layout = file.layout();
  size.values = layout.value_bytes(size.rows);
  size.growing = layout.stored_bytes(size.rows);
  visit_state(StateSize{&size.checkpoint}, organism);
  Recorder const recorder{model};
  visit_state(StateSize{&size.checkpoint}, recorder);
  return size;
}

ExpectedSize expected_size(LoadedGraph const& loaded) {
  auto const& graph = loaded.experiment;
  auto const rows =
      static_cast<std::uint64_t>(graph.steps / graph.every + (graph.steps % graph.every > 0) + 1);
  ExpectedSize size;
  for (auto const* group : {"transport", "sinks", "sources"})
    size.rows[std::string{"/"} + group + "/time"] = rows;
  GraphFile file{H5File::create_in_memory(), loaded, ""};
  size.values = file.layout().value_bytes(size.rows);
  size.growing = size.values;  // or less: it grows compressed
  return size;
}

}  // namespace myoaxis

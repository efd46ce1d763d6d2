/// The groups of a results file, each with its data sets: what is written there, and in which unit.
#pragma once

#include <vector>

#include "agents/assays/laboratory.h"
#include "agents/observation.h"
#include "agents/outcomes.h"
#include "io/hdf5/writer.h"

namespace myoaxis {

/// /blood: plasma concentration of each factor, time and site.
class BloodWriter {
 public:
  BloodWriter(H5Group group, Model const& model);
  void write(Observation const& seen);

 private:
  GrowingTable<double> table_;
  std::vector<Series<float>> factors_;
  std::vector<double> scale_;  // from kg/m3 to the factor's unit
};

/// Which factors a ledger is of.
enum class LedgerOf { packets, fields };

/// /ledger and /ledger_fields: the terms of each factor's balance, in quanta or in mol.
template <class Amount>
class LedgerWriter {
 public:
  LedgerWriter(H5Group group, Model const& model);
  void write(Organism const& organism);

 private:
  Model const& model_;
  GrowingTable<double> table_;
  Series<Amount> initial_, released_, injected_, cleared_, carried_, by_source_, by_sink_;
};
extern template class LedgerWriter<std::int64_t>;
extern template class LedgerWriter<double>;

/// /muscle: task, force, fatigue, flow and secretion of the working muscle.
class MuscleWriter {
 public:
  MuscleWriter(H5Group group, Model const& model);
  void write(Observation const& seen);

 private:
  GrowingTable<double> table_;
  Series<float> intensity_, force_, capacity_, oxidative_, secretory_, area_, flow_, cardiac_output_;
  std::vector<Series<float>> secretion_;
};

/// /hippocampus: cells of the lineage by stage, and the niches' signals.
class HippocampusWriter {
 public:
  HippocampusWriter(H5Group group, Model const& model);
  void write(Observation const& seen);

 private:
  GrowingTable<double> table_;
  Series<double> cells_, births_, deaths_;
  Series<float> spines_;
  std::vector<Series<float>> content_, fold_;
  double per_simulated_;  // real cells for one simulated
  double niche_mass_;     // kg, of all niches
  std::vector<double> molar_mass_;
};

/// /brain: drive, exertion, feelings and inflammation.
class BrainWriter {
 public:
  explicit BrainWriter(H5Group group);
  void write(Observation const& seen);

 private:
  GrowingTable<double> table_;
  Series<float> drive_, exertion_, central_fatigue_, affect_, fatigue_, mood_, inflammation_;
};

/// /sessions: what was planned, and what was done of it, a row when a session ends.
class SessionWriter {
 public:
  SessionWriter(H5Group group, Model const& model);
  void write(SessionState const& session);

 private:
  Model const& model_;
  std::vector<std::string> modes_;
  GrowingTable<std::int64_t> table_;
  Series<double> start_, end_, planned_work_, planned_intensity_;
  Series<std::uint8_t> mode_, done_;
  Series<double> effort_, work_, intensity_, impulse_, force_met_, exertion_, mood_, affect_;
};

/// /assays/NAME: what one assay read, and the truth beside it.
class AssayWriter {
 public:
  AssayWriter(H5Group group, AssayParams const& assay, Model const& model);
  /// Readings of this assay at one time, in the order of its quantities.
  void write(std::span<Reading const> readings);

 private:
  GrowingTable<double> table_;
  std::vector<Series<double>> measured_, truth_;
};

/// /events: births, deaths and transitions, up to a limit.
class EventWriter {
 public:
  EventWriter(H5Group group, std::int64_t limit);
  void write(LineageEvents const& events);

 private:
  GrowingTable<std::int64_t> table_;
  Series<double> time_;
  Series<std::uint64_t> cell_;
  Series<std::uint8_t> kind_, stage_;
  Series<std::uint16_t> niche_;
  std::int64_t limit_;
};

/// /state: a fingerprint of the complete state at each row's time.
class StateWriter {
 public:
  explicit StateWriter(H5Group group);
  void write(Tick time, Fingerprint state);

 private:
  GrowingTable<double> table_;
  Series<std::uint64_t> high_, low_;
};

/// /outcomes: the scalars of a run, NaN until it has ended.
class OutcomeWriter {
 public:
  /// `outcomes`: those of the run, whatever their values.
  OutcomeWriter(H5Group group, std::vector<Outcome> const& outcomes);
  void write(std::vector<Outcome> const& outcomes);

 private:
  static Fixed<double> make_values(H5Group& group, std::vector<Outcome> const& outcomes);
  Fixed<double> values_;
};

}  // namespace myoaxis

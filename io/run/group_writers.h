/// The groups of a results file, each with its data sets: what is written there, and in which unit.
#pragma once

#include <vector>

#include "agents/observation.h"
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

/// /ledger: the terms of each factor's balance, in quanta.
class LedgerWriter {
 public:
  LedgerWriter(H5Group group, Model const& model);
  void write(Organism const& organism);

 private:
  GrowingTable<double> table_;
  Series<std::int64_t> initial_, released_, cleared_, carried_, by_source_, by_sink_;
};

/// /muscle: task, force, fatigue, flow and secretion of the working muscle.
class MuscleWriter {
 public:
  MuscleWriter(H5Group group, Model const& model);
  void write(Observation const& seen);

 private:
  GrowingTable<double> table_;
  Series<float> intensity_, force_, excitation_, capacity_, flow_, cardiac_output_;
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
  std::vector<Series<float>> content_, fold_;
  double per_simulated_;  // real cells for one simulated
  double niche_mass_;     // kg, of all niches
  std::vector<double> molar_mass_;
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

/// /sessions: the calendar as planned.
void write_sessions(H5Group group, Calendar const& calendar);

/// /outcomes: the scalars of a finished run.
void write_outcomes(H5Group group, std::vector<Outcome> const& outcomes);

}  // namespace myoaxis

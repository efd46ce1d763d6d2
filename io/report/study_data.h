/// What a report shows of a study, as plain data: arms, their runs, and how they compare.
///
/// A run is reduced to this when it is read, so that hundreds of long ones fit into memory.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agents/outcome.h"
#include "core/draws.h"
#include "core/statistics/two_arms.h"

namespace myoaxis::report {

inline constexpr double kDay = 86400, kWeek = 7 * kDay;  // s

/// Stretches of equal length along a run, the same for all runs of a study: number i is
/// [first + i width, first + (i + 1) width), in s since day 0.
struct TimeBins {
  double first = 0;
  double width = 0;
  std::size_t count = 0;
  double middle(std::size_t i) const { return first + (static_cast<double>(i) + 0.5) * width; }
};

/// One quantity of one run, a value a bin; NaN where it has none.
struct Series {
  std::string name;
  std::string unit;
  std::string meaning;
  std::vector<double> values;
};

struct SessionRecord {
  std::int64_t number = 0;
  std::string mode;
  double start = 0, end = 0;     // s since day 0
  double planned_work = 0;       // s
  double planned_intensity = 0;  // % of VO2max
  bool done = false;
  double work = 0;       // s
  double intensity = 0;  // % of VO2max
  double effort = 0;     // share of the prescribed intensity
  double exertion = 0;   // Borg's 6 to 20
  double mood = 0;       // at the start, in SD of the resting score
};

/// Cells of one stage of the lineage, both dentate gyri.
struct StageFlow {
  std::string stage;
  double cells_at_start = 0;  // at day 0
  double cells_at_end = 0;
  double births = 0;  // from day 0
  double deaths = 0;
};

/// How much of a factor came from where, since the beginning of the run.
struct Origin {
  std::string factor;
  std::map<std::string, double> released;     // by source, of what was released into body and brain
  std::map<std::string, double> exposure;     // by source, molecules x s in the niches
  std::map<std::string, double> fiber_types;  // of them, those that muscle released, by type of the fiber
  std::map<std::int64_t, double> sessions;    // the same by session; -1: outside of any, -2: not told apart
};

/// Share of a factor's receptors in the niches that is occupied, mean over niches by mass.
struct Occupancy {
  std::string factor;
  double first = 0;  // at the first snapshot
  double last = 0;   // at the last one
  double last_time = 0;
};

struct RunRecord {
  std::string path, title, command_line, revision, build, software_version, date, config_sha256, state_hash,
      processor;
  Luck luck;
  double begin = 0, end = 0;         // s since day 0
  bool sets_out_from_state = false;  // then what was before its first row stands in another file
  std::vector<Series> blood, muscle, training, cells, spines, contents, folds, read_outs, brain;
  /// Around the start of sessions, in `around_bins` of the study; empty where rows are too far apart.
  std::vector<Series> around_session;
  std::vector<SessionRecord> sessions;
  std::vector<StageFlow> stages;
  std::vector<Origin> origins;
  std::vector<Occupancy> occupancies;
  std::map<std::string, double> outcomes;
};

/// A parameter of the resolved configuration with its provenance.
struct ParameterRecord {
  std::string key, value, low, high, status, source;
};

struct ArmRecord {
  std::string name;
  std::map<std::string, std::string> settings;  // that its runs share: their configuration, flat, in TOML
  std::vector<RunRecord> runs;
  std::size_t reference = 0;  // arm that it is compared to; in a scan, that at its point
  std::map<std::string, std::string> varying = {};  // settings that its subjects differ in, in words
};

/// One outcome of one arm against the reference.
struct Contrast {
  TwoArms result;
  double mean = 0;
  double p_holm = 0;
};

struct ComparedOutcome {
  std::string name, unit, meaning;
  double reference_mean = 0;
  std::vector<Contrast> contrasts;  // one for each arm but the reference, in their order
  OutcomeKind kind = OutcomeKind::of_run;
};

/// How much a parameter moves an outcome, as a sensitivity analysis found it.
struct SensitivityIndex {
  std::string parameter, status, outcome;
  std::string arm;   // empty when the analysis names none
  std::string kind;  // "mu_star" (Morris) or "total" (Sobol)
  double value = 0;
  std::optional<double> low, high;  // its interval
};

/// A run of a batch that has no results to show.
struct UnfinishedRun {
  std::string name, arm;
  std::uint64_t subject = 0;
  std::string state;   // "failed", "to do", ...
  std::string reason;  // empty when it has not failed
};

struct StudyRecord {
  std::string title;  // of the batch, if it is one
  double begin = 0, end = 0;
  TimeBins bins;         // along the run
  TimeBins around_bins;  // around the start of a session
  std::vector<ArmRecord> arms;
  std::size_t reference = 0;
  std::vector<ComparedOutcome> outcomes;  // empty with a single arm
  std::vector<ParameterRecord> parameters;
  std::vector<SensitivityIndex> sensitivity;
  std::string sensitivity_file;
  std::vector<UnfinishedRun> unfinished;
  std::vector<std::string> warnings;        // what was left out and why
  std::vector<std::string> panel_outcomes;  // that get a panel of their own; empty: the usual ones
  std::string command_line;                 // of the report
};

}  // namespace myoaxis::report

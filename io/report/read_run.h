/// One results file, reduced to what a report shows of its run.
#pragma once

#include <optional>
#include <string>

#include "io/report/study_data.h"

namespace myoaxis::report {

/// When a run began and ended, and how far apart its rows of blood lie while sessions are under way.
struct RunTimes {
  double begin = 0;       // of the experiment, s since day 0
  double rows_begin = 0;  // of the file's rows; later, where it sets out from a state
  double end = 0;
  std::optional<double> row_length_in_session;  // s, median; nothing without a session that was done
};

/// Throws FileError when the file cannot be read.
RunTimes read_run_times(std::string const& path);

/// What the run in `path` has of each part of RunRecord; groups that are missing leave it empty. Around
/// sessions only when `around` has bins. Throws FileError.
RunRecord read_run_record(std::string const& path, TimeBins const& bins, TimeBins const& around);

}  // namespace myoaxis::report

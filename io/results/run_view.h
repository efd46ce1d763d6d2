/// What a run has come to: the newest row of each group of its results file, which may still be growing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "io/hdf5/reader.h"

namespace myoaxis {

/// A number in the first row of its table, and in the newest.
struct Level {
  std::string name;
  std::string unit;
  double first = 0;
  double now = 0;
};

struct SessionView {
  std::string mode;
  double start = 0;  // s since day 0
  bool done = false;
  double intensity = 0;  // % of VO2max
  double exertion = 0;   // Borg's 6 to 20
};

/// Whatever group is missing or still without a row leaves its part empty.
struct RunView {
  std::string title;
  std::string status;                   // running, complete or stopped
  std::optional<double> begin, end;     // s since day 0
  std::optional<double> time;           // of the end, or of the newest row
  std::vector<Level> blood;             // in the artery, one a factor
  std::vector<Level> cells;             // one a stage
  std::vector<Level> old_spines;        // of a mean cell, one a state
  std::vector<Level> young_spines;      // empty while there is no such cell
  std::vector<Level> brain;             // mood, drive, perceived exertion
  std::uint64_t done = 0, skipped = 0;  // sessions
  std::optional<SessionView> session;   // the last one
  std::optional<std::uint64_t> events;
  std::optional<bool> balances_close;  // of all factors; none without a row
};

/// Throws FileError when a part that is there cannot be read.
RunView view_run(H5Reader const& file);

/// Time of the newest row, s since day 0.
std::optional<double> newest_time(H5Reader const& file);

}  // namespace myoaxis

/// The finished runs that a user names, grouped into the arms of a study: which runs belong together.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "io/batch/batch_index.h"
#include "io/results/run_outcomes.h"

namespace myoaxis {

/// The runs of one configuration, apart from seed and subject.
struct Arm {
  std::string name;
  std::vector<RunOutcomes> runs;
};

struct Study {
  std::vector<Arm> arms;               // in the order in which they first appear; empty: no finished run
  std::vector<std::string> warnings;   // files of a folder that are left out, revisions that differ
  std::string title;                   // of the batch, if it is one
  std::string reference;               // name of its reference arm
  std::vector<IndexedRun> unfinished;  // its runs that failed or are still to be done
};

/// Reads files that the user named, and what can be used of the folders that the user named. In the folder of
/// a batch the arms are those of its index. Throws
/// UsageError for a name that is not there, a folder without results, and runs that occur twice; FileError
/// and ConfigError for a named file that is no finished run.
Study read_study(std::vector<std::string> const& inputs);

/// Arms in the order in which they first appear. Titles that are not unique get part of the fingerprint.
/// Throws UsageError when two runs of an arm have the same seed and subject.
std::vector<Arm> group_into_arms(std::vector<RunOutcomes> runs);

/// The arm that `wanted` names (its name, the only beginning of a name that fits, or the fingerprint in
/// brackets); for an empty text the one that begins with "Sedentary", else the first. Throws UsageError.
std::size_t reference_arm(std::vector<Arm> const& arms, std::string const& wanted);

}  // namespace myoaxis

/// The finished runs that a user names, grouped into the arms of a study: which runs belong together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "io/batch/batch_index.h"
#include "io/results/run_outcomes.h"

namespace myoaxis {

/// Where an arm stands in a batch.
struct BatchPlace {
  std::string arm;         // name of the arm in the batch
  std::int64_t point = 0;  // of its scan
};

/// The runs of one configuration, apart from seed and subject.
struct Arm {
  std::string name;
  std::vector<RunOutcomes> runs;
  std::optional<BatchPlace> place = {};  // of runs of a batch
  std::size_t reference = 0;             // the arm that it is compared to: `with_references`
};

struct Study {
  std::vector<Arm> arms;               // in the order in which they first appear; empty: no finished run
  std::vector<std::string> warnings;   // files of a folder that are left out, revisions that differ
  std::string title;                   // of the batch, if it is one
  std::string folder;                  // of the batch
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

/// Puts the reference first and tells each arm which one it is compared to.
///
/// The reference is the arm that `wanted` names (its name, the only beginning of a name that fits, or the
/// fingerprint in brackets); for an empty text that of the batch, and without a batch the one that begins
/// with "Sedentary", else the first. In the scan of a batch an arm is compared to the reference at its own
/// point, so that nothing but the arm differs, and the reference to its first point, which shows what the
/// scan alone does; arms at points where the reference has no run are left out with a warning. Throws
/// UsageError.
Study with_references(Study study, std::string const& wanted);

}  // namespace myoaxis

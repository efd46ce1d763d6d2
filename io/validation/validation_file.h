/// A published finding as a file: which runs of the model it is compared with, and which numbers of them.
/// configs/validation/README.md says how to write one.
#pragma once

#include <array>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/config/search_path.h"
#include "io/experiment/experiment_config.h"

namespace myoaxis {

/// What a finding says about the model when they agree.
enum class FindingKind {
  verification,  // that laws and parameters are carried out as written: it follows from them
  calibration,   // nothing: a parameter was fitted to it
  prediction,    // something: it was used in no fit
};
inline constexpr std::array<std::string_view, 3> kFindingKinds{"verification", "calibration", "prediction"};

struct ValidationRun {
  std::string name;
  std::string use;  // an experiment of configs/experiments/ or a file; empty when it stands in place
  Place place_of_use;
  std::size_t number = 0;    // in the file's array of runs
  std::size_t subjects = 1;  // 0, 1, ... each simulated by itself
  std::vector<std::string> sets;
};

/// What of several readings of one assay is taken.
enum class Take { last, first, mean, largest, smallest };
inline constexpr std::array<std::string_view, 5> kTakes{"last", "first", "mean", "max", "min"};

/// One number of a run: of an assay, an outcome, or of any data set of its results.
struct NumberAddress {
  std::string run;
  std::string assay;                           // empty for what is of no assay
  std::string name;                            // of the outcome, or of the quantity of the assay
  std::string data;                            // "blood/il6"; empty for outcomes and assays
  std::map<std::string, std::string> entries;  // of dimensions but time: site = "vein"
  std::string at;        // the reading, or the first row at or after it; empty: what `take` says of all
  std::string from, to;  // rows of a stretch, from excluded, to included
  Take take = Take::last;
  bool truth = false;  // without the error of measurement

  bool operator==(NumberAddress const&) const = default;
};

/// A published number and where the simulated one is read.
struct ValidationTarget {
  std::string quantity;  // in words
  std::string unit;
  double published = 0;
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  NumberAddress read;
  std::optional<NumberAddress> over;  // it is divided by
  std::optional<NumberAddress> less;  // it is reduced by
};

struct Finding {
  std::filesystem::path file;
  std::string id;
  std::string title;
  std::string finding;
  std::string status;
  FindingKind kind = FindingKind::verification;
  std::vector<std::string> sources;
  std::vector<ValidationRun> runs;
  std::vector<ValidationTarget> targets;
};

/// Reads `file`. Throws ConfigError with all that is wrong.
Finding load_finding(std::filesystem::path const& file);

/// The experiment of one run of the finding, for one subject. Throws ConfigError.
LoadedExperiment load_run(Finding const& finding, ValidationRun const& run, std::size_t subject,
                          SearchPath const& search);

}  // namespace myoaxis

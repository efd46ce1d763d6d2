/// A batch from its TOML file: a base experiment, arms that change it, subjects, and points of a scan.
///
///     title = "Does running help the aged?"
///     base = "endurance"                  # an experiment: beside this file, or one of experiments/
///     subjects = 24
///     reference = "rest"
///     [common]                            # keys of the experiment that are other for all arms
///     conditions = ["aged"]
///     [[arm]]
///     name = "rest"
///     schedule.use = "sedentary"          # any key of the experiment
///     [[arm]]
///     name = "running"
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "io/batch/sensitivity_config.h"
#include "io/batch/setting.h"
#include "io/batch/subject_variation.h"
#include "io/config/read_context.h"
#include "io/config/search_path.h"

namespace myoaxis {

/// Crossover: every subject under every arm. Parallel: each arm has subjects of its own.
enum class Design { crossover, parallel };

struct BatchArm {
  std::string name;
  std::string description;
  std::string resolved_toml;  // of its experiment, before subjects and points change it
  std::vector<Parameter> parameters;
  std::vector<std::string> outcomes = {};  // names of those that its runs have
};

/// When there are enough subjects: once the 95 % interval of the difference from the reference is narrow
/// enough in every arm.
struct PrecisionParams {
  std::string outcome;
  double half_width = 0;   // in the unit of the outcome
  std::int64_t first = 0;  // subjects before the first look
  std::int64_t step = 0;   // subjects between looks
};

struct BatchParams {
  std::string title;
  std::string file;  // as the user named it
  std::vector<BatchArm> arms;
  std::size_t reference = 0;
  std::string organism;  // of the reference arm
  Design design = Design::crossover;
  std::uint64_t seed = 0;
  std::int64_t subjects = 0;  // of each arm; with `precision`, at most
  std::int64_t first_subject = 0;
  bool share_baseline = true;
  std::optional<PrecisionParams> precision;
  std::optional<double> highest_extraction;   // of an organ, in arms that do not give one
  std::optional<SubjectVariation> variation;  // none: subjects differ by luck alone
  SensitivityParams sensitivity;              // for `myoaxis sensitivity`
  std::vector<std::vector<Setting>> points;   // at least one, which may set nothing
};

/// An experiment as a batch of one arm, named by its title, and one subject: that of its file.
BatchParams batch_of_experiment(std::filesystem::path const& file, std::vector<std::string> const& sets,
                                SearchPath const& search);

/// True when `file` is a batch, not an experiment: it has arms. Throws ConfigError when it cannot be read.
bool is_batch(std::filesystem::path const& file);

/// The name of one outcome, or a pattern of names (io/config/key_pattern.h).
enum class OutcomeText { name, pattern };

/// "'cels_born' is no outcome of the arm 'rest'; did you mean 'cells_born'?"; nothing when every arm has such
/// an outcome.
std::optional<std::string> outcome_problem(BatchParams const& batch, std::string const& wanted,
                                           OutcomeText what);

/// The first arm that has no parameter of this key; nothing when all have it.
std::optional<std::string> arm_without(BatchParams const& batch, std::string const& key);

/// Reads the batch in `file`; `sets` ("KEY=VALUE") change the experiments of all arms. Throws ConfigError
/// with all that is wrong.
BatchParams load_batch(std::filesystem::path const& file, std::vector<std::string> const& sets,
                       SearchPath const& search);

}  // namespace myoaxis

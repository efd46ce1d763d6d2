/// Reads how the subjects of a batch differ, [subject.variation], and gives a subject its body.
///
///     [subject.variation]
///     use = "human"                         # configs/variations/human.toml; default: the base's organism
///     [subject.variation.trait.hematocrit]  # change a trait of it, or add one
///     scales = ["organism.circulation.hematocrit"]
///     shape = "lognormal"
///     variation = 0.05
///     lowest = 0.8
///     highest = 1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/draws.h"
#include "core/statistics/variation.h"
#include "io/batch/setting.h"
#include "io/config/diagnostics.h"
#include "io/config/read_context.h"
#include "io/config/section.h"

namespace myoaxis {

/// What multiplies some parameters of a subject by a factor of mean 1. A logit-normal trait is one fraction:
/// its mean is the configured value, its limits are those of the fraction itself, and other fractions may
/// share what it leaves of their common sum in proportion.
struct Trait {
  std::string name;
  std::vector<std::string> scales;   // patterns of keys, see io/config/key_pattern.h
  std::vector<std::string> sharing;  // likewise; the fractions that keep the sum
  MarginalParams marginal;           // of the factor; of the fraction, whose mean is not known yet
  std::optional<Marginal> factor;    // solved, unless it depends on the configured fraction
  Place place;
  bool is_held = false;   // does not move its fraction: `hold_fractions`
  bool of_piece = false;  // `scales` stands in the piece that the batch uses, not in the batch's own file
};

struct SubjectVariation {
  std::vector<Trait> traits;  // by name
  GaussianCopula copula;
};

/// Reads the section, over whose keys its piece has been laid (io/batch/variation_piece.h). `parameters` are
/// those of the base experiment. Problems go to the section's diagnostics, each with its place: unknown
/// parameters, limits that leave no room, a parameter in two traits of which one is a fraction, correlations
/// that contradict each other.
///
/// Parameters of a factor that the experiment leaves out are passed over where the piece names them.
SubjectVariation read_subject_variation(Section section, std::vector<Parameter> const& parameters);

/// Of a study that varies parameters itself: fractions with these keys, and those that share a sum with them,
/// no longer differ between subjects as well. A fraction cannot vary about a value at the end of its trait's
/// limits, which the study's range may reach; a trait that multiplies any value can.
void hold_fractions(SubjectVariation& variation, std::vector<std::string> const& keys);

/// The parameters in which this subject differs from the configured ones, in their order. `parameters` are
/// those of the arm. A subject, given by seed and number, has the same scores in every arm. Throws
/// ConfigError when a trait does not fit this arm.
std::vector<Setting> sample_subject(SubjectVariation const& variation, Luck luck,
                                    std::vector<Parameter> const& parameters);

}  // namespace myoaxis

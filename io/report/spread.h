/// Mean and band over the subjects of an arm.
#pragma once

#include <string>
#include <vector>

#include "io/report/study_data.h"

namespace myoaxis::report {

/// From how many subjects on a band shows the middle 90 % of them instead of all.
inline constexpr std::size_t kQuantilesFrom = 20;

struct Spread {
  double mean = 0, low = 0, high = 0;
  std::size_t n = 0;
};

/// Of the values that are no NaN; all NaN when there is none.
Spread spread_of(std::vector<double> values);

/// What `low` and `high` are, for a caption: "all subjects", or "the middle 90 % of subjects".
std::string band_text(StudyRecord const& study);

/// The named series of each run of an arm as mean and band, a point a bin.
struct Curve {
  std::string name, unit, meaning;
  std::vector<Spread> points;
};
using SeriesList = std::vector<Series> RunRecord::*;
Curve curve_of(ArmRecord const& arm, SeriesList list, std::string const& name);

/// Names of the list in all runs, in the order in which they first appear.
std::vector<std::string> series_names(StudyRecord const& study, SeriesList list);
/// A series of that name, for its unit and meaning; null when there is none.
Series const* example_series(StudyRecord const& study, SeriesList list, std::string const& name);

/// An outcome of each run of an arm; NaN where a run lacks it.
std::vector<double> outcome_values(ArmRecord const& arm, std::string const& name);

}  // namespace myoaxis::report

/// Standardized differences of all arms in a group of outcomes, one below another.
#pragma once

#include <string>
#include <vector>

#include "io/report/markup.h"
#include "io/report/study_data.h"

namespace myoaxis::report {

/// Outcomes that belong together, by their names.
struct OutcomeGroup {
  std::string title;
  std::vector<ComparedOutcome const*> outcomes;
};

/// Every outcome in one group: blood by moment, receptors, training, cells, brain; the rest by itself.
/// Outcomes without any difference, such as those of sessions that the reference has not, are left out.
std::vector<OutcomeGroup> outcome_groups(std::vector<ComparedOutcome> const& outcomes);

/// Hedges' g of each arm, on an axis that is linear to 1 and logarithmic beyond; `reach` is the end of it to
/// both sides. The bar is the 95 % interval of the difference in units of the same standard deviation.
Markup forest_chart(StudyRecord const& study, OutcomeGroup const& group, double reach);

/// The largest |g| of the study, rounded up to 3, 10, 30, ..., at most 1000.
double forest_reach(std::vector<ComparedOutcome> const& outcomes);

}  // namespace myoaxis::report

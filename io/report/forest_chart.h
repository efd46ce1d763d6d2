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

/// Subjects differ from each other, so that a standardized difference means something.
bool has_spread(Contrast const& contrast);

/// Every outcome in one group: blood by moment, receptors, training, cells, brain; the rest by itself.
/// Outcomes without spread, and those that the reference has not, such as of sessions, are left out.
std::vector<OutcomeGroup> outcome_groups(std::vector<ComparedOutcome> const& outcomes);

/// Hedges' g of each arm, on an axis that is linear to 1 and logarithmic beyond; `reach` is the end of it to
/// both sides. The bar is the 95 % interval of the difference in units of the same standard deviation.
Markup forest_chart(StudyRecord const& study, OutcomeGroup const& group, double reach);

/// Where the axis ends: 3 when no |g| is larger, else 10, beyond which nobody tells sizes of an effect apart.
double forest_reach(std::vector<ComparedOutcome> const& outcomes);

}  // namespace myoaxis::report

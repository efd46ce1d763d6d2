/// The outcomes of one or several runs, side by side.
#pragma once

#include <string>
#include <vector>

#include "agents/outcome.h"

namespace myoaxis {

struct OutcomeColumn {
  std::string title;
  std::vector<Outcome> outcomes;
};

/// A table for people: one row an outcome, one column a run. Outcomes that a run lacks show as "-".
std::string outcome_table(std::vector<OutcomeColumn> const& columns);

}  // namespace myoaxis

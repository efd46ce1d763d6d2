/// The neurogenic lineage of one arm as a funnel: cells of each stage, and how many of them died.
#pragma once

#include <string>
#include <vector>

#include "io/report/arm_style.h"
#include "io/report/markup.h"

namespace myoaxis::report {

struct FunnelStage {
  std::string name;
  double cells = 0;               // at the end, mean of the subjects
  double before = 0;              // at day 0
  double births = 0, deaths = 0;  // from day 0
};

struct Funnel {
  std::string arm;
  ArmStyle style;
  std::vector<FunnelStage> stages;  // without mature cells
  double matured = 0;               // from day 0; NaN: not known
  double widest = 1;                // cells that the full width stands for, the same in all arms
};

Markup funnel_chart(Funnel const& funnel);

}  // namespace myoaxis::report

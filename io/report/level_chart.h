/// Values of several arms at a few moments, such as at rest, in a session and after it.
#pragma once

#include <string>
#include <vector>

#include "io/report/arm_style.h"
#include "io/report/plot.h"
#include "io/report/spread.h"

namespace myoaxis::report {

struct LevelChart {
  std::string title;
  std::string unit;
  std::string statement;
  std::vector<std::string> moments;
  struct Arm {
    ArmStyle style;
    std::string name;
    std::vector<Spread> levels;  // one a moment
  };
  std::vector<Arm> arms;
};

Markup level_chart(LevelChart const& chart);

}  // namespace myoaxis::report

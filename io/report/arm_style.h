/// How the arms of a study are told apart: by color (Okabe and Ito 2008, jfly.uni-koeln.de/color), by dash
/// and by mark, so that any one of the three is enough.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "io/report/drawing.h"
#include "io/report/study_data.h"

namespace myoaxis::report {

struct ArmStyle {
  std::size_t number = 0;  // 0: the reference
  /// Classes of the style sheet.
  std::string line() const;
  std::string band() const;
  std::string mark() const;
  std::string hollow() const;
  std::string thin() const;
  std::string bar() const;
  Shape shape() const;
};

/// One for each arm of the study, the reference first in color, others in their order.
std::vector<ArmStyle> arm_styles(StudyRecord const& study);

/// Names of all arms with their samples.
Markup arm_legend(StudyRecord const& study);

}  // namespace myoaxis::report

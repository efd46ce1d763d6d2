/// Curves of several arms over one axis, each with its band, marks and dash.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/report/arm_style.h"
#include "io/report/plot.h"
#include "io/report/spread.h"

namespace myoaxis::report {

struct ChartCurve {
  ArmStyle style;
  std::string arm;
  std::vector<double> x;
  std::vector<Spread> points;  // one for each of x
};

struct CurveChart {
  std::string title;
  std::string unit;       // over the axis
  std::string statement;  // what is drawn, for who cannot see it
  std::string x_label;
  Zero zero = Zero::when_near;
  std::optional<double> level;  // that means something: drawn, and always within the axis
  /// Where something begins or ends along x.
  std::optional<double> from, to;
  std::vector<ChartCurve> curves;
};

Markup curve_chart(CurveChart const& chart);

/// How time along the run is counted in the charts: days for short runs, weeks for others.
struct TimeAxis {
  double seconds = 1;  // of one unit
  std::string label;
};
TimeAxis time_axis(TimeBins const& bins);

/// What holds for all charts along the run: points, bands, what is shaded, the axis.
std::string along_caption(StudyRecord const& study);

/// A series of all arms along the run.
CurveChart chart_along_run(StudyRecord const& study, SeriesList list, std::string const& name,
                           std::string const& title);

}  // namespace myoaxis::report

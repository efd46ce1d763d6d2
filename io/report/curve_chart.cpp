#include "io/report/curve_chart.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "io/report/numbers.h"
#include "io/report/wording.h"

namespace myoaxis::report {
namespace {

constexpr std::size_t kMostMarks = 14;  // along one curve, so that they tell arms apart and hide nothing

Extent extent_of_y(CurveChart const& chart) {
  Extent extent;
  for (auto const& curve : chart.curves) {
    for (auto const& point : curve.points) {
      extent.add(point.low);
      extent.add(point.high);
      extent.add(point.mean);
    }
  }
  if (chart.level) extent.add(*chart.level);
  return extent;
}

Extent extent_of_x(CurveChart const& chart) {
  Extent extent;
  for (auto const& curve : chart.curves) {
    for (auto const x : curve.x) extent.add(x);
  }
  if (extent.empty) return {0, 1, false};
  auto const room = extent.span() > 0 ? 0.03 * extent.span() : 0.5;
  return {extent.low - room, extent.high + room, false};
}

void draw_curve(Drawing& drawing, ChartCurve const& curve, Scale const& x, Scale const& y) {
  std::vector<Point> mean, low, high;
  for (std::size_t i = 0; i < curve.points.size(); ++i) {
    auto const& point = curve.points[i];
    mean.push_back({x(curve.x[i]), y(point.mean)});
    low.push_back({x(curve.x[i]), y(point.low)});
    high.push_back({x(curve.x[i]), y(point.high)});
  }
  drawing.band(high, low, curve.style.band());
  drawing.polyline(mean, curve.style.line());
  // Arms are marked at different places, so that marks of curves that coincide stand side by side.
  auto const stride = std::max<std::size_t>(1, (mean.size() + kMostMarks - 1) / kMostMarks);
  for (auto i = curve.style.number % stride; i < mean.size(); i += stride) {
    if (std::isfinite(mean[i].y)) drawing.shape(curve.style.shape(), mean[i], 2.9, curve.style.mark());
  }
}

/// "Endurance: from 1.2 to 1.9; Sedentary: ..."
std::string curves_in_words(CurveChart const& chart) {
  auto text = chart.statement;
  for (auto const& curve : chart.curves) {
    std::vector<double> means;
    for (auto const& point : curve.points) {
      if (std::isfinite(point.mean)) means.push_back(point.mean);
    }
    if (means.empty()) continue;
    text += fmt::format(" {}: first {}, last {}.", curve.arm, number_text(means.front()),
                        number_text(means.back()));
  }
  return text;
}

}  // namespace

Markup curve_chart(CurveChart const& chart) {
  auto drawing = panel(chart.title, curves_in_words(chart));
  auto const box = kPanelBox;
  auto const y_extent = axis_extent(extent_of_y(chart), chart.zero, 4);
  auto const x_extent = extent_of_x(chart);
  Scale const x{x_extent.low, x_extent.high, box.left, box.right};
  Scale const y{y_extent.low, y_extent.high, box.bottom, box.top};
  if (chart.from || chart.to) {
    auto const from = x(std::max(chart.from.value_or(x.low()), x.low()));
    auto const to = x(std::min(chart.to.value_or(x.high()), x.high()));
    if (to > from) drawing.rect(from, box.top, to - from, box.bottom - box.top, "sh");
  }
  draw_y_axis(drawing, box, y, chart.unit);
  draw_x_axis(drawing, box, x, chart.x_label);
  mark_cut_axis(drawing, box, y);
  if (chart.level) draw_level(drawing, box, y, *chart.level);
  for (auto const& curve : chart.curves) draw_curve(drawing, curve, x, y);
  return drawing.svg();
}

TimeAxis time_axis(TimeBins const& bins) {
  return bins.width < kWeek ? TimeAxis{kDay, "days since training began"}
                            : TimeAxis{kWeek, "weeks since training began"};
}

std::string along_caption(StudyRecord const& study) {
  return fmt::format(
      "Each point is the mean of a {} ({}); {}. Shaded: training, from day 0 on. An axis with a break sign "
      "does not begin at zero.",
      study.bins.width < kWeek ? "day" : "week", n_text(study), band_text(study));
}

CurveChart chart_along_run(StudyRecord const& study, SeriesList list, std::string const& name,
                           std::string const& title) {
  auto const axis = time_axis(study.bins);
  CurveChart chart;
  chart.title = title;
  chart.x_label = axis.label;
  chart.from = 0;
  auto const styles = arm_styles(study);
  for (std::size_t i = 0; i < study.arms.size(); ++i) {
    auto curve = curve_of(study.arms[i], list, name);
    ChartCurve drawn{styles[i], study.arms[i].name, {}, std::move(curve.points)};
    for (std::size_t bin = 0; bin < drawn.points.size(); ++bin)
      drawn.x.push_back(study.bins.middle(bin) / axis.seconds);
    if (!curve.unit.empty()) chart.unit = unit_text(curve.unit);
    if (chart.statement.empty() && !curve.meaning.empty()) chart.statement = curve.meaning + ".";
    chart.curves.push_back(std::move(drawn));
  }
  return chart;
}

}  // namespace myoaxis::report

#include "io/report/level_chart.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "io/report/numbers.h"

namespace myoaxis::report {
namespace {

std::string levels_in_words(LevelChart const& chart) {
  auto text = chart.statement;
  for (auto const& arm : chart.arms) {
    text += fmt::format(" {}:", arm.name);
    for (std::size_t i = 0; i < arm.levels.size(); ++i)
      text += fmt::format(" {} {}{}", chart.moments[i], number_text(arm.levels[i].mean),
                          i + 1 < arm.levels.size() ? "," : ".");
  }
  return text;
}

void draw_arm(Drawing& drawing, LevelChart::Arm const& arm, double offset, double step, Box box,
              Scale const& y) {
  std::vector<Point> means;
  for (std::size_t i = 0; i < arm.levels.size(); ++i) {
    auto const& level = arm.levels[i];
    auto const x = box.left + (static_cast<double>(i) + 0.5) * step + offset;
    if (!std::isfinite(level.mean)) continue;
    if (level.n > 1) drawing.line({x, y(level.low)}, {x, y(level.high)}, "wh " + arm.style.line());
    drawing.shape(arm.style.shape(), {x, y(level.mean)}, 3.4, arm.style.mark(),
                  fmt::format("{}, {}: {}", arm.name, number_text(level.mean),
                              counted(level.n, "subject", "subjects")));
  }
}

}  // namespace

Markup level_chart(LevelChart const& chart) {
  auto drawing = panel(chart.title, levels_in_words(chart), kPanelHeight - 12);
  auto box = kPanelBox;
  box.bottom -= 4;
  Extent extent;
  for (auto const& arm : chart.arms) {
    for (auto const& level : arm.levels) {
      extent.add(level.low);
      extent.add(level.high);
    }
  }
  auto const rounded = axis_extent(extent, Zero::when_near, 4);
  Scale const y{rounded.low, rounded.high, box.bottom, box.top};
  draw_y_axis(drawing, box, y, chart.unit);
  drawing.line({box.left, box.bottom}, {box.right, box.bottom}, "ax");
  mark_cut_axis(drawing, box, y);
  auto const step =
      (box.right - box.left) / static_cast<double>(std::max<std::size_t>(1, chart.moments.size()));
  for (std::size_t i = 0; i < chart.moments.size(); ++i) {
    auto const x = box.left + (static_cast<double>(i) + 0.5) * step;
    if (i > 0) drawing.line({x - step / 2, box.top}, {x - step / 2, box.bottom}, "gr");
    auto const& moment = chart.moments[i];
    auto const comma = moment.find(", ");
    drawing.text({x, box.bottom + 14}, moment.substr(0, comma), "tk", Anchor::middle);
    if (comma != moment.npos)
      drawing.text({x, box.bottom + 26}, moment.substr(comma + 2), "tk", Anchor::middle);
  }
  auto const n = static_cast<double>(chart.arms.size());
  auto const gap = std::min(12.0, 0.8 * step / std::max(1.0, n));
  for (std::size_t i = 0; i < chart.arms.size(); ++i)
    draw_arm(drawing, chart.arms[i], (static_cast<double>(i) - (n - 1) / 2) * gap, step, box, y);
  return drawing.svg();
}

}  // namespace myoaxis::report

#include "io/report/estimation_chart.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "io/report/arm_style.h"
#include "io/report/contrast_text.h"
#include "io/report/numbers.h"
#include "io/report/plot.h"
#include "io/report/spread.h"
#include "io/report/wording.h"

namespace myoaxis::report {
namespace {

constexpr Box kSubjects{56, 34, kPanelWidth - 10, 168};
constexpr Box kDifferences{56, 196, kPanelWidth - 10, 280};
constexpr double kHeight = 300;

/// Arms from left to right, the reference first.
std::vector<std::size_t> order_of(StudyRecord const& study) {
  std::vector<std::size_t> order{study.reference};
  for (std::size_t i = 0; i < study.arms.size(); ++i) {
    if (i != study.reference) order.push_back(i);
  }
  return order;
}

/// Places of dots side by side where their values are alike, so that none hides another.
std::vector<double> spread_out(std::vector<double> const& values, Scale const& y, double room) {
  std::vector<double> offsets(values.size(), 0);
  std::map<int, int> taken;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) continue;
    auto const place = taken[static_cast<int>(std::round(y(values[i]) / 4))]++;
    auto const side = place % 2 == 0 ? 1 : -1;
    offsets[i] = std::clamp(side * 4.5 * ((place + 1) / 2), -room, room);
  }
  return offsets;
}

using Key = std::pair<std::uint64_t, std::uint64_t>;

class Chart {
 public:
  Chart(StudyRecord const& study, ComparedOutcome const& outcome)
      : study_{study},
        outcome_{outcome},
        order_{order_of(study)},
        styles_{arm_styles(study)},
        step_{(kSubjects.right - kSubjects.left) / static_cast<double>(order_.size())} {}

  Markup draw() {
    Drawing drawing = panel(heading_of_outcome(outcome_.name, outcome_.meaning), in_words(), kHeight);
    draw_subjects(drawing);
    draw_differences(drawing);
    return drawing.svg();
  }

 private:
  double center(std::size_t place) const {
    return kSubjects.left + (static_cast<double>(place) + 0.5) * step_;
  }

  std::string in_words() const {
    auto text = outcome_.meaning + ".";
    for (std::size_t place = 1; place < order_.size(); ++place)
      text += fmt::format(" {}: {} to the reference.", study_.arms[order_[place]].name,
                          contrast_text(outcome_.contrasts[place - 1]));
    return text;
  }

  void draw_subjects(Drawing& drawing) {
    Extent extent;
    for (auto const& arm : study_.arms) {
      for (auto const value : outcome_values(arm, outcome_.name)) extent.add(value);
    }
    auto const rounded = axis_extent(extent, Zero::when_near, 4);
    Scale const y{rounded.low, rounded.high, kSubjects.bottom, kSubjects.top};
    draw_y_axis(drawing, kSubjects, y, unit_text(outcome_.unit));
    drawing.line({kSubjects.left, kSubjects.bottom}, {kSubjects.right, kSubjects.bottom}, "ax");
    mark_cut_axis(drawing, kSubjects, y);
    std::map<Key, std::vector<Point>> lines;
    std::vector<std::vector<Point>> dots;
    for (std::size_t place = 0; place < order_.size(); ++place) {
      auto const& arm = study_.arms[order_[place]];
      auto const values = outcome_values(arm, outcome_.name);
      auto const offsets = spread_out(values, y, 0.3 * step_);
      dots.emplace_back();
      for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) continue;
        dots.back().push_back({center(place) + offsets[i], y(values[i])});
        lines[{arm.runs[i].luck.seed, arm.runs[i].luck.subject}].push_back(dots.back().back());
      }
    }
    for (auto const& [key, points] : lines) {
      if (points.size() > 1) drawing.polyline(points, "jn");
    }
    for (std::size_t place = 0; place < order_.size(); ++place) {
      auto const& style = styles_[order_[place]];
      for (auto const& dot : dots[place]) drawing.shape(style.shape(), dot, 3, style.mark());
    }
  }

  void draw_differences(Drawing& drawing) {
    Extent extent;
    extent.add(0);
    for (auto const& contrast : outcome_.contrasts) {
      extent.add(contrast.result.difference);
      extent.add(contrast.result.low);
      extent.add(contrast.result.high);
    }
    auto const rounded = axis_extent(extent, Zero::included, 3);
    Scale const y{rounded.low, rounded.high, kDifferences.bottom, kDifferences.top};
    draw_y_axis(drawing, kDifferences, y, "difference to " + fitted(reference_name(), 150, 10.5), 3);
    draw_level(drawing, kDifferences, y, 0);
    for (std::size_t place = 1; place < order_.size(); ++place) {
      auto const& result = outcome_.contrasts[place - 1].result;
      auto const& style = styles_[order_[place]];
      auto const x = center(place);
      if (!std::isfinite(result.difference)) {
        drawing.text({x, y(0) - 4}, "no value", "tk", Anchor::middle);
        continue;
      }
      if (std::isfinite(result.low) && std::isfinite(result.high))
        drawing.line({x, y(result.low)}, {x, y(result.high)}, "ci " + style.thin());
      drawing.shape(style.shape(), {x, y(result.difference)}, 3.8, style.mark(),
                    contrast_text(outcome_.contrasts[place - 1]));
    }
    label_arms(drawing);
  }

  void label_arms(Drawing& drawing) {
    for (std::size_t place = 0; place < order_.size(); ++place) {
      auto const& name = study_.arms[order_[place]].name;
      drawing.text({center(place), kHeight - 6}, fitted(name, step_ - 3, 10), "tk", Anchor::middle);
    }
  }

  std::string reference_name() const { return study_.arms[study_.reference].name; }

  StudyRecord const& study_;
  ComparedOutcome const& outcome_;
  std::vector<std::size_t> order_;
  std::vector<ArmStyle> styles_;
  double step_;
};

}  // namespace

Markup estimation_chart(StudyRecord const& study, ComparedOutcome const& outcome) {
  return Chart{study, outcome}.draw();
}

}  // namespace myoaxis::report

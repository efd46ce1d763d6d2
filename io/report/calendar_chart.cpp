#include "io/report/calendar_chart.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "io/report/drawing.h"
#include "io/report/numbers.h"
#include "io/report/plot.h"

namespace myoaxis::report {
namespace {

constexpr double kCalendarLeft = 40, kCalendarTop = 36, kColumn = (kPanelWidth - kCalendarLeft - 4) / 7,
                 kLargest = 8.5;

/// Shades from light to dark, in gray as well.
constexpr std::array kShadeFrom{0.0, 45.0, 60.0, 75.0, 90.0};

int shade_of(double intensity) {
  int shade = 0;
  for (std::size_t i = 1; i < kShadeFrom.size(); ++i) shade += intensity >= kShadeFrom[i];
  return shade;
}

Shape shape_of(std::vector<std::string> const& modes, std::string const& mode) {
  static constexpr std::array kShapesOfModes{Shape::square,   Shape::circle, Shape::diamond,
                                             Shape::triangle, Shape::star,   Shape::triangle_down};
  auto const place = std::ranges::find(modes, mode) - modes.begin();
  return kShapesOfModes[static_cast<std::size_t>(place) % kShapesOfModes.size()];
}

std::string tip_of(CalendarEntry const& entry) {
  auto text = fmt::format("{}: {}, {} planned at {} %VO2max; done by {} of {}", instant_text(entry.start),
                          entry.mode, duration_text(entry.planned_work),
                          number_text(entry.planned_intensity, 2), entry.done, entry.subjects);
  if (entry.done > 0)
    text += fmt::format(", {} at {} %VO2max", duration_text(std::round(entry.work / 60) * 60),
                        number_text(entry.intensity, 2));
  return text;
}

struct Grid {
  long first_week;
  double row;
  Point center(double start, std::size_t place, std::size_t of) const {
    auto const week = std::floor(start / kWeek);
    auto const day = std::floor((start - week * kWeek) / kDay);
    auto const share = (static_cast<double>(place) + 0.5) / static_cast<double>(of);
    return {kCalendarLeft + (day + share) * kColumn,
            kCalendarTop + (week - static_cast<double>(first_week) + 0.5) * row};
  }
};

void draw_grid(Drawing& drawing, long first, long last, double row) {
  static constexpr std::array kDays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  for (std::size_t i = 0; i < kDays.size(); ++i)
    drawing.text({kCalendarLeft + (static_cast<double>(i) + 0.5) * kColumn, kCalendarTop - 6}, kDays[i], "tk",
                 Anchor::middle);
  for (auto week = first; week <= last; ++week) {
    auto const y = kCalendarTop + static_cast<double>(week - first) * row;
    drawing.rect(kCalendarLeft, y, 7 * kColumn, row, week < 0 ? "cb" : week % 2 == 0 ? "c0" : "c1");
    drawing.text({kCalendarLeft - 6, y + row / 2 + 3.5}, week < 0 ? "rest" : fmt::format("wk {}", week + 1),
                 "tk", Anchor::end);
  }
}

void draw_entry(Drawing& drawing, CalendarEntry const& entry, Point at, Shape shape, double longest,
                double largest) {
  auto const share = longest > 0 ? entry.planned_work / longest : 1;
  auto const radius = std::max(4.0, largest * std::sqrt(share));
  auto const partly = entry.done < entry.subjects;
  if (partly) at.y -= 3;
  drawing.shape(shape, at, radius,
                entry.done == 0 ? "sk" : fmt::format("i{}", shade_of(entry.planned_intensity)),
                tip_of(entry));
  if (partly)
    drawing.text({at.x, at.y + radius + 7.5}, fmt::format("{}/{}", entry.done, entry.subjects), "nd",
                 Anchor::middle);
}

}  // namespace

std::vector<CalendarEntry> calendar_of(ArmRecord const& arm) {
  std::map<std::int64_t, CalendarEntry> entries;
  for (auto const& run : arm.runs) {
    for (auto const& session : run.sessions) {
      auto& entry = entries[session.number];
      entry.start = session.start;
      entry.mode = session.mode;
      entry.planned_work = session.planned_work;
      entry.planned_intensity = session.planned_intensity;
      ++entry.subjects;
      if (!session.done) continue;
      ++entry.done;
      entry.intensity += (session.intensity - entry.intensity) / static_cast<double>(entry.done);
      entry.work += (session.work - entry.work) / static_cast<double>(entry.done);
    }
  }
  std::vector<CalendarEntry> list;
  for (auto const& [number, entry] : entries) list.push_back(entry);
  return list;
}

Markup calendar_chart(std::string const& title, std::vector<CalendarEntry> const& entries,
                      std::vector<std::string> const& modes, double longest, long first, long last) {
  auto const rows = last - first + 1;
  auto const row = rows <= 16 ? 24.0 : 17.0;
  std::size_t planned = 0, done = 0;
  std::map<long, std::size_t> on_day;
  for (auto const& entry : entries) {
    planned += entry.subjects;
    done += entry.done;
    ++on_day[static_cast<long>(std::floor(entry.start / kDay))];
  }
  auto drawing = panel(title,
                       fmt::format("Calendar with {}; {} of {} subject-sessions were done.",
                                   counted(entries.size(), "session", "sessions"), done, planned),
                       kCalendarTop + static_cast<double>(rows) * row + 4);
  draw_grid(drawing, first, last, row);
  Grid const grid{first, row};
  std::map<long, std::size_t> drawn;
  for (auto const& entry : entries) {
    auto const day = static_cast<long>(std::floor(entry.start / kDay));
    auto const week = static_cast<long>(std::floor(entry.start / kWeek));
    auto const place = drawn[day]++;
    if (week < first || week > last) continue;
    auto const largest = std::min(kLargest, row / 2 - 2) / (on_day[day] > 2 ? 1.6 : 1);
    draw_entry(drawing, entry, grid.center(entry.start, place, on_day[day]), shape_of(modes, entry.mode),
               longest, largest);
  }
  if (entries.empty())
    drawing.text({kCalendarLeft + 3.5 * kColumn, kCalendarTop + static_cast<double>(rows) * row / 2 + 4},
                 "no sessions", "lb", Anchor::middle);
  return drawing.svg();
}

Markup calendar_legend(std::vector<std::string> const& modes) {
  Markup items;
  auto const item = [&](Shape shape, std::string const& css, std::string const& text) {
    Drawing sample{18, 18, "", ""};
    sample.shape(shape, {9, 9}, 6.5, css);
    items += element("li", sample.decoration() + element("span", text));
  };
  for (auto const& mode : modes) item(shape_of(modes, mode), "i2", mode);
  for (std::size_t i = 0; i < kShadeFrom.size(); ++i) {
    auto const last = i + 1 == kShadeFrom.size();
    item(Shape::circle, fmt::format("i{}", i),
         i == 0 ? fmt::format("below {} %VO2max", kShadeFrom[1])
         : last ? fmt::format("from {} %", kShadeFrom[i])
                : fmt::format("{} to {} %", kShadeFrom[i], kShadeFrom[i + 1]));
  }
  item(Shape::circle, "sk", "skipped by all");
  return element("ul", {{"class", "legend"}, {"aria-label", "Signs of the calendars"}}, items);
}

}  // namespace myoaxis::report

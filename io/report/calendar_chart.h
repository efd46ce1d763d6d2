/// A regime as a calendar: a row a week, a column a day, a mark a session.
#pragma once

#include <string>
#include <vector>

#include "io/report/markup.h"
#include "io/report/study_data.h"

namespace myoaxis::report {

/// One session of an arm, over all its subjects.
struct CalendarEntry {
  double start = 0;  // s since day 0
  std::string mode;
  double planned_work = 0;       // s
  double planned_intensity = 0;  // % of VO2max
  std::size_t subjects = 0, done = 0;
  double intensity = 0;  // mean of those who did it, % of VO2max
  double work = 0;       // mean of those who did it, s
};
std::vector<CalendarEntry> calendar_of(ArmRecord const& arm);

/// The weeks `first` to `last` (0 is the one that begins at day 0, baseline weeks are negative). A mark's
/// form is its mode, its area the planned time under load relative to `longest` (s), its shade the planned
/// intensity; where not all did it there stands how many, and where none did the mark is hollow.
Markup calendar_chart(std::string const& title, std::vector<CalendarEntry> const& entries,
                      std::vector<std::string> const& modes, double longest, long first, long last);

/// The signs of the calendar.
Markup calendar_legend(std::vector<std::string> const& modes);

}  // namespace myoaxis::report

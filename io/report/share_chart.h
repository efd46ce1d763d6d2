/// Shares of a whole as bars, and values that range over powers of ten as dots.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "io/report/arm_style.h"
#include "io/report/markup.h"

namespace myoaxis::report {

struct SharePart {
  std::string name;
  double share = 0;  // of the whole bar
};
struct ShareBar {
  std::string name;
  std::vector<SharePart> parts;
};

/// One bar a row. `names` gives each part its shade, the same in all charts and legends that are given the
/// same names; parts that are wide enough are labeled.
Markup share_chart(std::string const& title, std::vector<ShareBar> const& bars,
                   std::vector<std::string> const& names);
/// Of those names that are in `present`.
Markup share_legend(std::vector<std::string> const& names, std::set<std::string> const& present);

struct DotRow {
  std::string name;
  struct Dot {
    ArmStyle style;
    std::string arm;
    double value = 0;   // a dot
    double before = 0;  // a line from there, where it began
  };
  std::vector<Dot> dots;
};

/// Positive values on a logarithmic axis, with their number beside.
Markup dot_chart(std::string const& title, std::string const& statement, std::string const& x_label,
                 std::vector<DotRow> const& rows);

}  // namespace myoaxis::report

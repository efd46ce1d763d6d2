/// The frame of a plot: where the data go, axes with their numbers, names and units.
#pragma once

#include <string>
#include <vector>

#include "io/report/drawing.h"
#include "io/report/scale.h"

namespace myoaxis::report {

/// Sizes of a panel that stands beside others, in px: three of them fill a desktop, one a phone.
inline constexpr double kPanelWidth = 340, kPanelHeight = 220;

/// The rectangle that holds the data.
struct Box {
  double left = 0, top = 0, right = 0, bottom = 0;
};
/// From the top of an axis up to the baseline of its unit; a box with a unit begins at least 34 px down.
inline constexpr double kUnitOverAxis = 8.5;
inline constexpr Box kPanelBox{52, 34, kPanelWidth - 10, kPanelHeight - 38};

/// A panel with its title at the top.
Drawing panel(std::string const& title, std::string const& description, double height = kPanelHeight,
              double width = kPanelWidth);

/// Name and unit of an axis: "irisin in plasma (ng/ml)".
std::string with_unit(std::string const& name, std::string const& unit);

/// Numbers, grid lines and the unit over the axis.
void draw_y_axis(Drawing& drawing, Box box, Scale const& y, std::string const& unit, int wanted = 4);
void draw_x_axis(Drawing& drawing, Box box, Scale const& x, std::string const& label, int wanted = 6);
/// A sign at the foot of the axis that it does not begin at zero.
void mark_cut_axis(Drawing& drawing, Box box, Scale const& y);
/// A line at a value that means something, such as the untrained level.
void draw_level(Drawing& drawing, Box box, Scale const& y, double value);

/// The text cut with an ellipsis to about `width` px at a font size of `size` px.
std::string fitted(std::string const& text, double width, double size);

}  // namespace myoaxis::report

/// One SVG drawing: lines, shapes and texts in px, with a title and a description for who cannot see it.
///
/// Colors are classes of the page's style sheet (style.cpp), so that they follow paper, screen and dark mode.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/report/markup.h"

namespace myoaxis::report {

struct Point {
  double x = 0;
  double y = 0;
};

enum class Anchor { start, middle, end };
enum class Shape { circle, square, triangle, diamond, triangle_down, plus, cross, star };

class Drawing {
 public:
  Drawing(double width, double height, std::string title, std::string description);

  void line(Point from, Point to, std::string_view css);
  /// One line through all points; a gap where a coordinate is NaN.
  void polyline(std::vector<Point> const& points, std::string_view css);
  /// The area between two lines that have as many points, without what is NaN in either.
  void band(std::vector<Point> const& upper, std::vector<Point> const& lower, std::string_view css);
  void rect(double x, double y, double width, double height, std::string_view css, std::string_view tip = "");
  void shape(Shape shape, Point center, double radius, std::string_view css, std::string_view tip = "");
  void polygon(std::vector<Point> const& points, std::string_view css);
  void text(Point at, std::string_view text, std::string_view css, Anchor anchor = Anchor::start);
  /// Reads from bottom to top.
  void upright_text(Point at, std::string_view text, std::string_view css);

  double width() const { return width_; }
  double height() const { return height_; }
  void set_height(double height) { height_ = height; }
  Markup svg() const;
  /// The same for what only repeats a text beside it: hidden from screen readers.
  Markup decoration() const;

 private:
  void add(std::string_view name, Attributes attributes, std::string_view css, std::string_view tip = "");

  double width_, height_;
  std::string title_, description_;
  Markup body_;
};

/// A sample of a line and its mark, for a legend.
Markup key_svg(std::string_view line_css, std::string_view mark_css, Shape shape);

}  // namespace myoaxis::report

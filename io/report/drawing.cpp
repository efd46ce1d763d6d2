#include "io/report/drawing.h"

#include <fmt/core.h>

#include <cmath>
#include <numbers>

#include "core/contracts.h"

namespace myoaxis::report {
namespace {

/// Coordinates to a hundredth of a px: what is drawn is the same, and the page is small.
std::string px(double value) {
  EXPECTS(std::isfinite(value));
  auto text = fmt::format("{:.2f}", value);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string pair(Point point) { return px(point.x) + ' ' + px(point.y); }

bool is_drawn(Point point) { return std::isfinite(point.x) && std::isfinite(point.y); }

std::string path_through(std::vector<Point> const& points) {
  std::string path;
  for (auto const& point : points) {
    path += path.empty() ? 'M' : 'L';
    path += pair(point);
  }
  return path;
}

std::vector<Point> around(Point center, std::vector<Point> const& unit, double radius) {
  std::vector<Point> points;
  for (auto const& corner : unit)
    points.push_back({center.x + radius * corner.x, center.y + radius * corner.y});
  return points;
}

/// Corners of equal visual weight on a circle of radius 1.
std::vector<Point> corners_of(Shape shape) {
  switch (shape) {
    case Shape::square:
      return {{-.88, -.88}, {.88, -.88}, {.88, .88}, {-.88, .88}};
    case Shape::triangle:
      return {{0, -1.25}, {1.1, .75}, {-1.1, .75}};
    case Shape::triangle_down:
      return {{0, 1.25}, {1.1, -.75}, {-1.1, -.75}};
    case Shape::diamond:
      return {{0, -1.3}, {1.3, 0}, {0, 1.3}, {-1.3, 0}};
    case Shape::plus:
      return {{-.4, -1.2}, {.4, -1.2}, {.4, -.4}, {1.2, -.4}, {1.2, .4},   {.4, .4},
              {.4, 1.2},   {-.4, 1.2}, {-.4, .4}, {-1.2, .4}, {-1.2, -.4}, {-.4, -.4}};
    case Shape::cross: {
      auto const plus = corners_of(Shape::plus);
      std::vector<Point> turned;
      for (auto const& corner : plus)
        turned.push_back(
            {(corner.x - corner.y) / std::numbers::sqrt2, (corner.x + corner.y) / std::numbers::sqrt2});
      return turned;
    }
    case Shape::star: {
      std::vector<Point> points;
      for (int i = 0; i < 10; ++i) {
        auto const angle = std::numbers::pi * i / 5;
        auto const reach = i % 2 == 0 ? 1.35 : .6;
        points.push_back({reach * std::sin(angle), -reach * std::cos(angle)});
      }
      return points;
    }
    case Shape::circle:
      break;
  }
  return {};
}

Attributes size_attributes(double width, double height) {
  return {{"viewBox", fmt::format("0 0 {} {}", px(width), px(height))},
          {"width", px(width)},
          {"height", px(height)}};
}

char const* anchor_text(Anchor anchor) {
  return anchor == Anchor::start ? "start" : anchor == Anchor::middle ? "middle" : "end";
}

}  // namespace

Drawing::Drawing(double width, double height, std::string title, std::string description)
    : width_{width}, height_{height}, title_{std::move(title)}, description_{std::move(description)} {}

void Drawing::add(std::string_view name, Attributes attributes, std::string_view css, std::string_view tip) {
  if (!css.empty()) attributes.insert(attributes.begin(), {"class", std::string{css}});
  body_ += tip.empty() ? empty_element(name, attributes) : element(name, attributes, element("title", tip));
}

void Drawing::line(Point from, Point to, std::string_view css) {
  add("line", {{"x1", px(from.x)}, {"y1", px(from.y)}, {"x2", px(to.x)}, {"y2", px(to.y)}}, css);
}

void Drawing::polyline(std::vector<Point> const& points, std::string_view css) {
  std::string path;
  auto pen_down = false;
  for (auto const& point : points) {
    if (!is_drawn(point)) {
      pen_down = false;
      continue;
    }
    path += pen_down ? 'L' : 'M';
    path += pair(point);
    pen_down = true;
  }
  if (!path.empty()) add("path", {{"d", path}}, css);
}

void Drawing::band(std::vector<Point> const& upper, std::vector<Point> const& lower, std::string_view css) {
  EXPECTS(upper.size() == lower.size());
  std::vector<Point> ahead, back;
  auto const finish = [&] {
    if (ahead.size() > 1) {
      ahead.insert(ahead.end(), back.rbegin(), back.rend());
      add("path", {{"d", path_through(ahead) + "Z"}}, css);
    }
    ahead.clear();
    back.clear();
  };
  for (std::size_t i = 0; i < upper.size(); ++i) {
    if (!is_drawn(upper[i]) || !is_drawn(lower[i])) {
      finish();
      continue;
    }
    ahead.push_back(upper[i]);
    back.push_back(lower[i]);
  }
  finish();
}

void Drawing::rect(double x, double y, double width, double height, std::string_view css,
                   std::string_view tip) {
  add("rect", {{"x", px(x)}, {"y", px(y)}, {"width", px(width)}, {"height", px(height)}}, css, tip);
}

void Drawing::shape(Shape shape, Point center, double radius, std::string_view css, std::string_view tip) {
  if (shape == Shape::circle) {
    add("circle", {{"cx", px(center.x)}, {"cy", px(center.y)}, {"r", px(radius)}}, css, tip);
  } else {
    add("path", {{"d", path_through(around(center, corners_of(shape), radius)) + "Z"}}, css, tip);
  }
}

void Drawing::polygon(std::vector<Point> const& points, std::string_view css) {
  add("path", {{"d", path_through(points) + "Z"}}, css);
}

void Drawing::text(Point at, std::string_view text, std::string_view css, Anchor anchor) {
  Attributes attributes{{"class", std::string{css}}, {"x", px(at.x)}, {"y", px(at.y)}};
  if (anchor != Anchor::start) attributes.push_back({"text-anchor", anchor_text(anchor)});
  body_ += element("text", attributes, text);
}

void Drawing::upright_text(Point at, std::string_view text, std::string_view css) {
  body_ += element("text",
                   {{"class", std::string{css}},
                    {"text-anchor", "middle"},
                    {"transform", fmt::format("translate({} {}) rotate(-90)", px(at.x), px(at.y))}},
                   text);
}

Markup Drawing::svg() const {
  auto head = element("title", title_);
  if (!description_.empty()) head += element("desc", description_);
  auto attributes = size_attributes(width_, height_);
  attributes.push_back({"role", "img"});
  attributes.push_back({"aria-label", description_.empty() ? title_ : title_ + ". " + description_});
  return element("svg", attributes, head + body_);
}

Markup Drawing::decoration() const {
  auto attributes = size_attributes(width_, height_);
  attributes.push_back({"aria-hidden", "true"});
  return element("svg", attributes, body_);
}

Markup key_svg(std::string_view line_css, std::string_view mark_css, Shape shape) {
  constexpr double width = 34, height = 14;
  Drawing drawing{width, height, "", ""};
  drawing.line({1, height / 2}, {width - 1, height / 2}, line_css);
  drawing.shape(shape, {width / 2, height / 2}, 3.6, mark_css);
  return drawing.decoration();
}

}  // namespace myoaxis::report

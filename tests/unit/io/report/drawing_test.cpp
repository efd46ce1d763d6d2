#include "io/report/drawing.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "io/report/plot.h"
#include "tests/support/text_parts.h"

namespace myoaxis::report {
using test::contains;

namespace {
std::size_t occurrences(std::string const& text, std::string const& part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++n;
  return n;
}
}  // namespace

TEST_CASE("the unit of an axis clears the number at its top and the title") {
  constexpr double digits = 7.7, descender = 2.4;  // of a font of 10.5 px, over and below its baseline
  auto const unit = kPanelBox.top - kUnitOverAxis, number = kPanelBox.top + 3.5;
  CHECK(unit + descender < number - digits);
  CHECK(unit - digits > 13 + 2.8);  // the title's descenders
}

TEST_CASE("a drawing tells its title and its content to who cannot see it") {
  Drawing drawing{100, 50, "BDNF <plasma>", "It rises."};
  auto const svg = drawing.svg().text();
  CHECK(contains(svg, "<title>BDNF &lt;plasma&gt;</title><desc>It rises.</desc>"));
  CHECK(contains(svg, "aria-label=\"BDNF &lt;plasma&gt;. It rises.\""));
  CHECK(contains(svg, "viewBox=\"0 0 100 50\""));
  CHECK(contains(drawing.decoration().text(), "aria-hidden=\"true\""));
}

TEST_CASE("a line has a gap where a value is missing") {
  Drawing drawing{100, 50, "", ""};
  drawing.polyline({{0, 0}, {1, 1}, {2, kUnknown}, {3, 3}, {4, 4}}, "ln");
  CHECK(contains(drawing.svg().text(), "d=\"M0 0L1 1M3 3L4 4\""));
  Drawing nothing{100, 50, "", ""};
  nothing.polyline({{kUnknown, 0}}, "ln");
  CHECK_FALSE(contains(nothing.svg().text(), "<path"));
}

TEST_CASE("a band is cut where a value is missing, and a single point has none") {
  Drawing drawing{100, 50, "", ""};
  drawing.band({{0, 0}, {1, 0}, {2, kUnknown}, {3, 0}}, {{0, 5}, {1, 5}, {2, 5}, {3, 5}}, "bd");
  CHECK(occurrences(drawing.svg().text(), "<path") == 1);
  CHECK(contains(drawing.svg().text(), "d=\"M0 0L1 0L1 5L0 5Z\""));
}

TEST_CASE("coordinates have two decimal places and no negative zero") {
  Drawing drawing{100, 50, "", ""};
  drawing.line({-0.001, 1.0 / 3}, {2, 10}, "ax");
  CHECK(contains(drawing.svg().text(), "x1=\"0\" y1=\"0.33\" x2=\"2\" y2=\"10\""));
}

TEST_CASE("every shape lies within its radius but for a third of it") {
  for (auto const shape : {Shape::square, Shape::triangle, Shape::diamond, Shape::triangle_down, Shape::plus,
                           Shape::cross, Shape::star}) {
    Drawing drawing{100, 50, "", ""};
    drawing.shape(shape, {50, 25}, 10, "mk", "a tip");
    auto const svg = drawing.svg().text();
    CHECK(contains(svg, "<title>a tip</title>"));
    auto at = svg.find("d=\"M") + 4;
    while (svg[at] != 'Z') {
      std::size_t used = 0;
      auto const x = std::stod(svg.substr(at), &used);
      at += used;
      auto const y = std::stod(svg.substr(at), &used);
      at += used;
      CHECK(std::hypot(x - 50, y - 25) < 13.6);
      if (svg[at] == 'L') ++at;
    }
  }
}

TEST_CASE("a text that is too long is cut between characters") {
  CHECK(fitted("short", 100, 10) == "short");
  auto const cut = fitted("\u00B5\u00B5\u00B5\u00B5\u00B5\u00B5\u00B5\u00B5\u00B5\u00B5", 27, 10);
  CHECK(cut == "\u00B5\u00B5\u00B5\u00B5\u2026");
}

TEST_CASE("an axis names its unit and draws a line at each of its numbers") {
  auto drawing = panel("a", "b");
  draw_y_axis(drawing, kPanelBox, Scale{0, 4, kPanelBox.bottom, kPanelBox.top}, "ng/ml");
  auto const svg = drawing.svg().text();
  for (auto const* part : {">0</text>", ">4</text>", ">ng/ml</text>"}) CHECK(contains(svg, part));
}

TEST_CASE("only an axis without zero is marked as cut") {
  auto with = panel("a", "b"), without = panel("a", "b");
  auto const before = with.svg().text();
  mark_cut_axis(with, kPanelBox, Scale{0, 4, kPanelBox.bottom, kPanelBox.top});
  CHECK(with.svg().text() == before);
  mark_cut_axis(without, kPanelBox, Scale{2, 4, kPanelBox.bottom, kPanelBox.top});
  CHECK(without.svg().text() != before);
}

}  // namespace myoaxis::report

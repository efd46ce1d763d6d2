#include "io/report/plot.h"

#include <cmath>

#include "io/report/numbers.h"

namespace myoaxis::report {
namespace {

/// Mean width of a character, of the font size.
constexpr double kCharacter = 0.53;

std::size_t characters_in(std::string const& text) {
  std::size_t n = 0;
  for (auto const byte : text) n += (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
  return n;
}

}  // namespace

Drawing panel(std::string const& title, std::string const& description, double height, double width) {
  Drawing drawing{width, height, title, description};
  drawing.text({2, 13}, fitted(title, width - 4, 12.5), "t1");
  return drawing;
}

std::string with_unit(std::string const& name, std::string const& unit) {
  auto const shown = unit_text(unit);
  return shown.empty() ? name : name + " (" + shown + ")";
}

void draw_y_axis(Drawing& drawing, Box box, Scale const& y, std::string const& unit, int wanted) {
  auto const ticks = ticks_within(y.low(), y.high(), wanted);
  for (auto const value : ticks.values) {
    drawing.line({box.left, y(value)}, {box.right, y(value)}, value == 0 ? "ax" : "gr");
    drawing.text({box.left - 5, y(value) + 3.5}, ticks.text(value), "tk", Anchor::end);
  }
  drawing.line({box.left, box.top}, {box.left, box.bottom}, "ax");
  // High enough for its descenders to clear a number at the top of the axis, below those of the title.
  if (!unit.empty()) drawing.text({2, box.top - kUnitOverAxis}, unit, "un");
}

void draw_x_axis(Drawing& drawing, Box box, Scale const& x, std::string const& label, int wanted) {
  auto const ticks = ticks_within(x.low(), x.high(), wanted);
  drawing.line({box.left, box.bottom}, {box.right, box.bottom}, "ax");
  for (auto const value : ticks.values) {
    drawing.line({x(value), box.bottom}, {x(value), box.bottom + 4}, "ax");
    drawing.text({x(value), box.bottom + 15}, ticks.text(value), "tk", Anchor::middle);
  }
  drawing.text({(box.left + box.right) / 2, box.bottom + 30}, label, "lb", Anchor::middle);
}

void mark_cut_axis(Drawing& drawing, Box box, Scale const& y) {
  if (y.low() <= 0 && y.high() >= 0) return;
  auto const at = y.low() > 0 ? box.bottom - 7 : box.top + 7;
  drawing.rect(box.left - 3, at - 2.5, 6, 5, "pg");
  drawing.line({box.left - 4, at}, {box.left + 4, at - 4}, "ax");
  drawing.line({box.left - 4, at + 4}, {box.left + 4, at}, "ax");
}

void draw_level(Drawing& drawing, Box box, Scale const& y, double value) {
  if (y.holds(value)) drawing.line({box.left, y(value)}, {box.right, y(value)}, "rf");
}

std::string fitted(std::string const& text, double width, double size) {
  auto const most = static_cast<std::size_t>(std::max(4.0, std::floor(width / (kCharacter * size))));
  if (characters_in(text) <= most) return text;
  std::string cut;
  std::size_t n = 0;
  for (auto const byte : text) {
    n += (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
    if (n > most - 1) break;
    cut += byte;
  }
  return cut + "\u2026";
}

}  // namespace myoaxis::report

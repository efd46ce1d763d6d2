#include "io/report/arm_style.h"

#include <fmt/core.h>

#include <array>

namespace myoaxis::report {
namespace {

constexpr std::size_t kColors = 8;
constexpr std::array kShapes{Shape::circle,        Shape::square, Shape::triangle, Shape::diamond,
                             Shape::triangle_down, Shape::plus,   Shape::cross,    Shape::star};

/// The ninth arm has the color of the second, with another dash and another mark.
std::size_t color_of(std::size_t number) {
  return number < kColors ? number : 1 + (number - kColors) % (kColors - 1);
}

std::string css(char const* kind, std::size_t number) {
  return fmt::format("{} a{}", kind, color_of(number));
}

}  // namespace

std::string ArmStyle::line() const {
  return fmt::format("{} d{}", css("ln", number), (number + number / kColors) % kColors);
}
std::string ArmStyle::band() const { return css("bd", number); }
std::string ArmStyle::mark() const { return css("mk", number); }
std::string ArmStyle::hollow() const { return css("ho", number); }
std::string ArmStyle::thin() const { return css("th", number); }
std::string ArmStyle::bar() const { return css("br", number); }
Shape ArmStyle::shape() const { return kShapes[(number + number / kColors) % kShapes.size()]; }

std::vector<ArmStyle> arm_styles(StudyRecord const& study) {
  std::vector<ArmStyle> styles;
  std::size_t next = 1;
  for (std::size_t i = 0; i < study.arms.size(); ++i) styles.push_back({i == study.reference ? 0 : next++});
  return styles;
}

Markup arm_legend(StudyRecord const& study) {
  auto const styles = arm_styles(study);
  Markup items;
  for (std::size_t i = 0; i < study.arms.size(); ++i) {
    auto const& style = styles[i];
    items += element(
        "li", key_svg(style.line(), style.mark(), style.shape()) + element("span", study.arms[i].name));
  }
  return element("ul", {{"class", "legend"}, {"aria-label", "Arms"}}, items);
}

}  // namespace myoaxis::report

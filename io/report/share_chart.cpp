#include "io/report/share_chart.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "io/report/numbers.h"
#include "io/report/plot.h"

namespace myoaxis::report {
namespace {

constexpr double kSharesTop = 24, kSharesRow = 38, kSharesBar = 20, kShades = 9;

std::string shade_css(std::vector<std::string> const& names, std::string const& name) {
  auto const place = std::ranges::find(names, name) - names.begin();
  return fmt::format("s{}", place % static_cast<std::ptrdiff_t>(kShades));
}

std::string shares_in_words(std::vector<ShareBar> const& bars) {
  std::string text;
  for (auto const& bar : bars) {
    text += (text.empty() ? "" : " ") + bar.name + ":";
    for (auto const& part : bar.parts) text += fmt::format(" {} {},", part.name, percent_text(part.share));
    text.back() = '.';
  }
  return text;
}

}  // namespace

Markup share_chart(std::string const& title, std::vector<ShareBar> const& bars,
                   std::vector<std::string> const& names) {
  auto const n = static_cast<double>(bars.size());
  constexpr double left = 2, width = kPanelWidth - 4;
  auto drawing = panel(title, shares_in_words(bars), kSharesTop + n * kSharesRow + 20);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    auto const y = kSharesTop + static_cast<double>(i) * kSharesRow;
    drawing.text({left, y + 9}, bars[i].name, "ol");
    auto x = left;
    for (auto const& part : bars[i].parts) {
      auto const length = width * part.share;
      if (!(length > 0)) continue;
      auto const css = shade_css(names, part.name);
      drawing.rect(x, y + 13, length, kSharesBar, css + " sg", part.name + " " + percent_text(part.share));
      auto const label = fmt::format("{} {}", part.name, percent_text(part.share));
      if (length > 6.2 * static_cast<double>(label.size()))
        drawing.text({x + 5, y + 13 + kSharesBar / 2 + 3.6}, label, "on" + css);
      x += length;
    }
  }
  auto const bottom = kSharesTop + n * kSharesRow + 4;
  for (auto const share : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    auto const anchor = share == 0 ? Anchor::start : share == 1 ? Anchor::end : Anchor::middle;
    drawing.line({left + width * share, bottom - 6}, {left + width * share, bottom - 2}, "ax");
    drawing.text({left + width * share, bottom + 10}, fmt::format("{:.0f} %", 100 * share), "tk", anchor);
  }
  return drawing.svg();
}

Markup share_legend(std::vector<std::string> const& names, std::set<std::string> const& present) {
  Markup items;
  for (auto const& name : names) {
    if (!present.contains(name)) continue;
    Drawing sample{18, 14, "", ""};
    sample.rect(1, 1, 16, 12, shade_css(names, name) + " sg");
    items += element("li", sample.decoration() + element("span", name));
  }
  return element("ul", {{"class", "legend"}, {"aria-label", "Sources"}}, items);
}

Markup dot_chart(std::string const& title, std::string const& statement, std::string const& x_label,
                 std::vector<DotRow> const& rows) {
  constexpr double left = 96, right = kPanelWidth - 46, row_height = 20;
  auto const n = static_cast<double>(rows.size());
  auto const bottom = kSharesTop + n * row_height + 4;
  Extent extent;
  auto words = statement;
  for (auto const& row : rows) {
    for (auto const& dot : row.dots) {
      if (dot.value > 0) extent.add(dot.value);
      if (dot.before > 0) extent.add(dot.before);
    }
    if (!row.dots.empty()) words += fmt::format(" {}: {}.", row.name, number_text(row.dots.front().value, 2));
  }
  auto drawing = panel(title, words, bottom + 36);
  if (extent.empty) return drawing.svg();
  auto const first = std::floor(std::log10(extent.low)),
             last = std::max(first + 1, std::ceil(std::log10(extent.high)));
  Scale const x{std::pow(10, first), std::pow(10, last), left, right, Spacing::logarithmic};
  auto const every = std::max(1.0, std::ceil((last - first) / 6));
  for (auto power = first; power <= last; power += every) {
    auto const value = std::pow(10, power);
    drawing.line({x(value), kSharesTop}, {x(value), bottom}, "gr");
    drawing.text({x(value), bottom + 13},
                 value >= 0.01 ? number_text(value, 1) : power_of_ten_text(static_cast<int>(power)), "tk",
                 Anchor::middle);
  }
  drawing.text({(left + right) / 2, bottom + 29}, x_label, "lb", Anchor::middle);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto const y = kSharesTop + (static_cast<double>(i) + 0.5) * row_height;
    drawing.text({left - 8, y + 4}, rows[i].name, "ol", Anchor::end);
    drawing.line({left, y}, {right, y}, "gr");
    for (auto const& dot : rows[i].dots) {
      if (!(dot.value > 0)) continue;
      drawing.shape(dot.style.shape(), {x(dot.value), y}, 3.6, dot.style.mark(),
                    fmt::format("{}: {}", dot.arm, number_text(dot.value)));
    }
    if (!rows[i].dots.empty())
      drawing.text({kPanelWidth - 2, y + 4}, number_text(rows[i].dots.front().value, 2), "tk", Anchor::end);
  }
  return drawing.svg();
}

}  // namespace myoaxis::report

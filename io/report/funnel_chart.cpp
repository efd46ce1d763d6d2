#include "io/report/funnel_chart.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "io/report/numbers.h"
#include "io/report/plot.h"
#include "io/report/wording.h"

namespace myoaxis::report {
namespace {

constexpr double kFunnelTop = 26, kStage = 52, kFunnelBar = 22, kMiddle = kPanelWidth / 2,
                 kWidth = kPanelWidth - 24;

std::string funnel_in_words(Funnel const& funnel) {
  std::string text = "Cells of both dentate gyri at the end.";
  for (auto const& stage : funnel.stages)
    text += fmt::format(" {}: {} cells, {} born into it, {} died.", spaced(stage.name),
                        number_text(stage.cells), number_text(stage.births), number_text(stage.deaths));
  if (std::isfinite(funnel.matured)) text += fmt::format(" {} matured.", number_text(funnel.matured));
  return text;
}

void draw_stage(Drawing& drawing, Funnel const& funnel, FunnelStage const& stage, double y) {
  auto const width = [&](double cells) { return std::max(1.0, kWidth * cells / funnel.widest); };
  auto const here = width(stage.cells), before = width(stage.before);
  drawing.text({12, y + 11}, spaced(stage.name), "ol");
  drawing.text({kPanelWidth - 12, y + 11}, number_text(stage.cells, 4), "nu", Anchor::end);
  drawing.rect(kMiddle - here / 2, y + 16, here, kFunnelBar, funnel.style.bar());
  for (auto const side : {-1, 1})
    drawing.line({kMiddle + side * before / 2, y + 13}, {kMiddle + side * before / 2, y + 19 + kFunnelBar},
                 "bf");
  std::string flow;
  if (stage.births > 0) flow += fmt::format("+{} born", number_text(stage.births, 3));
  if (stage.deaths > 0)
    flow += fmt::format("{}\u2020 {} died", flow.empty() ? "" : "  \u00B7  ", number_text(stage.deaths, 3));
  if (!flow.empty()) drawing.text({kMiddle, y + 11}, flow, "tk", Anchor::middle);
}

}  // namespace

Markup funnel_chart(Funnel const& funnel) {
  auto const n = static_cast<double>(funnel.stages.size());
  auto drawing = panel(funnel.arm, funnel_in_words(funnel), kFunnelTop + n * kStage + 26);
  for (std::size_t i = 0; i < funnel.stages.size(); ++i)
    draw_stage(drawing, funnel, funnel.stages[i], kFunnelTop + static_cast<double>(i) * kStage);
  auto const end = kFunnelTop + n * kStage;
  drawing.polygon({{kMiddle - 6, end}, {kMiddle + 6, end}, {kMiddle, end + 6}}, "dk");
  drawing.text({kMiddle, end + 19},
               std::isfinite(funnel.matured) ? number_text(funnel.matured, 4) + " matured since day 0"
                                             : "number that matured: not known",
               "ol", Anchor::middle);
  return drawing.svg();
}

}  // namespace myoaxis::report

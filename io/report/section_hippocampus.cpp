#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "io/report/curve_chart.h"
#include "io/report/funnel_chart.h"
#include "io/report/numbers.h"
#include "io/report/sections.h"
#include "io/report/wording.h"

namespace myoaxis::report {
namespace {

constexpr char const* kMature = "mature";

double mean_of(ArmRecord const& arm, std::string const& stage, double StageFlow::*member) {
  std::vector<double> values;
  for (auto const& run : arm.runs) {
    for (auto const& flow : run.stages) {
      if (flow.stage == stage) values.push_back(flow.*member);
    }
  }
  return spread_of(std::move(values)).mean;
}

std::vector<std::string> stages_of(StudyRecord const& study) {
  for (auto const& arm : study.arms) {
    for (auto const& run : arm.runs) {
      if (run.stages.empty()) continue;
      std::vector<std::string> names;
      for (auto const& flow : run.stages) names.push_back(flow.stage);
      return names;
    }
  }
  return {};
}

Funnel funnel_of(ArmRecord const& arm, ArmStyle style, std::vector<std::string> const& stages) {
  Funnel funnel{arm.name, style, {}, spread_of(outcome_values(arm, "neurons_matured")).mean, 1};
  for (auto const& stage : stages) {
    if (stage == kMature) continue;
    auto const cells = mean_of(arm, stage, &StageFlow::cells_at_end);
    if (!std::isfinite(cells)) continue;
    funnel.stages.push_back({stage, cells, mean_of(arm, stage, &StageFlow::cells_at_start),
                             mean_of(arm, stage, &StageFlow::births),
                             mean_of(arm, stage, &StageFlow::deaths)});
  }
  return funnel;
}

Markup funnels(StudyRecord const& study) {
  auto const styles = arm_styles(study);
  auto const stages = stages_of(study);
  std::vector<Funnel> all;
  double widest = 1;
  for (std::size_t i = 0; i < study.arms.size(); ++i) {
    all.push_back(funnel_of(study.arms[i], styles[i], stages));
    for (auto const& stage : all.back().stages) widest = std::max({widest, stage.cells, stage.before});
  }
  std::vector<Markup> charts;
  for (auto& funnel : all) {
    funnel.widest = widest;
    charts.push_back(funnel_chart(funnel));
  }
  return figure(
      charts,
      fmt::format(
          "The lineage as a funnel, both dentate gyri, means of subjects ({}). A bar is the number of "
          "cells of a stage at the end, to one scale in all arms (the widest: {}); dashed: at day 0. "
          "Between name and number: births and deaths in the stage since day 0. At the foot: new granule "
          "cells that reached maturity.",
          n_text(study), number_text(widest)));
}

Markup stage_table(StudyRecord const& study) {
  std::vector<Column> columns{{"stage", ""}};
  for (auto const& arm : study.arms) {
    columns.push_back({arm.name + ": at the end", "n"});
    columns.push_back({"born", "n"});
    columns.push_back({"died", "n"});
  }
  std::vector<std::vector<Markup>> rows;
  for (auto const& stage : stages_of(study)) {
    std::vector<Markup> row{escaped(spaced(stage))};
    for (auto const& arm : study.arms) {
      for (auto member : {&StageFlow::cells_at_end, &StageFlow::births, &StageFlow::deaths})
        row.push_back(escaped(number_text(mean_of(arm, stage, member), 4)));
    }
    rows.push_back(std::move(row));
  }
  return table("Cells of the lineage, means of subjects, births and deaths since day 0", columns, rows);
}

Markup curves_of(StudyRecord const& study, SeriesList list, auto const& wanted, auto const& title,
                 std::string const& unit, std::string const& caption) {
  std::vector<Markup> charts;
  for (auto const& name : series_names(study, list)) {
    if (!wanted(name)) continue;
    auto chart = chart_along_run(study, list, name, title(name));
    if (!unit.empty()) chart.unit = unit;
    charts.push_back(curve_chart(chart));
  }
  return charts.empty() ? Markup{} : figure(charts, caption);
}

Markup spine_figures(StudyRecord const& study) {
  auto const title = [](std::string const& name) {
    auto const colon = name.find(':');
    return capitalized(spaced(name.substr(colon + 1))) +
           (name.starts_with("old") ? ", old cells" : ", young cells");
  };
  auto const wanted = [](std::string const& name) { return !name.ends_with(":absent"); };
  auto const figures = curves_of(
      study, &RunRecord::spines, wanted, title, "a cell",
      "Spines of a mean granule cell by their state. Old: there from the beginning; young: immature, "
      "or matured in the run. " +
          along_caption(study));
  return figures.empty() ? figures : element("h3", "Spines") + figures;
}

Markup read_out_figures(StudyRecord const& study) {
  auto const title = [](std::string const& name) { return capitalized(spaced(name)); };
  auto const figures = curves_of(
      study, &RunRecord::read_outs, [](auto const&) { return true; }, title, "",
      "Read-outs of function that the files have. " + along_caption(study));
  if (!figures.empty()) return element("h3", "Function") + figures;
  return element("h3", "Function") +
         paragraph(
             "These files have no read-out of function (such as pattern separation or the gain of long-term "
             "potentiation); spines and their potentiated share are the nearest to it.");
}

}  // namespace

Section hippocampus_section(StudyRecord const& study) {
  if (stages_of(study).empty())
    return {"hippocampus", "New neurons and spines", paragraph("The runs have no rows of the hippocampus.")};
  auto body = arm_legend(study) + funnels(study) + stage_table(study);
  auto const title = [](std::string const& name) { return capitalized(spaced(name)); };
  body += element("h3", "Cells along the run") +
          curves_of(
              study, &RunRecord::cells, [](auto const&) { return true; }, title, "cells",
              "Cells of each stage, both dentate gyri. " + along_caption(study));
  body += spine_figures(study) + read_out_figures(study);
  return {"hippocampus", "New neurons and spines", body};
}

}  // namespace myoaxis::report

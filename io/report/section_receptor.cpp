#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "io/report/curve_chart.h"
#include "io/report/numbers.h"
#include "io/report/parameters.h"
#include "io/report/sections.h"
#include "io/report/share_chart.h"
#include "io/report/wording.h"

namespace myoaxis::report {
namespace {

std::vector<std::string> factors_with_occupancies(StudyRecord const& study) {
  std::vector<std::string> factors;
  for (auto const& arm : study.arms) {
    for (auto const& run : arm.runs) {
      for (auto const& occupancy : run.occupancies) {
        if (std::ranges::find(factors, occupancy.factor) == factors.end())
          factors.push_back(occupancy.factor);
      }
    }
  }
  return factors;
}

struct Ends {
  Spread first, last;
};

Ends ends_of(ArmRecord const& arm, std::string const& factor) {
  std::vector<double> first, last;
  for (auto const& run : arm.runs) {
    for (auto const& occupancy : run.occupancies) {
      if (occupancy.factor != factor) continue;
      first.push_back(occupancy.first);
      last.push_back(occupancy.last);
    }
  }
  return {spread_of(std::move(first)), spread_of(std::move(last))};
}

Markup occupancy_table(StudyRecord const& study) {
  std::vector<Column> columns{{"factor", ""}};
  for (auto const& arm : study.arms) {
    columns.push_back({arm.name + ": first snapshot", "n"});
    columns.push_back({"last", "n"});
  }
  std::vector<std::vector<Markup>> rows;
  for (auto const& factor : factors_with_occupancies(study)) {
    std::vector<Markup> row{escaped(factor_text(factor))};
    for (auto const& arm : study.arms) {
      auto const ends = ends_of(arm, factor);
      row.push_back(escaped(number_text(ends.first.mean)));
      row.push_back(escaped(number_text(ends.last.mean)));
    }
    rows.push_back(std::move(row));
  }
  return table("Share of receptors occupied, mean of niches and subjects", columns, rows);
}

/// What stands behind how strongly effects follow occupancy; nothing where the files do not say.
std::string evidence_of_gains(StudyRecord const& study) {
  std::size_t gains = 0, weak = 0;
  for (auto const& parameter : study.parameters) {
    gains += is_gain(parameter);
    weak += is_gain(parameter) && is_weak(parameter);
  }
  if (gains == 0) return "";
  return fmt::format(
      ", and how strongly it does so is assumed or recalled in {} of {} effects (see the section on "
      "evidence)",
      weak, gains);
}

Markup occupancy_figure(StudyRecord const& study) {
  auto const styles = arm_styles(study);
  std::vector<DotRow> rows;
  for (auto const& factor : factors_with_occupancies(study)) {
    DotRow row{factor_text(factor), {}};
    for (std::size_t i = 0; i < study.arms.size(); ++i) {
      auto const ends = ends_of(study.arms[i], factor);
      row.dots.push_back({styles[i], study.arms[i].name, ends.last.mean});
    }
    std::ranges::stable_partition(row.dots, [](auto const& dot) { return dot.style.number == 0; });
    rows.push_back(std::move(row));
  }
  std::ranges::stable_sort(rows, std::greater{}, [](DotRow const& row) { return row.dots.front().value; });
  auto const chart = dot_chart("Receptors occupied at the last snapshot",
                               "Share of receptors occupied, by factor, on a logarithmic axis.",
                               "share of receptors occupied (logarithmic)", rows);
  auto text = std::string{
      "Absolute occupancy in the niches at the last snapshot, means of subjects; the number is the "
      "reference\u2019s. "};
  std::string tiny;
  for (auto const& row : rows) {
    if (!row.dots.empty() && row.dots.front().value < 0.01)
      tiny += (tiny.empty() ? "" : ", ") + row.name + " " + number_text(row.dots.front().value, 2);
  }
  if (!tiny.empty())
    text +=
        "Below 1 %: " + tiny +
        ". At such levels a receptor is nearly always free; the model lets an effect follow the fold over "
        "rest" +
        evidence_of_gains(study) + ".";
  return figure({chart}, text);
}

Markup fold_figure(StudyRecord const& study) {
  std::vector<Markup> charts;
  for (auto const& name : series_names(study, &RunRecord::folds)) {
    constexpr std::string_view ending = "_occupancy_fold";
    auto chart = chart_along_run(study, &RunRecord::folds, name,
                                 factor_text(name.substr(0, name.size() - ending.size())));
    chart.unit = "fold of rest";
    chart.level = 1;
    chart.zero = Zero::ignored;
    charts.push_back(curve_chart(chart));
  }
  if (charts.empty()) return {};
  return element("h3", "Relative to rest") +
         figure(charts,
                fmt::format(
                    "Receptors occupied in the niches, relative to rest (dashed): this fold is what cells "
                    "respond to ({}; {}). Mind the axes: folds near 1 with narrow axes are small effects.",
                    n_text(study), band_text(study)));
}

}  // namespace

Section receptor_section(StudyRecord const& study) {
  auto body = arm_legend(study);
  if (factors_with_occupancies(study).empty())
    body += paragraph(
        "The files have no snapshots of the niches, so absolute occupancies are not known; ask for them by "
        "[output] snapshots = [\"day 0\", \"end\"].");
  else
    body += occupancy_figure(study) + occupancy_table(study);
  return {"receptors", "Receptors in the niches", body + fold_figure(study)};
}

}  // namespace myoaxis::report
